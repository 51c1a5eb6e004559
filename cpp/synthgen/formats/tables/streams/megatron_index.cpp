#include "synthgen/formats/tables/streams/megatron_index.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/document_index.hpp"
#include "synthgen/formats/tables/id_stream.hpp"
#include "synthgen/formats/tables/row_reader.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::uint64_t index_head = 34;  // magic, version, type, two counts

/// What an index says before its numbers.
struct IndexHead {
  int code = 0;  ///< of the type of the ids
  std::uint64_t sequences = 0;
  std::uint64_t documents = 0;  ///< numbers in the index of documents
  bool has_modes = false;  ///< a number for each sequence: what it is, such as text or an image
};

Result<IndexHead> read_index_head(const std::shared_ptr<const ByteFile>& index) {
  const Result<std::string> start = index->read_start(0, index_head);
  if (!start) return tl::unexpected(start.error());
  if (start->size() < index_head || !start->starts_with(megatron_magic)) {
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
  if (*version != static_cast<std::int64_t>(megatron_version)) {
    return tl::unexpected(index->fault(9, formatted("version {}; 1 is read", *version)));
  }
  const auto count = static_cast<std::uint64_t>(*sequences);
  const auto ends = static_cast<std::uint64_t>(*documents);
  const std::uint64_t rest = index->size() - index_head;
  const bool fits = count <= rest / 12 && ends <= rest / 8;
  const std::uint64_t needed = fits ? count * 12 + ends * 8 : 0;
  if (!fits || (needed != rest && needed + count != rest)) {
    return tl::unexpected(index->fault(
        18, formatted("{} sequences and {} documents do not make the {} bytes that follow", count,
                      ends, rest)));
  }
  return IndexHead{(*start)[17], count, ends, needed != rest};
}

/// The sum of all lengths, as far as it is of use; negative ones are faults elsewhere.
Result<std::uint64_t> total_of(const ElementRegion& lengths) {
  ElementReader reader(lengths);
  std::uint64_t total = 0;
  while (reader.left() > 0) {
    const Result<std::span<const std::int64_t>> some = reader.take(reader.left());
    if (!some) return tl::unexpected(some.error());
    for (const std::int64_t length : *some) {
      total += static_cast<std::uint64_t>(std::max<std::int64_t>(0, length));
    }
  }
  return total;
}

/// The type of the ids. Megatron and Megatron-DeepSpeed count unlike beyond 5: 6 is float64 or
/// uint16, 7 float32 or uint32, 8 uint16 or uint64. The bytes that there are for each id decide.
Result<Element> element_of_index(const ByteFile& ids, const ByteFile& index, int code,
                                 const ElementRegion& lengths) {
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
    case 7:
      return Element{4, false};
    case 6:
    case 8:
      break;
    default:
      return tl::unexpected(
          index.fault(17, formatted("type {}; integers (1 to 8) are read", code)));
  }
  const Result<std::uint64_t> total = total_of(lengths);
  if (!total) return tl::unexpected(total.error());
  const bool is_wide = *total > 0 && ids.size() / *total >= 8;
  if (!is_wide) return Element{2, false};
  if (code == 8) return Element{8, false};
  return tl::unexpected(index.fault(17, "type 6 of 8 bytes, which is float64; integers are read"));
}

/// Checks that the sequences follow one another without gaps and fill the file of ids.
Result<void> check_sequence_places(const ByteFile& ids, ElementRegion lengths, ElementRegion places,
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

/// The bytes of a part of a file, in pieces.
class RegionPieces final : public ByteSource {
 public:
  explicit RegionPieces(ElementRegion region) : region_(std::move(region)) {}

  Result<bool> next(std::string& bytes) override {
    constexpr std::uint64_t piece = 1 << 17;
    const std::uint64_t count = std::min(piece, region_.count - next_);
    bytes.clear();
    if (count == 0) return false;
    const std::uint64_t width = region_.element.bytes;
    Result<std::string> read =
        region_.file->read_start(region_.offset + next_ * width, count * width);
    if (!read) return tl::unexpected(read.error());
    bytes = std::move(*read);
    next_ += count;
    return true;
  }

 private:
  ElementRegion region_;
  std::uint64_t next_ = 0;
};

/// Checks the index of documents; null if each sequence is one, or there is no such index.
Result<std::shared_ptr<const DocumentIndex>> read_documents(const ElementRegion& region,
                                                            std::uint64_t sequences) {
  ElementReader reader(region);
  std::int64_t before = 0;
  bool is_plain = region.count == sequences + 1 || region.count == 0;
  for (std::uint64_t i = 0; reader.left() > 0; ++i) {
    const std::uint64_t where = reader.place();
    const Result<std::int64_t> end = reader.take_one();
    if (!end) return tl::unexpected(end.error());
    const bool is_last = reader.left() == 0;
    const bool is_sound = i == 0 ? *end == 0 : *end >= before;
    if (!is_sound || static_cast<std::uint64_t>(*end) > sequences ||
        (is_last && static_cast<std::uint64_t>(*end) != sequences)) {
      return tl::unexpected(region.file->fault(
          where, formatted("number {} in the index of documents: got {}; allowed: 0 first, then "
                           "ascending numbers up to the last, {}, the number of sequences",
                           i, *end, sequences)));
    }
    is_plain = is_plain && static_cast<std::uint64_t>(*end) == i;
    before = *end;
  }
  if (is_plain) return nullptr;
  return std::make_shared<const DocumentIndex>(
      DocumentIndex{region.count, [region] { return std::make_unique<RegionPieces>(region); }});
}

}  // namespace

Result<std::unique_ptr<SequenceReader>> open_indexed(std::shared_ptr<const ByteFile> ids,
                                                     std::shared_ptr<const ByteFile> index,
                                                     std::optional<Separator> separator) {
  const Result<IndexHead> head = read_index_head(index);
  if (!head) return tl::unexpected(head.error());
  const std::uint64_t sequences = head->sequences;
  const ElementRegion lengths{index, index_head, {4, true}, sequences};
  const ElementRegion places{index, index_head + sequences * 4, {8, true}, sequences};
  const ElementRegion documents{index, index_head + sequences * 12, {8, true}, head->documents};
  const Result<Element> element = element_of_index(*ids, *index, head->code, lengths);
  if (!element) return tl::unexpected(element.error());
  const std::uint64_t width = element->bytes;
  if (Result<void> sound = check_sequence_places(*ids, lengths, places, width); !sound) {
    return tl::unexpected(sound.error());
  }
  Result<std::shared_ptr<const DocumentIndex>> groups = read_documents(documents, sequences);
  if (!groups) return tl::unexpected(std::move(groups.error()));
  const std::uint64_t count = ids->size() / width;
  ElementRegion all{std::move(ids), 0, *element, count};
  Result<std::optional<ElementRegion>> labels = stream_labels(all);
  if (!labels) return tl::unexpected(std::move(labels.error()));
  std::unique_ptr<RowReader> reader = RowReader::of_runs(std::move(all), lengths, separator);
  if (*labels) reader->label(std::move(**labels));
  if (head->code == 7) {
    reader->add_note("type 7 is read as uint32, as Megatron-DeepSpeed has it, not as float32");
  }
  if (head->has_modes) reader->add_note("not read: the modes of its sequences");
  reader->group(std::move(*groups));
  return reader;
}

}  // namespace synthgen
