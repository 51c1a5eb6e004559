#pragma once

#include "synthgen/formats/jsonl/json_records.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/line_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Reads sequences from JSONL: objects with `input_ids` or `tokens`, or bare arrays, one per line.
/// Accepts CRLF, blank lines at the end and a UTF-8 byte order mark, and JSON of one array of
/// records or with records in several lines each.
class JsonlReader final : public SequenceReader {
 public:
  /// Faults call the lines' file `name`.
  JsonlReader(std::unique_ptr<LineSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}

  /// Reads a text in memory, which must outlive the reader; faults call it `name`.
  static JsonlReader of_text(std::string_view text, std::string name);

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* lines = nullptr,
                    const FaultSink& sink = {}) override;
  std::vector<std::string> notes() const override;
  std::uint64_t bytes_read() const noexcept override { return source_->bytes_read(); }
  std::uint64_t size_bytes() const noexcept override { return source_->size_bytes(); }

 private:
  Result<bool> next_line(std::string_view& line);
  Result<bool> next_record(std::string_view& record);
  void remember(const std::vector<std::string>& others);

  std::unique_ptr<LineSource> source_;
  std::string name_;
  std::uint64_t line_number_ = 0;
  std::uint64_t record_line_ = 0;       ///< where the record begins
  std::optional<JsonRecords> records_;  ///< unless each line is a record
  std::vector<std::string> others_;     ///< names of members that are not read
  std::uint64_t blank_line_ = 0;        ///< a blank line that is a fault if anything follows it
};

/// The sequences of a JSONL text in memory, which faults call `name`. Fails (data) at the first
/// malformed line.
Result<SequenceBatch> parse_synthetic_data(std::string_view text, std::string name);

}  // namespace synthgen
