#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/named_tensors.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/row_reader.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/formats/tables/safetensors_header.hpp"

#include <algorithm>

namespace synthgen {

extern const FormatEntry safetensors_format;

namespace {

constexpr std::array safetensors_dtypes{Dtype::int64, Dtype::int32};
constexpr const char* ids_key = "input_ids";
constexpr const char* mask_key = "attention_mask";
constexpr const char* labels_key = "labels";
constexpr const char* bits_key = "predictive_bits";
constexpr const char* law_key = "predictive_law";

/// A tensor of [sequences, row length] under `input_ids`; ragged ones get `attention_mask`, bytes
/// of 1 over tokens and 0 over padding. Labels are under `labels`, what tokens cost by the exact
/// law under `predictive_bits`, or the law under `predictive_law`.
class SafetensorsEncoder final : public RowEncoder {
 public:
  using RowEncoder::RowEncoder;

  std::string head() const override {
    const std::uint64_t rows = plan().sequences;
    const Json shape = {rows, row_length()};
    Json header = {{"__metadata__", {{"format", "pt"}}}};
    std::uint64_t end = 0;
    const auto add = [&](const char* key, const char* type, std::uint64_t size,
                         const Json& of_shape) {
      header[key] = {{"dtype", type}, {"shape", of_shape}, {"data_offsets", {end, end + size}}};
      end += size;
    };
    const char* const type = dtype() == Dtype::int64 ? "I64" : "I32";
    add(ids_key, type, data_bytes(), shape);
    // The mask comes last, so that the others are aligned.
    if (with_labels()) add(labels_key, type, label_bytes(), shape);
    if (predictive() != Predictive::nothing) {
      add(predictive() == Predictive::law ? law_key : bits_key, "F32", predictive_bytes(),
          predictive_shape());
    }
    if (ragged()) add(mask_key, "U8", rows * row_length(), shape);
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
    if (predictive() != Predictive::nothing) {
      parts.push_back(std::make_unique<LogPieces>(std::string(), totals.predictive));
    }
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

/// Checks that the tensors follow one another from the header to the file's end, as the format
/// asks.
Result<void> check_places(const ByteFile& file, const SafetensorsHeader& header) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
  for (auto entry = header.tensors.begin(); entry != header.tensors.end(); ++entry) {
    if (entry.key() == "__metadata__") continue;
    std::vector<Problem> none;
    JsonObject tensor(JsonField(entry.value(), entry.key(), none));
    std::vector<std::uint64_t> place;
    tensor.required("data_offsets").each([&](const JsonField& offset) {
      offset.integer(place.emplace_back());
    });
    if (!none.empty() || place.size() != 2 || place[0] > place[1]) {
      return tl::unexpected(file.fault(
          8, formatted("{}: data_offsets is missing or malformed", shown_key(entry.key()))));
    }
    places.emplace_back(place[0], place[1]);
  }
  std::sort(places.begin(), places.end());
  std::uint64_t end = 0;
  for (const auto& [begin, next] : places) {
    if (begin != end) {
      return tl::unexpected(
          file.fault(header.start + std::min(begin, end),
                     formatted("{} there; tensors must follow one another",
                               begin < end ? "two tensors overlap" : "no tensor begins")));
    }
    end = next;
  }
  if (end == file.size() - header.start) return {};
  return tl::unexpected(
      file.fault(header.start, formatted("the tensors have {} bytes, but {} follow the header", end,
                                         file.size() - header.start)));
}

/// The tensors, each with its shape and type as far as the header has them.
std::vector<NamedPart> tensors_in(const SafetensorsHeader& header) {
  std::vector<NamedPart> parts;
  for (const std::string& name : header.names()) {
    const Json& entry = header.tensors[name];
    const bool is_plain = entry.is_object() && entry.contains("shape") && entry.contains("dtype") &&
                          entry["dtype"].is_string();
    parts.push_back({name, is_plain ? formatted("{} of {}", to_text(entry["shape"]),
                                                entry["dtype"].get<std::string>())
                                    : std::string("of no known type")});
  }
  return parts;
}

Result<std::unique_ptr<SequenceReader>> open_safetensors(std::shared_ptr<const ByteFile> file,
                                                         const ReadHints& hints) {
  const Result<SafetensorsHeader> header = read_safetensors_header(*file);
  if (!header) return tl::unexpected(header.error());
  const std::vector<NamedPart> parts = tensors_in(*header);
  const Result<std::string> name = name_of_ids(*file, 8, parts, hints);
  if (!name) return tl::unexpected(name.error());
  Result<NumberTable> ids = integer_tensor(file, *header, *name);
  if (!ids) return tl::unexpected(std::move(ids.error()));
  if (Result<void> sound = check_places(*file, *header); !sound) {
    return tl::unexpected(std::move(sound.error()));
  }
  if (!ids->has_rows()) {
    const std::string reason = formatted("{} has {}; [sequences, tokens] are read", *name,
                                         counted(ids->shape.size(), "dimension"));
    return open_flat(std::move(*ids), hints, reason);
  }
  RowNotes notes{.others = unread_parts(parts, *name)};
  for (const char* key : {mask_key, labels_key}) {
    if (key == *name || !header->tensors.contains(key)) continue;
    Result<NumberTable> other = integer_tensor(file, *header, key);
    if (!other) return tl::unexpected(std::move(other.error()));
    if (other->shape != ids->shape && !hints.tensor.empty()) {
      notes.others.push_back(key);  // of another tensor than the one that was named
      continue;
    }
    if (other->shape != ids->shape) {
      return tl::unexpected(file->fault(8, formatted("{} has another shape than {}", key, *name)));
    }
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
        "A tensor of [sequences, tokens] named input_ids, attention_mask for ragged data, labels "
        "and the exact law.",
    .content = "safetensors",
    .predictive = true,
    .dtypes = safetensors_dtypes,
    .takes_stream_hints = true,
    .takes_tensor = true,
    .recognizes = &begins_with_safetensors_header,
    .make_encoder = &make_rows<SafetensorsEncoder, safetensors_format>,
    .open = &open_safetensors,
};

}  // namespace synthgen
