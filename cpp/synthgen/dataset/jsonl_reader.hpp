#pragma once

#include "synthgen/dataset/sequence_reader.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Lines of a text, one after another.
class LineSource {
 public:
  virtual ~LineSource() = default;

  /// The next line with its line break, if it has one; valid until the next call. False at the end.
  /// Fails (io) when the system does; `line_number` is the line's, for the message.
  virtual Result<bool> next(std::string_view& line, std::uint64_t line_number) = 0;

  /// 0 when unknown.
  virtual std::uint64_t size_bytes() const noexcept = 0;
};

/// Reads sequences from JSONL: objects with `input_ids` or `tokens`, or bare arrays, a line
/// each. CRLF, blank lines at the end and a UTF-8 byte order mark are no trouble.
class JsonlReader final : public SequenceReader {
 public:
  /// Fails (io) when the file cannot be opened or is a directory.
  static Result<JsonlReader> open(const std::string& path);

  /// Reads a text in memory, which must outlive the reader; faults call it `name`.
  static JsonlReader of_text(std::string_view text, std::string name);

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* lines = nullptr,
                    const FaultSink& sink = {}) override;
  std::uint64_t bytes_read() const noexcept override { return bytes_read_; }
  std::uint64_t size_bytes() const noexcept override { return source_->size_bytes(); }

 private:
  JsonlReader(std::unique_ptr<LineSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}
  Result<bool> next_line(std::string_view& line);

  std::unique_ptr<LineSource> source_;
  std::string name_;
  std::uint64_t line_number_ = 0;
  std::uint64_t blank_line_ = 0;  ///< a blank line that is a fault if anything follows it
  std::uint64_t bytes_read_ = 0;
};

/// The sequences of a JSONL text in memory, which faults call `name`. Fails (data) at the first
/// malformed line.
Result<SequenceBatch> parse_synthetic_data(std::string_view text, std::string name);

}  // namespace synthgen
