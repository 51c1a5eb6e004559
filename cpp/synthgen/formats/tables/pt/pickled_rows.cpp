#include "synthgen/formats/tables/pt/pickled_rows.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/tables/row_reader.hpp"

#include <span>

namespace synthgen {

Result<std::optional<Fault>> PickledRows::read_row(const PickledRow& row,
                                                   SequenceBatch& batch) const {
  std::optional<Fault> fault;
  std::uint64_t position = 0;
  const auto take = [&](std::span<const std::int64_t> numbers) {
    for (const std::int64_t number : numbers) {
      if (!fault && (number < 0 || number > std::int64_t{UINT32_MAX})) {
        fault = Fault{number < 0 ? FaultKind::negative_id : FaultKind::id_too_large,
                      {},
                      0,
                      number < 0 ? formatted("token {}: negative id {}", position, number)
                                 : formatted("token {}: an id above 4294967295", position)};
      }
      batch.tokens.push_back(static_cast<std::uint32_t>(number));
      ++position;
    }
  };
  take(row.numbers);
  if (!row.region) return fault;
  ElementReader reader(*row.region);
  while (reader.left() > 0) {
    const Result<std::span<const std::int64_t>> some = reader.take(reader.left());
    if (!some) return tl::unexpected(some.error());
    take(*some);
  }
  return fault;
}

Result<bool> PickledRows::read(SequenceBatch& batch, std::uint64_t enough_tokens,
                               std::vector<std::uint64_t>* places, const FaultSink& sink) {
  // Empty sequences cost memory as well.
  while (batch.tokens.size() < enough_tokens && batch.size() < enough_tokens) {
    if (next_ == rows_.size()) return false;
    const std::size_t before = batch.tokens.size();
    Result<std::optional<Fault>> fault = read_row(rows_[next_], batch);
    if (!fault) return tl::unexpected(std::move(fault.error()));
    ++next_;
    Result<void> ended =
        end_row({file_->name(), next_, before}, std::move(*fault), batch, places, sink);
    if (!ended) return tl::unexpected(std::move(ended.error()));
  }
  return true;
}

std::vector<std::string> PickledRows::notes() const {
  if (others_.empty()) return {};
  return {not_read_note(others_)};
}

std::uint64_t PickledRows::bytes_read() const noexcept {
  return rows_.empty() ? file_->size() : file_->size() / rows_.size() * next_;
}

}  // namespace synthgen
