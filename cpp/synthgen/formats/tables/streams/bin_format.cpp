#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/id_stream.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/formats/tables/stream_encoder.hpp"
#include "synthgen/formats/tables/streams/meta_pickle.hpp"

#include <algorithm>

namespace synthgen {

extern const FormatEntry bin_format;

namespace {

constexpr std::string_view meta_pickle_name = "/meta.pkl";
constexpr std::array bin_side_files{
    SideFileName{.ending = row_metadata_ending, .is_shared = true},
    SideFileName{stream_labels_ending},
    SideFileName{.ending = meta_pickle_name, .is_read = false, .is_shared = true}};

/// nanoGPT's stream: ids without a header, and the vocabulary in meta.pkl.
class BinEncoder final : public StreamEncoder {
 public:
  using StreamEncoder::StreamEncoder;

  std::vector<SideFile> side_files(const FileTotals& totals) const override {
    std::vector<SideFile> files = StreamEncoder::side_files(totals);
    const std::uint64_t ids =
        std::max(plan().dataset_vocab_size, separator() ? std::uint64_t{separator()->id} + 1 : 0);
    files.push_back(
        {std::string(meta_pickle_name.substr(1)), std::make_unique<TextPiece>(meta_pickle(ids))});
    return files;
  }
};

std::string note_on_type(const FormatOptions& options, const FilePlan& plan) {
  const FilePlan all = plan_of_all_ids(options, plan);
  const Dtype dtype = dtype_of(options, bin_format, all, false);
  if (dtype == Dtype::uint16) return {};
  const std::uint64_t largest = std::max<std::uint64_t>(1, all.vocab_size) - 1;
  const bool fits = largest <= largest_id(Dtype::uint16);
  return formatted(
      "bin: ids up to {} are written as {}, but nanoGPT's train.py reads {}.bin as uint16 and "
      "would "
      "see other ids; {}, or replace np.uint16 by np.{} in its get_batch",
      largest, name(dtype), plan.stem,
      fits ? "use dtype uint16, which holds them"
           : formatted("keep vocab_size and separator within {}", largest_id(Dtype::uint16) + 1),
      name(dtype));
}

Result<std::unique_ptr<const FileEncoder>> make_bin(const FormatOptions& options,
                                                    const FilePlan& plan) {
  const Result<Dtype> dtype = stream_dtype(options, bin_format, plan);
  if (!dtype) return tl::unexpected(dtype.error());
  return std::make_unique<const BinEncoder>(plan, *dtype, options);
}

}  // namespace

const FormatEntry bin_format{
    .name = "bin",
    .extension = ".bin",
    .summary = "nanoGPT's stream of ids, with meta.pkl; ragged data need a separator.",
    .separator = true,
    .needs_separator = true,
    .dtypes = stream_dtypes,
    .side_files = bin_side_files,
    .standalone = false,
    .streams = true,
    .takes_stream_hints = true,
    .make_encoder = &make_bin,
    .note = &note_on_type,
    .open = &open_bare_stream,
};

}  // namespace synthgen
