#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/document_index.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/id_stream.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/formats/tables/stream_encoder.hpp"
#include "synthgen/formats/tables/streams/megatron_index.hpp"

namespace synthgen {

extern const FormatEntry megatron_format;

namespace {

constexpr std::array megatron_dtypes{Dtype::uint16, Dtype::int32, Dtype::int64};
constexpr std::string_view index_ending = ".idx";
constexpr std::array megatron_side_files{
    SideFileName{index_ending}, SideFileName{.ending = row_metadata_ending, .is_shared = true},
    SideFileName{stream_labels_ending}};
constexpr std::array megatron_extensions{index_ending};
constexpr std::string_view ids_ending = ".bin";

/// Megatron's indexed dataset: ids without a header, and an index with each sequence's length and
/// place. Every sequence is a document unless the plan groups them; then a separator, which is the
/// end of a document, would be in the middle of one.
class MegatronEncoder final : public FileEncoder {
 public:
  MegatronEncoder(const FilePlan& plan, Dtype dtype, const FormatOptions& options)
      : plan_(plan),
        dtype_(dtype),
        separator_(separator_of(options)),
        with_labels_(options.with_labels) {}

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    const std::size_t more = separator_ ? 1 : 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      append_separated(batch.content(i), separator_, dtype_, chunk.bytes);
      chunk.lengths.push_back(static_cast<std::uint32_t>(batch.content(i).size() + more));
      if (!with_labels_) continue;
      Result<void> labelled =
          append_separated_labels(batch, i, separator_, label_dtype_for(dtype_), chunk.labels);
      if (!labelled) return labelled;
    }
    return {};
  }

  std::vector<SideFile> side_files(const FileTotals& totals) const override {
    const std::uint64_t sequences = totals.lengths->size();
    std::string head(megatron_magic);
    append_number(megatron_version, head);
    append_number(megatron_code(dtype_), head);
    append_number(sequences, head);
    append_number(plan_.documents != nullptr ? plan_.documents->numbers : sequences + 1, head);
    std::vector<std::unique_ptr<ByteSource>> parts;
    parts.push_back(std::make_unique<LengthPieces>(
        head, totals.lengths, sizeof(std::int32_t),
        [](std::span<const std::uint32_t> lengths, std::string& bytes) {
          append_ids(lengths, Dtype::int32, bytes);
        }));
    parts.push_back(std::make_unique<LengthPieces>(
        std::string(), totals.lengths, sizeof(std::int64_t),
        [place = std::uint64_t{0}, width = bytes_of(dtype_)](std::span<const std::uint32_t> lengths,
                                                             std::string& bytes) mutable {
          for (const std::uint32_t length : lengths) {
            append_number(place, bytes);
            place += length * width;
          }
        }));
    parts.push_back(documents(totals));
    std::vector<SideFile> files;
    files.push_back(
        {plan_.stem + std::string(index_ending), std::make_unique<PiecesInTurn>(std::move(parts))});
    if (separator_) files.push_back(stream_metadata_file(plan_, dtype_, separator_));
    if (with_labels_) files.push_back(stream_labels_file(plan_, totals));
    return files;
  }

 private:
  std::unique_ptr<ByteSource> documents(const FileTotals& totals) const {
    if (plan_.documents != nullptr) return plan_.documents->bytes();
    std::string first_document;
    append_number<std::int64_t>(0, first_document);
    return std::make_unique<LengthPieces>(
        first_document, totals.lengths, sizeof(std::int64_t),
        [document = std::int64_t{0}](std::span<const std::uint32_t> lengths,
                                     std::string& bytes) mutable {
          for (std::size_t i = 0; i < lengths.size(); ++i) append_number(++document, bytes);
        });
  }

  FilePlan plan_;
  Dtype dtype_;
  std::optional<Separator> separator_;
  bool with_labels_;
};

Dtype megatron_dtype(const FormatOptions& options, const FilePlan& plan) {
  return dtype_of(options, megatron_format,
                  options.separator ? plan_of_all_ids(options, plan) : plan, false);
}

Result<std::unique_ptr<const FileEncoder>> make_megatron(const FormatOptions& options,
                                                         const FilePlan& plan) {
  const Dtype dtype = megatron_dtype(options, plan);
  std::vector<Problem> problems =
      check_ids(options.separator ? plan_of_all_ids(options, plan) : plan, dtype, false);
  for (Problem& problem : check_separator(options, plan)) problems.push_back(std::move(problem));
  if (options.separator && plan.documents != nullptr) {
    problems.push_back({"separator", std::to_string(*options.separator),
                        "none: the input groups its sequences into documents, and a separator is "
                        "the end of one"});
  }
  if (!problems.empty()) return fail(std::move(problems));
  return std::make_unique<const MegatronEncoder>(plan, dtype, options);
}

std::string note_on_code(const FormatOptions& options, const FilePlan& plan) {
  if (megatron_dtype(options, plan) != Dtype::uint16) return {};
  return "megatron: ids are written as uint16, whose number in the index means uint64 to "
         "Megatron-DeepSpeed; dtype int32 is read alike by both";
}

/// The reader of a file of ids, or of the index that is named in its place.
Result<std::unique_ptr<SequenceReader>> open_megatron(std::shared_ptr<const ByteFile> file,
                                                      const ReadHints& hints) {
  const bool is_index = !file->name().ends_with(ids_ending);
  Result<std::shared_ptr<const ByteFile>> other =
      file->side_file(is_index ? ids_ending : index_ending);
  if (!other) return tl::unexpected(std::move(other.error()));
  if (*other == nullptr) {
    return tl::unexpected(file->fault(is_index ? "an index without its .bin"
                                               : "no .idx with the index of these ids"));
  }
  const Result<std::optional<Separator>> separator = stream_separator(*file, hints);
  if (!separator) return tl::unexpected(separator.error());
  return is_index ? open_indexed(std::move(*other), std::move(file), *separator)
                  : open_indexed(std::move(file), std::move(*other), *separator);
}

}  // namespace

const FormatEntry megatron_format{
    .name = "megatron",
    .extension = ids_ending,
    .other_extensions = megatron_extensions,
    .summary = "Megatron's indexed dataset: .bin and .idx, each sequence a document.",
    .content = "Megatron's index",
    .separator = true,
    .dtypes = megatron_dtypes,
    .side_files = megatron_side_files,
    .index_ending = index_ending,
    .standalone = false,
    .takes_stream_hints = true,
    .recognizes = [](std::string_view start,
                     std::uint64_t) { return start.starts_with(megatron_magic.substr(0, 7)); },
    .make_encoder = &make_megatron,
    .note = &note_on_code,
    .open = &open_megatron,
};

}  // namespace synthgen
