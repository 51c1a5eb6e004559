#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/number_table.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/row_reader.hpp"
#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>
#include <cstring>

namespace synthgen {

extern const FormatEntry safetensors_format;

namespace {

constexpr std::array safetensors_dtypes{Dtype::int64, Dtype::int32};
constexpr const char* ids_key = "input_ids";
constexpr const char* mask_key = "attention_mask";
constexpr const char* labels_key = "labels";

/// A tensor of [sequences, row length] under `input_ids`; ragged ones get `attention_mask`, bytes
/// of 1 over tokens and 0 over padding. Labels are under `labels`.
class SafetensorsEncoder final : public RowEncoder {
 public:
  using RowEncoder::RowEncoder;

  std::string head() const override {
    const std::uint64_t rows = plan().sequences;
    const Json shape = {rows, row_length()};
    Json header = {{"__metadata__", {{"format", "pt"}}}};
    std::uint64_t end = 0;
    const auto add = [&](const char* key, const char* type, std::uint64_t size) {
      header[key] = {{"dtype", type}, {"shape", shape}, {"data_offsets", {end, end + size}}};
      end += size;
    };
    const char* const type = dtype() == Dtype::int64 ? "I64" : "I32";
    add(ids_key, type, data_bytes());
    if (with_labels()) add(labels_key, type, label_bytes());  // first, so that they are aligned
    if (ragged()) add(mask_key, "U8", rows * row_length());
    std::string text = to_text(header);
    constexpr std::size_t alignment = 8;
    text.resize((text.size() + alignment - 1) / alignment * alignment, ' ');
    std::string bytes;
    append_number<std::uint64_t>(text.size(), bytes);
    return bytes + text;
  }

  std::unique_ptr<ByteSource> tail(const FileTotals& totals) const override {
    const auto row = static_cast<std::size_t>(row_length());
    std::vector<std::unique_ptr<ByteSource>> parts;
    if (with_labels()) parts.push_back(std::make_unique<LogPieces>(std::string(), totals.labels));
    if (ragged()) {
      parts.push_back(std::make_unique<LengthPieces>(
          std::string(), totals.lengths, row,
          [row](std::span<const std::uint32_t> lengths, std::string& bytes) {
            for (const std::uint32_t length : lengths) {
              bytes.append(length, '\1');
              bytes.append(row - length, '\0');
            }
          }));
    }
    return std::make_unique<PiecesInTurn>(std::move(parts));
  }
};

std::optional<Element> safetensors_element(const std::string& dtype) {
  if (dtype == "BOOL") return Element{1, false};
  const bool is_signed = !dtype.empty() && dtype[0] == 'I';
  if (dtype.empty() || (!is_signed && dtype[0] != 'U')) return std::nullopt;
  for (const std::uint64_t bytes : std::array<std::uint64_t, 4>{1, 2, 4, 8}) {
    if (dtype.substr(1) == std::to_string(8 * bytes)) return Element{bytes, is_signed};
  }
  return std::nullopt;
}

/// Whether there is the length of a JSON object that fits in the file, and its first brace.
bool begins_with_header(std::string_view start, std::uint64_t size) {
  if (start.size() <= sizeof(std::uint64_t) || start[8] != '{') return false;
  std::uint64_t header = 0;
  std::memcpy(&header, start.data(), sizeof header);
  return header <= size - sizeof header;
}

/// A header and where the numbers begin.
struct SafetensorsHeader {
  Json tensors;
  std::uint64_t start = 0;
};

Result<SafetensorsHeader> read_safetensors_header(const ByteFile& file) {
  constexpr std::uint64_t most = 1 << 20;
  ElementReader size({std::shared_ptr<const ByteFile>(std::shared_ptr<void>(), &file), 0, {8}, 1});
  std::int64_t bytes = 0;
  if (file.size() >= 8) {
    const Result<std::int64_t> read = size.take_one();
    if (!read) return tl::unexpected(read.error());
    bytes = *read;
  }
  const auto length = static_cast<std::uint64_t>(bytes);
  if (file.size() < 8 || length > most || length > file.size() - 8) {
    return tl::unexpected(
        file.fault(0, formatted("a header of {} bytes; the file has {}, and {} are allowed", length,
                                file.size(), most)));
  }
  const Result<std::string> text = file.read_start(8, length);
  if (!text) return tl::unexpected(text.error());
  Result<Json> header = parse_json(*text, file.name() + ": header");
  if (!header) return fail(ErrorKind::data, header.error().message);
  if (!header->is_object()) return tl::unexpected(file.fault(8, "the header is no object"));
  return SafetensorsHeader{std::move(*header), 8 + length};
}

Result<NumberTable> tensor_at(const std::shared_ptr<const ByteFile>& file,
                              const SafetensorsHeader& header, const char* key) {
  const auto fault = [&](const std::string& reason) {
    return tl::unexpected(file->fault(8, formatted("{}: {}", key, reason)));
  };
  const Json& entry = header.tensors[key];
  const auto is_counts = [](const Json& list, std::size_t fewest, std::size_t most) {
    return list.is_array() && list.size() >= fewest && list.size() <= most &&
           std::all_of(list.begin(), list.end(),
                       [](const Json& value) { return value.is_number_unsigned(); });
  };
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() ||
      !entry.contains("shape") || !is_counts(entry["shape"], 0, 32) ||
      !entry.contains("data_offsets") || !is_counts(entry["data_offsets"], 2, 2)) {
    return fault("dtype, shape or data_offsets is missing or malformed");
  }
  const std::string dtype = entry["dtype"].get<std::string>();
  const std::optional<Element> element = safetensors_element(dtype);
  if (!element) return fault(formatted("dtype {}; integers are read", quoted_start(dtype)));
  const auto begin = entry["data_offsets"][0].get<std::uint64_t>();
  const auto end = entry["data_offsets"][1].get<std::uint64_t>();
  const std::uint64_t room = file->size() - header.start;
  std::uint64_t count = 1;
  bool fits = begin <= end && end <= room;
  NumberTable place;
  for (const Json& size : entry["shape"]) {
    place.shape.push_back(size.get<std::uint64_t>());
    fits = fits && (place.shape.back() == 0 || count <= room / place.shape.back());
    count *= place.shape.back();
  }
  if (!fits || count > room || count * element->bytes != end - begin) {
    return fault(
        formatted("shape and dtype do not make the bytes {} to {} of the {} that there are", begin,
                  end, room));
  }
  place.elements = {file, header.start + begin, *element, count};
  return place;
}

bool overlap_any(const ElementRegion& region, const std::vector<ElementRegion>& others) {
  const auto end = [](const ElementRegion& of) { return of.offset + of.count * of.element.bytes; };
  return std::any_of(others.begin(), others.end(), [&](const ElementRegion& other) {
    return region.offset < end(other) && other.offset < end(region);
  });
}

Result<std::unique_ptr<SequenceReader>> open_safetensors(std::shared_ptr<const ByteFile> file) {
  const Result<SafetensorsHeader> header = read_safetensors_header(*file);
  if (!header) return tl::unexpected(header.error());
  if (!header->tensors.contains(ids_key)) {
    return tl::unexpected(file->fault(8, "no tensor named input_ids"));
  }
  Result<NumberTable> ids = tensor_at(file, *header, ids_key);
  if (!ids) return tl::unexpected(std::move(ids.error()));
  if (!ids->has_rows()) {
    return tl::unexpected(file->fault(
        8,
        formatted("input_ids has {} dimensions; [sequences, tokens] are read", ids->shape.size())));
  }
  RowNotes notes;
  std::vector<ElementRegion> regions{ids->elements};
  for (const char* key : {mask_key, labels_key}) {
    if (!header->tensors.contains(key)) continue;
    Result<NumberTable> other = tensor_at(file, *header, key);
    if (!other) return tl::unexpected(std::move(other.error()));
    if (other->shape != ids->shape) {
      return tl::unexpected(file->fault(8, formatted("{} has another shape than input_ids", key)));
    }
    if (overlap_any(other->elements, regions)) {
      return tl::unexpected(file->fault(8, formatted("{} overlaps another tensor", key)));
    }
    regions.push_back(other->elements);
    if (key == mask_key) {
      notes.lengths = RowLengths{std::move(other->elements), true};
    } else {
      notes.labels = std::move(other->elements);
    }
  }
  return RowReader::of_table(std::move(ids->elements), ids->shape[1], std::move(notes));
}

}  // namespace

const FormatEntry safetensors_format{
    .name = "safetensors",
    .extension = ".safetensors",
    .summary =
        "A tensor of [sequences, tokens] named input_ids, attention_mask for ragged data, and "
        "labels.",
    .content = "safetensors",
    .labels = true,
    .dtypes = safetensors_dtypes,
    .recognizes = &begins_with_header,
    .make_encoder = &make_rows<SafetensorsEncoder, safetensors_format>,
    .open = &open_safetensors,
};

}  // namespace synthgen
