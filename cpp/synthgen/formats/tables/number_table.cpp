#include "synthgen/formats/tables/number_table.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/tables/row_reader.hpp"

#include <optional>

namespace synthgen {
namespace {

/// The numbers of a table's side file; none if there is no such file.
Result<std::optional<ElementRegion>> read_side_file(const NumberTable& table,
                                                    const TableSideFiles& sides,
                                                    std::string_view ending,
                                                    const std::vector<std::uint64_t>& shape,
                                                    std::string_view what) {
  const ByteFile& file = *table.elements.file;
  Result<std::shared_ptr<const ByteFile>> other = file.side_file(ending);
  if (!other) return tl::unexpected(std::move(other.error()));
  if (*other == nullptr) return std::nullopt;
  Result<NumberTable> numbers = sides.read(*other);
  if (!numbers) return tl::unexpected(std::move(numbers.error()));
  if (numbers->shape == shape) return std::move(numbers->elements);
  return tl::unexpected((*other)->fault(
      0, formatted("not the {} of the {} rows of {}", what, table.shape[0], file.name())));
}

}  // namespace

Result<std::unique_ptr<SequenceReader>> open_rows(NumberTable table, const TableSideFiles& sides) {
  Result<std::optional<ElementRegion>> lengths =
      read_side_file(table, sides, sides.lengths, {table.shape[0]}, "lengths");
  if (!lengths) return tl::unexpected(std::move(lengths.error()));
  Result<std::optional<ElementRegion>> labels =
      read_side_file(table, sides, sides.labels, table.shape, "labels");
  if (!labels) return tl::unexpected(std::move(labels.error()));
  RowNotes notes{.labels = std::move(*labels)};
  if (*lengths) notes.lengths = RowLengths{std::move(**lengths)};
  return RowReader::of_table(std::move(table.elements), table.shape[1], std::move(notes));
}

}  // namespace synthgen
