#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/row_reader.hpp"
#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>
#include <filesystem>

namespace synthgen {

extern const FormatEntry bin_format;

namespace {

constexpr std::array bin_dtypes{Dtype::uint16, Dtype::uint32};
constexpr std::string_view meta_pickle = "/meta.pkl";
constexpr std::array bin_side_files{
    SideFileName{.ending = row_metadata_ending, .is_shared = true},
    SideFileName{.ending = meta_pickle, .is_read = false, .is_shared = true}};

/// The pickle of {"vocab_size": n}, which nanoGPT's training takes from meta.pkl.
std::string pickled_vocab_size(std::uint64_t vocab_size) {
  constexpr std::string_view key = "vocab_size";
  std::string bytes("\x80\x02}X");
  append_number(static_cast<std::uint32_t>(key.size()), bytes);
  bytes += key;
  bytes += "\x8a\x05";  // an integer of five bytes: any vocabulary, and its sign
  std::string number;
  append_number(vocab_size, number);
  return bytes + number.substr(0, 5) + "s.";
}

/// nanoGPT's stream: ids without a header, one sequence after another. With rows of L ids, row i
/// begins at id i · L, or at i · (L + 1) with a separator after each row.
class BinEncoder final : public FileEncoder {
 public:
  BinEncoder(const FilePlan& plan, Dtype dtype, std::optional<std::uint32_t> separator)
      : plan_(plan), dtype_(dtype), separator_(separator) {}

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto content = batch.content(i);
      if (!separator_ && content.size() != plan_.lengths.longest) {
        return fail(ErrorKind::data, formatted("{}: a sequence of {} tokens where {} were promised",
                                               plan_.stem, content.size(), plan_.lengths.longest));
      }
      append_ids(content, dtype_, chunk.bytes);
      if (separator_) append_ids({&*separator_, 1}, dtype_, chunk.bytes);
    }
    return {};
  }

  std::vector<SideFile> side_files(const FileTotals&) const override {
    Json more = {{"dtype", name(dtype_)}};
    if (separator_) more["separator"] = *separator_;
    const std::uint64_t ids =
        std::max(plan_.dataset_vocab_size, separator_ ? std::uint64_t{*separator_} + 1 : 0);
    std::vector<SideFile> files;
    files.push_back(row_metadata(plan_, plan_.lengths.longest, more));
    files.push_back(
        {std::string(meta_pickle.substr(1)), std::make_unique<TextPiece>(pickled_vocab_size(ids))});
    return files;
  }

 private:
  FilePlan plan_;
  Dtype dtype_;
  std::optional<std::uint32_t> separator_;
};

/// The plan with the ids of all splits, since nanoGPT takes one type for all files, and the
/// separator.
FilePlan plan_of_all_ids(const FormatOptions& options, FilePlan plan) {
  plan.vocab_size = std::max(plan.vocab_size, plan.dataset_vocab_size);
  if (options.separator) {
    plan.vocab_size = std::max(plan.vocab_size, std::uint64_t{*options.separator} + 1);
  }
  return plan;
}

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
  const FilePlan all_splits_alike = plan_of_all_ids(options, plan);
  const Dtype dtype = dtype_of(options, bin_format, all_splits_alike, false);
  std::vector<Problem> problems = check_ids(all_splits_alike, dtype, false);
  if (!options.separator && !plan.lengths.equal()) {
    problems.push_back(
        {"separator",
         {},
         formatted("{}: sequences differ in length, so bin needs an id between them; "
                   "formats that need none: {}",
                   plan.stem,
                   format_names([](const FormatEntry& other) { return !other.separator; }))});
  }
  if (options.separator && *options.separator < plan.vocab_size) {
    problems.push_back(
        {"separator", std::to_string(*options.separator),
         formatted("an id that is not in the vocabulary: {} or more", plan.vocab_size)});
  }
  if (!problems.empty()) return fail(std::move(problems));
  return std::make_unique<const BinEncoder>(plan, dtype, options.separator);
}

/// What a stream's side file says of it.
struct StreamMetadata {
  Dtype dtype = Dtype::uint16;
  std::optional<std::uint64_t> seq_length;
  std::optional<std::uint32_t> separator;
  StreamPromises promises;
};

/// Reads the side file; every member is checked, and unknown ones are refused.
Result<StreamMetadata> read_metadata(const ByteFile& side) {
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
  std::array<std::string_view, bin_dtypes.size()> names;
  std::transform(bin_dtypes.begin(), bin_dtypes.end(), names.begin(),
                 [](Dtype dtype) { return name(dtype); });
  std::size_t dtype = 0;
  if (object.required("dtype").word(dtype, names)) metadata.dtype = bin_dtypes[dtype];
  object.nullable("separator").integer(metadata.separator);
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

/// The metadata of a stream.
Result<StreamMetadata> stream_metadata(const ByteFile& file) {
  const Result<std::shared_ptr<const ByteFile>> side = file.side_file(row_metadata_ending);
  if (!side) return tl::unexpected(side.error());
  if (*side != nullptr) return read_metadata(**side);
  const std::string stem = std::filesystem::path(file.name()).stem().string();
  return tl::unexpected(file.fault(
      formatted("it is not known where its sequences begin; a file {}{} next to it can say so: "
                "{}, or {} if that id follows each sequence",
                stem, row_metadata_ending, R"({"dtype": "uint16", "seq_length": 1024})",
                R"({"dtype": "uint16", "separator": 50256})")));
}

/// Fails (data) if numbers of 32 bits are said to have 16: every second one is then 0.
Result<void> check_width(const ElementRegion& ids, const StreamMetadata& metadata) {
  constexpr std::uint64_t most = 1 << 12;
  constexpr std::uint64_t enough = 8;
  if (metadata.dtype != Dtype::uint16 || metadata.promises.vocab_size || ids.count < enough ||
      ids.count % 2 != 0) {
    return {};
  }
  ElementReader numbers({ids.file, ids.offset, ids.element, std::min(most, ids.count)});
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

/// A reader of what follows the metadata.
Result<std::unique_ptr<RowReader>> open_stream(ElementRegion ids, const StreamMetadata& metadata) {
  const ByteFile& file = *ids.file;
  if (metadata.separator) {
    if (ids.count > 1) {
      const auto one = [&](std::uint64_t at) {
        const std::uint64_t width = ids.element.bytes;
        return ElementReader({ids.file, at * width, ids.element, 1}).take_one();
      };
      const Result<std::int64_t> first = one(0);
      const Result<std::int64_t> last = one(ids.count - 1);
      if (!first) return tl::unexpected(first.error());
      if (!last) return tl::unexpected(last.error());
      if (*first == *metadata.separator && *last != *metadata.separator) {
        return tl::unexpected(file.fault(formatted(
            "it begins with the separator {}, which here precedes each sequence; streams are read "
            "whose separator follows each",
            *metadata.separator)));
      }
    }
    return RowReader::of_separated(std::move(ids), *metadata.separator);
  }
  const std::uint64_t length = *metadata.seq_length;
  if (length == 0 && ids.count > 0) {
    return tl::unexpected(file.fault("the seq_length in its metadata is 0, but it has ids"));
  }
  // Metadata with a number of rows promise whole rows; without, the last one may be shorter.
  if (metadata.promises.sequences && length > 0 && ids.count % length != 0) {
    return tl::unexpected(file.fault(
        formatted("{} ids are no whole number of rows of the seq_length {} in its metadata",
                  ids.count, length)));
  }
  return RowReader::of_table(std::move(ids), length);
}

Result<std::unique_ptr<SequenceReader>> open_bin(std::shared_ptr<const ByteFile> file) {
  const Result<StreamMetadata> metadata = stream_metadata(*file);
  if (!metadata) return tl::unexpected(metadata.error());
  const std::uint64_t width = bytes_of(metadata->dtype);
  if (file->size() % width != 0) {
    return tl::unexpected(file->fault(
        formatted("{} bytes are no whole number of {}", file->size(), name(metadata->dtype))));
  }
  ElementRegion ids{std::move(file), 0, {width}, 0};
  ids.count = ids.file->size() / width;
  if (Result<void> sound = check_width(ids, *metadata); !sound) {
    return tl::unexpected(std::move(sound.error()));
  }
  Result<std::unique_ptr<RowReader>> reader = open_stream(std::move(ids), *metadata);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  (*reader)->promise(metadata->promises);
  return std::move(*reader);
}

}  // namespace

const FormatEntry bin_format{
    .name = "bin",
    .extension = ".bin",
    .summary = "nanoGPT's stream of ids, with meta.pkl; ragged data need a separator.",
    .separator = true,
    .dtypes = bin_dtypes,
    .side_files = bin_side_files,
    .standalone = false,
    .streams = true,
    .make_encoder = &make_bin,
    .note = &note_on_type,
    .open = &open_bin,
};

}  // namespace synthgen
