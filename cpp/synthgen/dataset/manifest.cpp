#include "synthgen/dataset/manifest.hpp"

#include "synthgen/dataset/jsonl_writer.hpp"

#include <algorithm>

namespace synthgen {

const std::string_view program_version = SYNTHGEN_VERSION;

namespace {

Json custom_identity(const SequenceGenerator& custom) {
  Json identity = {{"name", custom.name()}};
  if (const std::string source = custom.source(); !source.empty()) {
    Checksum checksum;
    checksum.add(source);
    identity["source_xxh128"] = checksum.hex();
  }
  return identity;
}

}  // namespace

std::string manifest_text(const Generator& generator, bool with_latents,
                          const std::vector<FileRecord>& files) {
  const Config& config = generator.config();
  Json list = Json::array();
  for (const FileRecord& file : files) {
    list.push_back({{"file", file.file},
                    {"split", name(file.split)},
                    {"first_sequence", file.first_sequence},
                    {"sequences", file.sequences},
                    {"tokens", file.tokens},
                    {"bytes", file.bytes},
                    {"xxh128", file.checksum}});
  }
  Json manifest = {{"program", "synthgen"},
                   {"version", program_version},
                   {"stream_version", stream_version},
                   {"seed", config.seed},
                   {"config", canonical_config(config)},
                   {"format", "jsonl"},
                   {"latents", with_latents}};
  if (generator.custom() != nullptr) manifest["custom"] = custom_identity(*generator.custom());
  manifest["files"] = std::move(list);
  return to_text(manifest, 2) + '\n';
}

DatasetEncoder::DatasetEncoder(const Generator& generator, bool with_latents)
    : generator_(generator), with_latents_(with_latents) {
  constexpr std::int64_t chunk_tokens = 1 << 17;
  const Config& config = generator.config();
  chunk_sequences_ =
      static_cast<std::uint64_t>(std::max<std::int64_t>(1, chunk_tokens / config.seq_length));
  for (const Split split : all_splits) {
    if (config.count(split) == 0) continue;
    FileRecord file;
    file.file = std::string(name(split)) + ".jsonl";
    file.split = split;
    file.sequences = static_cast<std::uint64_t>(config.count(split));
    files_.push_back(std::move(file));
    checksums_.emplace_back();
    files_.back().checksum = checksums_.back().hex();
  }
}

std::uint64_t DatasetEncoder::chunk_count(std::size_t file) const noexcept {
  return (files_[file].sequences + chunk_sequences_ - 1) / chunk_sequences_;
}

Result<std::uint64_t> DatasetEncoder::encode(std::size_t file, std::uint64_t chunk,
                                             SequenceBatch& scratch, std::string& bytes) const {
  const FileRecord& record = files_[file];
  const std::uint64_t first = chunk * chunk_sequences_;
  const std::uint64_t count = std::min(chunk_sequences_, record.sequences - first);
  scratch.clear();
  bytes.clear();
  const Result<void> generated = generator_.generate(record.split, record.first_sequence + first,
                                                     count, scratch, with_latents_);
  if (!generated) return tl::unexpected(generated.error());
  append_jsonl(scratch, bytes);
  return scratch.tokens.size();
}

void DatasetEncoder::append(std::size_t file, std::string_view bytes, std::uint64_t tokens) {
  FileRecord& record = files_[file];
  record.tokens += tokens;
  record.bytes += bytes.size();
  checksums_[file].add(bytes);
  record.checksum = checksums_[file].hex();
}

}  // namespace synthgen
