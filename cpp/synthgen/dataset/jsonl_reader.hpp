#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/dataset/fault.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace synthgen {

/// Reads sequences from a JSONL file: objects with `input_ids` or `tokens`, or bare arrays, a line
/// each. CRLF, blank lines at the end and a UTF-8 byte order mark are no trouble.
class JsonlReader {
 public:
  /// Called with each fault; reading goes on behind it.
  using FaultSink = std::function<void(Fault)>;

  /// Fails (io) when the file cannot be opened or is a directory.
  static Result<JsonlReader> open(const std::string& path);

  /// Appends sequences to `batch` until it holds `enough_tokens` or the file ends; false at the
  /// end. `lines`, when given, gets each sequence's line number. Without a sink the first fault
  /// fails (data).
  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* lines = nullptr, const FaultSink& sink = {});

  /// Bytes read so far, and the file's size (0 when unknown), for progress.
  std::uint64_t bytes_read() const noexcept { return bytes_read_; }
  std::uint64_t size_bytes() const noexcept { return size_bytes_; }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  struct FreeMemory {
    void operator()(char* memory) const noexcept;
  };

  explicit JsonlReader(std::string path) : path_(std::move(path)) {}
  Result<bool> next_line(std::string_view& line);

  std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::unique_ptr<char, FreeMemory> line_;
  std::size_t capacity_ = 0;
  std::uint64_t line_number_ = 0;
  std::uint64_t blank_line_ = 0;  ///< a blank line that is a fault if anything follows it
  std::uint64_t bytes_read_ = 0;
  std::uint64_t size_bytes_ = 0;
};

/// The seed document's loader: every sequence of a JSONL file. Fails (io) when it cannot be read,
/// (data) at the first malformed line.
Result<SequenceBatch> load_synthetic_data(const std::string& path);

}  // namespace synthgen
