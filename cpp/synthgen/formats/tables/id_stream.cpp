#include "synthgen/formats/tables/id_stream.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/formats/tables/stream_encoder.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace synthgen {
namespace {

/// Reads the side file; every member is checked, and unknown ones are refused.
Result<StreamMetadata> read_metadata(const ByteFile& side, bool has_type) {
  constexpr std::uint64_t most = 1 << 16;
  if (side.size() > most) {
    return tl::unexpected(
        side.fault(formatted("{} bytes; at most {} are read", side.size(), most)));
  }
  const Result<std::string> text = side.read_start(0, most);
  if (!text) return tl::unexpected(text.error());
  const Result<Json> json = parse_json(*text, side.name());
  if (!json) return fail(ErrorKind::data, json.error().message);
  std::vector<Problem> problems;
  JsonObject object(JsonField(*json, json->is_object() ? "" : "metadata", problems));
  StreamMetadata metadata;
  std::array<std::string_view, stream_dtypes.size()> names;
  std::transform(stream_dtypes.begin(), stream_dtypes.end(), names.begin(),
                 [](Dtype dtype) { return name(dtype); });
  std::size_t dtype = 0;
  const bool is_given =
      (has_type ? object.optional("dtype") : object.required("dtype")).word(dtype, names);
  if (is_given) metadata.dtype = stream_dtypes[dtype];
  object.nullable("separator").integer(metadata.separator);
  object.optional("separator_first").boolean(metadata.separator_first);
  object.nullable("seq_length").integer(metadata.seq_length);
  object.optional("vocab_size").integer(metadata.promises.vocab_size);
  object.optional("num_samples").integer(metadata.promises.sequences);
  std::uint64_t seed = 0;
  object.optional("seed").integer(seed);
  object.refuse_unknown();
  if (problems.empty() && !metadata.separator && !metadata.seq_length) {
    problems.push_back(
        {"seq_length", {}, "is missing, and so is separator; one of them is needed"});
  }
  if (!problems.empty()) {
    // Only the message: these are no fields of what the caller gave.
    const tl::unexpected<Error> error = fail(std::move(problems), ErrorKind::data, side.name());
    return fail(ErrorKind::data, error.value().message);
  }
  return metadata;
}

/// Fails (data) if numbers of 32 bits are said to have 16: every second one is then 0.
Result<void> check_width(const ElementRegion& ids, const StreamMetadata& metadata) {
  constexpr std::uint64_t most = 1 << 12;
  constexpr std::uint64_t enough = 8;
  if (metadata.dtype != Dtype::uint16 || metadata.promises.vocab_size || ids.count < enough ||
      ids.count % 2 != 0) {
    return {};
  }
  ElementReader numbers(ids.part(0, std::min(most, ids.count)));
  bool is_nothing = true;
  for (bool is_low = true; numbers.left() > 0; is_low = !is_low) {
    const Result<std::int64_t> number = numbers.take_one();
    if (!number) return tl::unexpected(number.error());
    if (!is_low && *number != 0) return {};
    is_nothing = is_nothing && *number == 0;
  }
  if (is_nothing) return {};
  return tl::unexpected(ids.file->fault(
      "every second id is 0, as if they were uint32 and its metadata named another dtype; if they "
      "are uint16, vocab_size in its metadata says so"));
}

/// Fails (data) if the separators seem to precede the sequences and the metadata say otherwise.
Result<void> check_order(const ElementRegion& ids, std::uint32_t separator) {
  if (ids.count < 2) return {};
  const auto one = [&](std::uint64_t at) { return ElementReader(ids.part(at, 1)).take_one(); };
  const Result<std::int64_t> first = one(0);
  const Result<std::int64_t> last = one(ids.count - 1);
  if (!first) return tl::unexpected(first.error());
  if (!last) return tl::unexpected(last.error());
  if (*first != separator || *last == separator) return {};
  return tl::unexpected(ids.file->fault(
      formatted("it begins with the separator {}, which here precedes each sequence: "
                "\"separator_first\": true in its metadata, or --input-separator-first, says so",
                separator)));
}

}  // namespace

Result<StreamMetadata> stream_metadata(const ByteFile& file, const ReadHints& hints,
                                       bool has_type) {
  StreamMetadata metadata;
  const Result<std::shared_ptr<const ByteFile>> side = file.side_file(row_metadata_ending);
  if (!side) return tl::unexpected(side.error());
  if (*side != nullptr) {
    Result<StreamMetadata> read = read_metadata(**side, has_type);
    if (!read) return read;
    metadata = *read;
  }
  if (hints.dtype) metadata.dtype = hints.dtype;
  if (hints.seq_length || hints.separator) {
    metadata.seq_length = hints.seq_length;
    metadata.separator = hints.separator;
    metadata.separator_first = false;
    metadata.promises.sequences.reset();  // of sequences that were cut in another way
  }
  if (hints.separator_first) metadata.separator_first = true;
  return metadata;
}

Result<std::optional<Separator>> stream_separator(const ByteFile& file, const ReadHints& hints) {
  if (hints.separator) return Separator{*hints.separator, hints.separator_first};
  const Result<std::shared_ptr<const ByteFile>> side = file.side_file(row_metadata_ending);
  if (!side) return tl::unexpected(side.error());
  constexpr std::uint64_t most = 1 << 16;
  if (*side == nullptr || (*side)->size() > most) return std::nullopt;
  const Result<std::string> text = (*side)->read_start(0, most);
  if (!text) return tl::unexpected(text.error());
  const Result<Json> json = parse_json(*text, (*side)->name());
  if (!json || !json->is_object()) return std::nullopt;
  std::vector<Problem> ignored;
  JsonObject object(JsonField(*json, "", ignored));
  std::optional<std::uint32_t> id;
  bool is_first = hints.separator_first;
  object.nullable("separator").integer(id);
  object.optional("separator_first").boolean(is_first);
  if (!id) return std::nullopt;
  return Separator{*id, is_first};
}

Result<std::optional<ElementRegion>> stream_labels(const ElementRegion& ids) {
  const Result<std::shared_ptr<const ByteFile>> side = ids.file->side_file(stream_labels_ending);
  if (!side) return tl::unexpected(side.error());
  if (*side == nullptr || ids.count == 0) return std::nullopt;
  const std::uint64_t width = (*side)->size() / ids.count;
  if ((*side)->size() % ids.count != 0 || (width != 4 && width != 8)) {
    return tl::unexpected((*side)->fault(formatted(
        "{} bytes are not the labels, int32 or int64, of {} ids", (*side)->size(), ids.count)));
  }
  return ElementRegion{*side, 0, {width, true}, ids.count};
}

std::string stream_metadata_help(const ByteFile& file, bool has_type) {
  const std::string stem = std::filesystem::path(file.name()).stem().string();
  return formatted(
      "a file {}{} next to it can say so: {}, or {} if that id follows each sequence, with {} if "
      "it "
      "precedes them. {}",
      stem, row_metadata_ending, R"({"dtype": "uint16", "seq_length": 1024})",
      R"({"dtype": "uint16", "separator": 50256})", R"("separator_first": true)",
      has_type ? "The flags --input-seq-length, or --input-separator and --input-separator-first, "
                 "say the same"
               : "The flags --input-dtype with --input-seq-length, or with --input-separator and "
                 "--input-separator-first, say the same");
}

Result<std::unique_ptr<SequenceReader>> open_id_stream(ElementRegion ids,
                                                       const StreamMetadata& metadata) {
  const std::shared_ptr<const ByteFile> file = ids.file;
  Result<std::optional<ElementRegion>> labels = stream_labels(ids);
  if (!labels) return tl::unexpected(std::move(labels.error()));
  std::unique_ptr<RowReader> reader;
  if (metadata.separator) {
    if (!metadata.separator_first) {
      if (Result<void> sound = check_order(ids, *metadata.separator); !sound) {
        return tl::unexpected(std::move(sound.error()));
      }
    }
    reader = RowReader::of_separated(std::move(ids),
                                     Separator{*metadata.separator, metadata.separator_first});
  } else {
    const std::uint64_t length = *metadata.seq_length;
    if (length == 0 && ids.count > 0) {
      return tl::unexpected(file->fault("the seq_length in its metadata is 0, but it has ids"));
    }
    // Metadata with a number of rows promise whole rows; without, the last one may be shorter.
    if (metadata.promises.sequences && length > 0 && ids.count % length != 0) {
      return tl::unexpected(file->fault(
          formatted("{} ids are no whole number of rows of the seq_length {} in its metadata",
                    ids.count, length)));
    }
    reader = RowReader::of_table(std::move(ids), length);
  }
  reader->promise(metadata.promises);
  if (*labels) reader->label(std::move(**labels));
  return reader;
}

Result<std::unique_ptr<SequenceReader>> open_bare_stream(std::shared_ptr<const ByteFile> file,
                                                         const ReadHints& hints) {
  const Result<StreamMetadata> metadata = stream_metadata(*file, hints, false);
  if (!metadata) return tl::unexpected(metadata.error());
  if (!metadata->cuts()) {
    return tl::unexpected(file->fault("it is not known where its sequences begin; " +
                                      stream_metadata_help(*file, false)));
  }
  if (!metadata->dtype) {
    return tl::unexpected(file->fault("the type of its ids is not known: --input-dtype uint16"));
  }
  const std::uint64_t width = bytes_of(*metadata->dtype);
  if (file->size() % width != 0) {
    return tl::unexpected(file->fault(
        formatted("{} bytes are no whole number of {}", file->size(), name(*metadata->dtype))));
  }
  const std::uint64_t count = file->size() / width;
  ElementRegion ids{std::move(file), 0, {width}, count};
  if (Result<void> sound = check_width(ids, *metadata); !sound) {
    return tl::unexpected(std::move(sound.error()));
  }
  return open_id_stream(std::move(ids), *metadata);
}

}  // namespace synthgen
