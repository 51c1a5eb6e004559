#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/formats/all_formats.hpp"
#include "synthgen/dataset/formats/npy_header.hpp"
#include "synthgen/dataset/formats/pieces.hpp"
#include "synthgen/dataset/formats/row_reader.hpp"
#include "synthgen/dataset/formats/rows.hpp"

namespace synthgen {
namespace {

constexpr std::string_view npy_lengths = "_lengths.npy";
constexpr std::array npy_side_files{npy_lengths};
constexpr std::array npy_dtypes{Dtype::uint16, Dtype::int32, Dtype::uint32, Dtype::int64};

/// A table of [sequences, row length] ids; the lengths of ragged sequences in a file beside it.
class NpyEncoder final : public RowEncoder {
 public:
  using RowEncoder::RowEncoder;

  std::string head() const override { return npy_head(dtype(), {plan().sequences, row_length()}); }

  std::vector<SideFile> side_files(const FileTotals& totals) const override {
    std::vector<SideFile> files;
    if (!ragged()) return files;
    files.push_back({plan().stem + std::string(npy_lengths),
                     std::make_unique<LengthPieces>(
                         npy_head(Dtype::int32, {plan().sequences}), totals.lengths, sizeof(int),
                         [](std::span<const std::uint32_t> lengths, std::string& bytes) {
                           append_ids(lengths, Dtype::int32, bytes);
                         })});
    return files;
  }
};

}  // namespace

const FormatEntry npy_format{
    .name = "npy",
    .extension = ".npy",
    .summary = "A table of [sequences, tokens] for numpy.load; lengths of ragged data beside it.",
    .dtypes = npy_dtypes,
    .side_files = npy_side_files,
    .make_encoder = &make_rows<NpyEncoder, npy_format>,
};

Result<std::unique_ptr<SequenceReader>> open_npy(std::shared_ptr<const ByteFile> file) {
  Result<NpyArray> table = read_npy(file);
  if (!table) return tl::unexpected(std::move(table.error()));
  if (table->shape.size() != 2 || (table->shape[1] == 0 && table->shape[0] > 0)) {
    return tl::unexpected(file->fault(
        0, formatted("an array of {} dimension{}{}; a table of [sequences, tokens] is read",
                     table->shape.size(), table->shape.size() == 1 ? "" : "s",
                     table->shape.size() == 2 ? " with empty rows" : "")));
  }
  Result<std::shared_ptr<const ByteFile>> beside = file->beside(npy_lengths);
  if (!beside) return tl::unexpected(std::move(beside.error()));
  std::optional<RowLengths> lengths;
  if (*beside != nullptr) {
    Result<NpyArray> list = read_npy(*beside);
    if (!list) return tl::unexpected(std::move(list.error()));
    if (list->shape.size() != 1 || list->shape[0] != table->shape[0]) {
      return tl::unexpected((*beside)->fault(
          0, formatted("not the lengths of the {} rows of {}", table->shape[0], file->name())));
    }
    lengths = RowLengths{std::move(list->elements)};
  }
  return RowReader::of_table(std::move(table->elements), table->shape[1], std::move(lengths));
}

}  // namespace synthgen
