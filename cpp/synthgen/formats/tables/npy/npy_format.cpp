#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/id_stream.hpp"
#include "synthgen/formats/tables/named_tensors.hpp"
#include "synthgen/formats/tables/npy/npz_archive.hpp"
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
constexpr std::array<std::string_view, 1> npy_extensions{".npz"};
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

/// A memory map that has the name of an NPY file and no header, as OLMo and dolma write it.
Result<std::unique_ptr<SequenceReader>> open_headerless(std::shared_ptr<const ByteFile> file,
                                                        const ReadHints& hints) {
  const Result<StreamMetadata> metadata = stream_metadata(*file, hints, true);
  if (!metadata) return tl::unexpected(metadata.error());
  if (metadata->cuts()) return open_bare_stream(std::move(file), hints);
  return tl::unexpected(file->fault(
      0,
      formatted("not an NPY file: it does not begin with \\x93NUMPY. If it is a memory map of ids "
                "without a header, {}",
                stream_metadata_help(*file, false))));
}

Result<std::unique_ptr<SequenceReader>> open_npy(std::shared_ptr<const ByteFile> file,
                                                 const ReadHints& hints) {
  const Result<std::string> start = file->read_start(0, recognized_bytes);
  if (!start) return tl::unexpected(start.error());
  if (begins_with_npz(*start)) return open_npz(std::move(file), hints);
  if (!start->starts_with(npy_magic)) return open_headerless(std::move(file), hints);
  if (!hints.tensor.empty()) {
    return fail(ErrorKind::usage,
                formatted("{}: has one array, so --tensor is of no use", file->name()));
  }
  Result<NumberTable> table = read_npy(file);
  if (!table) return tl::unexpected(std::move(table.error()));
  if (!table->has_rows()) {
    const std::string reason = formatted(
        "an array of {} dimension{}{}; a table of [sequences, tokens] is read", table->shape.size(),
        table->shape.size() == 1 ? "" : "s", table->shape.size() == 2 ? " with empty rows" : "");
    return open_flat(std::move(*table), hints, reason);
  }
  return open_rows(std::move(*table), {&read_npy, npy_lengths, npy_labels});
}

}  // namespace

const FormatEntry npy_format{
    .name = "npy",
    .extension = ".npy",
    .other_extensions = npy_extensions,
    .summary =
        "A table of [sequences, tokens] for numpy.load; lengths of ragged data, labels and the "
        "exact law in side files.",
    .content = "NPY",
    .predictive = true,
    .dtypes = npy_dtypes,
    .side_files = npy_side_files,
    .takes_stream_hints = true,
    .takes_tensor = true,
    .recognizes =
        [](std::string_view start, std::uint64_t) {
          return start.starts_with(npy_magic) || begins_with_npz(start);
        },
    .make_encoder = &make_rows<NpyEncoder, npy_format>,
    .open = &open_npy,
};

}  // namespace synthgen
