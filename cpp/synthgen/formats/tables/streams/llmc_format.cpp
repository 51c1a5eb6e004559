#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/id_stream.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/formats/tables/stream_encoder.hpp"

#include <array>
#include <cstring>

namespace synthgen {

extern const FormatEntry llmc_format;

namespace {

constexpr std::array llmc_side_files{SideFileName{.ending = row_metadata_ending, .is_shared = true},
                                     SideFileName{stream_labels_ending}};

/// What a shard of llm.c begins with: a magic number and a version for each type of ids.
struct ShardType {
  std::int32_t magic;
  std::int32_t version;
  Dtype dtype;
};
constexpr std::array shard_types{ShardType{20240520, 1, Dtype::uint16},
                                 ShardType{20240801, 7, Dtype::uint32}};
constexpr std::uint64_t shard_head = 256 * sizeof(std::int32_t);

const ShardType* shard_type_of(std::string_view start) {
  std::array<std::int32_t, 2> words{};
  if (start.size() < sizeof words) return nullptr;
  std::memcpy(words.data(), start.data(), sizeof words);
  for (const ShardType& type : shard_types) {
    if (words[0] == type.magic && words[1] == type.version) return &type;
  }
  return nullptr;
}

/// How many ids the file has, separators included.
std::uint64_t ids_of(const FormatOptions& options, const FilePlan& plan) {
  const std::uint64_t tokens = plan.tokens.value_or(plan.sequences * plan.lengths.longest);
  return tokens + (options.separator ? plan.sequences : 0);
}

/// llm.c's shard: 256 integers of 32 bits, the third of which is the number of ids, then the ids.
class LlmcEncoder final : public StreamEncoder {
 public:
  LlmcEncoder(const FilePlan& plan, Dtype dtype, const FormatOptions& options)
      : StreamEncoder(plan, dtype, options), count_(ids_of(options, plan)) {}

  std::string head() const override {
    std::string bytes;
    for (const ShardType& type : shard_types) {
      if (type.dtype != dtype()) continue;
      append_number(type.magic, bytes);
      append_number(type.version, bytes);
    }
    append_number(static_cast<std::int32_t>(count_), bytes);
    bytes.resize(static_cast<std::size_t>(shard_head), '\0');
    return bytes;
  }

 private:
  std::uint64_t count_;
};

Result<std::unique_ptr<const FileEncoder>> make_llmc(const FormatOptions& options,
                                                     const FilePlan& plan) {
  const Result<Dtype> dtype = stream_dtype(options, llmc_format, plan);
  if (!dtype) return tl::unexpected(dtype.error());
  if (!plan.tokens && !plan.lengths.equal()) {
    return fail({{"format",
                  {},
                  formatted("{}: how many tokens it has must be known before it is "
                            "written as llmc",
                            plan.stem)}});
  }
  if (const std::uint64_t ids = ids_of(options, plan); ids > INT32_MAX) {
    return fail({{"format",
                  {},
                  formatted("{}: a shard of llm.c counts at most {} ids, and these are {}; divide "
                            "them into more shards",
                            plan.stem, INT32_MAX, ids)}});
  }
  return std::make_unique<const LlmcEncoder>(plan, *dtype, options);
}

Result<std::unique_ptr<SequenceReader>> open_llmc(std::shared_ptr<const ByteFile> file,
                                                  const ReadHints& hints) {
  const Result<std::string> start = file->read_start(0, shard_head);
  if (!start) return tl::unexpected(start.error());
  const ShardType* const type = shard_type_of(*start);
  if (type == nullptr || start->size() < shard_head) {
    return tl::unexpected(file->fault(0, "not a shard of llm.c: its header is another"));
  }
  std::int32_t count = 0;
  std::memcpy(&count, start->data() + 2 * sizeof count, sizeof count);
  const std::uint64_t width = bytes_of(type->dtype);
  const std::uint64_t rest = file->size() - shard_head;
  if (count < 0 || static_cast<std::uint64_t>(count) * width != rest) {
    return tl::unexpected(
        file->fault(8, formatted("{} ids of {} do not make the {} bytes that follow", count,
                                 name(type->dtype), rest)));
  }
  const Result<StreamMetadata> metadata = stream_metadata(*file, hints, true);
  if (!metadata) return tl::unexpected(metadata.error());
  if (!metadata->cuts()) {
    return tl::unexpected(
        file->fault("a shard of llm.c; it is not known where its sequences begin; " +
                    stream_metadata_help(*file, true)));
  }
  if (metadata->dtype && *metadata->dtype != type->dtype) {
    return tl::unexpected(file->fault(4, formatted("its header says {}, and its metadata {}",
                                                   name(type->dtype), name(*metadata->dtype))));
  }
  const auto ids = static_cast<std::uint64_t>(count);
  return open_id_stream({std::move(file), shard_head, {width}, ids}, *metadata);
}

}  // namespace

const FormatEntry llmc_format{
    .name = "llmc",
    .extension = ".bin",
    .summary = "llm.c's shard, a header and a stream of ids; ragged data need a separator.",
    .content = "a shard of llm.c",
    .separator = true,
    .needs_separator = true,
    .counts_tokens = true,
    .dtypes = stream_dtypes,
    .side_files = llmc_side_files,
    .standalone = false,
    .takes_stream_hints = true,
    .recognizes = [](std::string_view start,
                     std::uint64_t) { return shard_type_of(start) != nullptr; },
    .make_encoder = &make_llmc,
    .open = &open_llmc,
};

}  // namespace synthgen
