#pragma once

#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/formats/tables/element_reader.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// A row of a list: a tensor in the file, or numbers of the pickle.
struct PickledRow {
  std::optional<ElementRegion> region = {};
  std::vector<std::int64_t> numbers = {};
};

/// Reads a list of rows, each a sequence.
class PickledRows final : public SequenceReader {
 public:
  /// `others`: the names of what is not read.
  PickledRows(std::shared_ptr<const ByteFile> file, std::vector<PickledRow> rows,
              std::vector<std::string> others)
      : file_(std::move(file)), rows_(std::move(rows)), others_(std::move(others)) {}

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* places, const FaultSink& sink) override;
  std::vector<std::string> notes() const override;
  std::uint64_t bytes_read() const noexcept override;
  std::uint64_t size_bytes() const noexcept override { return file_->size(); }

 private:
  Result<std::optional<Fault>> read_row(const PickledRow& row, SequenceBatch& batch) const;

  std::shared_ptr<const ByteFile> file_;
  std::vector<PickledRow> rows_;
  std::vector<std::string> others_;
  std::size_t next_ = 0;
};

}  // namespace synthgen
