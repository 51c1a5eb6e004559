#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/fault.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

struct DocumentIndex;

/// Reads the sequences of one file in order, in constant memory, whatever the file's format.
class SequenceReader {
 public:
  /// Called with each fault; reading continues after it if the format allows that.
  using FaultSink = std::function<void(Fault)>;

  SequenceReader() = default;
  virtual ~SequenceReader() = default;

  /// Appends sequences to `batch` until it holds `enough_tokens` or the file ends; false at the
  /// end. `places`, when given, gets each sequence's place: its line in a text, its number counted
  /// from 1 in other formats. Without a sink the first fault fails (data).
  virtual Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                            std::vector<std::uint64_t>* places = nullptr,
                            const FaultSink& sink = {}) = 0;

  /// What the user should know of how the file was read, such as members that are left out;
  /// complete once everything is read.
  virtual std::vector<std::string> notes() const { return {}; }

  /// The documents that the sequences are grouped into; null if each is one.
  virtual std::shared_ptr<const DocumentIndex> documents() const { return nullptr; }

  /// Bytes read so far, and those in all (0 when unknown), for progress.
  virtual std::uint64_t bytes_read() const noexcept = 0;
  virtual std::uint64_t size_bytes() const noexcept = 0;

  /// Every remaining sequence. Fails (data) at the first fault.
  Result<SequenceBatch> read_all();

 protected:
  // Readers move as what they are, never as their base.
  SequenceReader(SequenceReader&&) = default;
  SequenceReader& operator=(SequenceReader&&) = default;
};

/// Gives a fault its place and passes it to `sink`. Without a sink it fails (data).
Result<void> report(Fault fault, const std::string& file, std::uint64_t line,
                    const SequenceReader::FaultSink& sink);

/// The note that these members of a file are not read.
std::string not_read_note(const std::vector<std::string>& names);

/// A reader for the file's format: that of its extension, else that of its content, else JSONL.
/// Fails as `SequenceFile::open` does, and (data) if the header is malformed.
Result<std::unique_ptr<SequenceReader>> open_sequences(const std::string& path);

/// The same for a file in memory, which has no side files; its bytes must outlive the reader.
Result<std::unique_ptr<SequenceReader>> open_sequences_in(std::string_view bytes,
                                                          const std::string& name);

/// Every sequence of a file. Fails as `open_sequences` does, and (data) at the first fault.
Result<SequenceBatch> load_synthetic_data(const std::string& path);

}  // namespace synthgen
