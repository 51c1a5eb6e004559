#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/row_reader.hpp"
#include "synthgen/formats/tables/rows.hpp"

namespace synthgen {

extern const FormatEntry megatron_format;

namespace {

using namespace std::string_view_literals;

constexpr std::array megatron_dtypes{Dtype::uint16, Dtype::int32, Dtype::int64};
constexpr std::string_view index_ending = ".idx";
constexpr std::array megatron_side_files{SideFileName{index_ending}};
constexpr std::array megatron_extensions{index_ending};
constexpr std::string_view ids_ending = ".bin";
constexpr std::string_view index_magic = "MMIDIDX\0\0"sv;
constexpr std::uint64_t index_version = 1;
constexpr std::uint64_t index_head = 34;  // magic, version, type, two counts

/// The type's number in Megatron's index.
constexpr std::uint8_t code_of(Dtype dtype) {
  return dtype == Dtype::uint16 ? 8 : dtype == Dtype::int32 ? 4 : 5;
}

std::optional<Element> element_of_code(std::int64_t code) {
  switch (code) {
    case 1:
      return Element{1, false};
    case 2:
      return Element{1, true};
    case 3:
      return Element{2, true};
    case 4:
      return Element{4, true};
    case 5:
      return Element{8, true};
    case 8:
      return Element{2, false};
    default:
      return std::nullopt;
  }
}

/// Megatron's indexed dataset: ids without a header, and an index with each sequence's length and
/// place. Every sequence is a document.
class MegatronEncoder final : public FileEncoder {
 public:
  MegatronEncoder(const FilePlan& plan, Dtype dtype) : plan_(plan), dtype_(dtype) {}

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      append_ids(batch.content(i), dtype_, chunk.bytes);
      chunk.lengths.push_back(static_cast<std::uint32_t>(batch.content(i).size()));
    }
    return {};
  }

  std::vector<SideFile> side_files(const FileTotals& totals) const override {
    const std::uint64_t sequences = totals.lengths->size();
    std::string head(index_magic);
    append_number(index_version, head);
    append_number(code_of(dtype_), head);
    append_number(sequences, head);
    append_number(sequences + 1, head);
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
    std::string first_document;
    append_number<std::int64_t>(0, first_document);
    parts.push_back(std::make_unique<LengthPieces>(
        first_document, totals.lengths, sizeof(std::int64_t),
        [document = std::int64_t{0}](std::span<const std::uint32_t> lengths,
                                     std::string& bytes) mutable {
          for (std::size_t i = 0; i < lengths.size(); ++i) append_number(++document, bytes);
        }));
    std::vector<SideFile> files;
    files.push_back(
        {plan_.stem + std::string(index_ending), std::make_unique<PiecesInTurn>(std::move(parts))});
    return files;
  }

 private:
  FilePlan plan_;
  Dtype dtype_;
};

Result<std::unique_ptr<const FileEncoder>> make_megatron(const FormatOptions& options,
                                                         const FilePlan& plan) {
  const Dtype dtype = dtype_of(options, megatron_format, plan, false);
  std::vector<Problem> problems = check_ids(plan, dtype, false);
  if (!problems.empty()) return fail(std::move(problems));
  return std::make_unique<const MegatronEncoder>(plan, dtype);
}

/// The type of the ids and the number of sequences, from the index.
struct IndexHead {
  Element element;
  std::uint64_t sequences = 0;
};

Result<IndexHead> read_index_head(const std::shared_ptr<const ByteFile>& index) {
  const Result<std::string> start = index->read_start(0, index_head);
  if (!start) return tl::unexpected(start.error());
  if (start->size() < index_head || !start->starts_with(index_magic)) {
    return tl::unexpected(index->fault(0, "not Megatron's index: it does not begin with MMIDIDX"));
  }
  ElementReader numbers({index, 9, {8}, 1});
  ElementReader counts({index, 18, {8}, 2});
  const Result<std::int64_t> version = numbers.take_one();
  const Result<std::int64_t> sequences = counts.take_one();
  const Result<std::int64_t> documents = counts.take_one();
  if (!version) return tl::unexpected(version.error());
  if (!sequences) return tl::unexpected(sequences.error());
  if (!documents) return tl::unexpected(documents.error());
  if (*version != static_cast<std::int64_t>(index_version)) {
    return tl::unexpected(index->fault(9, formatted("version {}; 1 is read", *version)));
  }
  const std::optional<Element> element = element_of_code((*start)[17]);
  if (!element) {
    return tl::unexpected(
        index->fault(17, formatted("type {}; integers (1 to 5, 8) are read", int{(*start)[17]})));
  }
  const auto count = static_cast<std::uint64_t>(*sequences);
  const auto ends = static_cast<std::uint64_t>(*documents);
  const std::uint64_t rest = index->size() - index_head;
  if (count > rest / 12 || ends > rest / 8 || count * 12 + ends * 8 != rest) {
    return tl::unexpected(index->fault(
        18, formatted("{} sequences and {} documents do not make the {} bytes that follow", count,
                      ends, rest)));
  }
  return IndexHead{*element, count};
}

/// Checks that the sequences follow one another without gaps and fill the file of ids.
Result<void> check_places(const ByteFile& ids, ElementRegion lengths, ElementRegion places,
                          std::uint64_t width) {
  const std::shared_ptr<const ByteFile> index = lengths.file;
  ElementReader length(std::move(lengths));
  ElementReader place(std::move(places));
  std::uint64_t expected = 0;
  while (length.left() > 0) {
    const std::uint64_t where = place.place();
    const Result<std::int64_t> each = length.take_one();
    const Result<std::int64_t> begin = place.take_one();
    if (!each) return tl::unexpected(each.error());
    if (!begin) return tl::unexpected(begin.error());
    if (*begin < 0 || static_cast<std::uint64_t>(*begin) != expected || *each < 0) {
      return tl::unexpected(index->fault(
          where, formatted("a sequence of {} ids at byte {}; the one before ends at {}", *each,
                           *begin, expected)));
    }
    expected += static_cast<std::uint64_t>(*each) * width;
    if (expected > ids.size()) break;
  }
  if (expected == ids.size()) return {};
  return tl::unexpected(index->fault(
      formatted("sequences of at least {} bytes; {} has {}", expected, ids.name(), ids.size())));
}

Result<std::unique_ptr<SequenceReader>> read_indexed(std::shared_ptr<const ByteFile> ids,
                                                     std::shared_ptr<const ByteFile> index) {
  const Result<IndexHead> head = read_index_head(index);
  if (!head) return tl::unexpected(head.error());
  const std::uint64_t width = head->element.bytes;
  const ElementRegion lengths{index, index_head, {4, true}, head->sequences};
  const ElementRegion places{index, index_head + head->sequences * 4, {8, true}, head->sequences};
  if (Result<void> sound = check_places(*ids, lengths, places, width); !sound) {
    return tl::unexpected(sound.error());
  }
  const std::uint64_t count = ids->size() / width;
  return RowReader::of_runs({std::move(ids), 0, head->element, count}, lengths);
}

/// The reader of a file of ids, or of the index that is named in its place.
Result<std::unique_ptr<SequenceReader>> open_megatron(std::shared_ptr<const ByteFile> file) {
  const bool is_index = !file->name().ends_with(ids_ending);
  Result<std::shared_ptr<const ByteFile>> other =
      file->side_file(is_index ? ids_ending : index_ending);
  if (!other) return tl::unexpected(std::move(other.error()));
  if (*other == nullptr) {
    return tl::unexpected(file->fault(is_index ? "an index without its .bin"
                                               : "no .idx with the index of these ids"));
  }
  return is_index ? read_indexed(std::move(*other), std::move(file))
                  : read_indexed(std::move(file), std::move(*other));
}

}  // namespace

const FormatEntry megatron_format{
    .name = "megatron",
    .extension = ids_ending,
    .other_extensions = megatron_extensions,
    .summary = "Megatron's indexed dataset: .bin and .idx, each sequence a document.",
    .content = "Megatron's index",
    .dtypes = megatron_dtypes,
    .side_files = megatron_side_files,
    .index_ending = index_ending,
    .standalone = false,
    .recognizes = [](std::string_view start,
                     std::uint64_t) { return start.starts_with(index_magic.substr(0, 7)); },
    .make_encoder = &make_megatron,
    .open = &open_megatron,
};

}  // namespace synthgen
