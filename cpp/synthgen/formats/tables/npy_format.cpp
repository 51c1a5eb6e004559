#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/npy_header.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/rows.hpp"

namespace synthgen {

extern const FormatEntry npy_format;

namespace {

constexpr std::string_view npy_lengths = "_lengths.npy";
constexpr std::string_view npy_labels = "_labels.npy";
constexpr std::string_view npy_bits = "_predictive_bits.npy";
constexpr std::string_view npy_law = "_predictive_law.npy";
constexpr std::array npy_side_files{SideFileName{npy_lengths}, SideFileName{npy_labels},
                                    SideFileName{npy_bits, false}, SideFileName{npy_law, false}};
constexpr std::array npy_dtypes{Dtype::uint16, Dtype::int32, Dtype::uint32, Dtype::int64};

/// A table of [sequences, row length] ids; lengths of ragged sequences and labels are in side
/// files.
class NpyEncoder final : public RowEncoder {
 public:
  using RowEncoder::RowEncoder;

  std::string head() const override { return npy_head(dtype(), {plan().sequences, row_length()}); }

  std::vector<SideFile> side_files(const FileTotals& totals) const override {
    std::vector<SideFile> files;
    if (ragged()) {
      files.push_back({plan().stem + std::string(npy_lengths),
                       std::make_unique<LengthPieces>(
                           npy_head(Dtype::int32, {plan().sequences}), totals.lengths, sizeof(int),
                           [](std::span<const std::uint32_t> lengths, std::string& bytes) {
                             append_ids(lengths, Dtype::int32, bytes);
                           })});
    }
    if (with_labels()) {
      files.push_back(
          {plan().stem + std::string(npy_labels),
           std::make_unique<LogPieces>(npy_head(label_dtype(), {plan().sequences, row_length()}),
                                       totals.labels)});
    }
    if (predictive() != Predictive::nothing) {
      const std::string_view ending = predictive() == Predictive::law ? npy_law : npy_bits;
      files.push_back(
          {plan().stem + std::string(ending),
           std::make_unique<LogPieces>(npy_float_head(predictive_shape()), totals.predictive)});
    }
    return files;
  }
};

Result<std::unique_ptr<SequenceReader>> open_npy(std::shared_ptr<const ByteFile> file) {
  Result<NumberTable> table = read_npy(file);
  if (!table) return tl::unexpected(std::move(table.error()));
  if (!table->has_rows()) {
    return tl::unexpected(file->fault(
        0, formatted("an array of {} dimension{}{}; a table of [sequences, tokens] is read",
                     table->shape.size(), table->shape.size() == 1 ? "" : "s",
                     table->shape.size() == 2 ? " with empty rows" : "")));
  }
  return open_rows(std::move(*table), {&read_npy, npy_lengths, npy_labels});
}

}  // namespace

const FormatEntry npy_format{
    .name = "npy",
    .extension = ".npy",
    .summary =
        "A table of [sequences, tokens] for numpy.load; lengths of ragged data, labels and the "
        "exact law in side files.",
    .content = "NPY",
    .labels = true,
    .predictive = true,
    .dtypes = npy_dtypes,
    .side_files = npy_side_files,
    .recognizes = [](std::string_view start,
                     std::uint64_t) { return start.starts_with(npy_magic); },
    .make_encoder = &make_rows<NpyEncoder, npy_format>,
    .open = &open_npy,
};

}  // namespace synthgen
