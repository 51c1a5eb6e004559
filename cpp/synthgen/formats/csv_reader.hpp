#pragma once

#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/line_source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace synthgen {

/// Reads a sequence a line: ids separated by commas, empty fields behind the last one. A first line
/// that begins with a letter names the columns. Where they have the names that this program gives,
/// t0, t1, …, every line has as many fields, and one with fewer was cut off: a fault.
class CsvReader final : public SequenceReader {
 public:
  /// Faults call the lines' file `name`.
  CsvReader(std::unique_ptr<LineSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* lines, const FaultSink& sink) override;
  std::uint64_t bytes_read() const noexcept override { return source_->bytes_read(); }
  std::uint64_t size_bytes() const noexcept override { return source_->size_bytes(); }

 private:
  std::unique_ptr<LineSource> source_;
  std::string name_;
  std::uint64_t line_number_ = 0;
  std::uint64_t columns_ = 0;  ///< that each line has; 0: nothing says so
};

}  // namespace synthgen
