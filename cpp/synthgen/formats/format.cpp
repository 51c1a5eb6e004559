#include "synthgen/formats/format.hpp"

#include "synthgen/io/compression.hpp"

#include <algorithm>
#include <array>

namespace synthgen {

// Each is defined in the file of its name.
extern const FormatEntry jsonl_format;
extern const FormatEntry npy_format;
extern const FormatEntry pt_format;
extern const FormatEntry safetensors_format;
extern const FormatEntry bin_format;
extern const FormatEntry llmc_format;
extern const FormatEntry megatron_format;
extern const FormatEntry csv_format;

namespace {

constexpr std::array all_formats{&jsonl_format, &npy_format,  &pt_format,       &safetensors_format,
                                 &bin_format,   &llmc_format, &megatron_format, &csv_format};

/// Compresses another encoder's head and each of its chunks by itself, as members of one file, so
/// that threads need not wait for one another.
class CompressedEncoder final : public FileEncoder {
 public:
  CompressedEncoder(std::unique_ptr<const FileEncoder> encoder, const Compression& compression)
      : encoder_(std::move(encoder)), compression_(compression) {}

  std::string head() const override {
    std::string bytes;
    if (const std::string head = encoder_->head(); !head.empty()) {
      static_cast<void>(append_compressed(compression_, head, bytes));
    }
    return bytes;
  }

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    Result<void> encoded = encoder_->encode(batch, chunk);
    if (!encoded) return encoded;
    std::string bytes;
    encoded = append_compressed(compression_, chunk.bytes, bytes);
    chunk.bytes = std::move(bytes);
    return encoded;
  }

  std::vector<SideFile> side_files(const FileTotals& totals) const override {
    return encoder_->side_files(totals);
  }

 private:
  std::unique_ptr<const FileEncoder> encoder_;
  const Compression& compression_;
};

}  // namespace

bool FormatEntry::has_extension(std::string_view of_file) const noexcept {
  return of_file == extension || std::find(other_extensions.begin(), other_extensions.end(),
                                           of_file) != other_extensions.end();
}

std::span<const FormatEntry* const> formats() {
  return all_formats;
}

const FormatEntry* find_format(std::string_view name) {
  const auto found = std::find_if(all_formats.begin(), all_formats.end(),
                                  [&](const FormatEntry* entry) { return entry->name == name; });
  return found == all_formats.end() ? nullptr : *found;
}

std::string formats_with_latents() {
  return format_names([](const FormatEntry& entry) { return entry.latents; });
}

Json format_table() {
  Json table = Json::array();
  for (const FormatEntry* entry : all_formats) {
    Json extensions = {entry->extension};
    for (const std::string_view other : entry->other_extensions) extensions.push_back(other);
    Json dtypes = Json::array();
    for (const Dtype dtype : entry->dtypes) dtypes.push_back(name(dtype));
    table.push_back({{"name", entry->name},
                     {"extension", entry->extension},
                     {"extensions", std::move(extensions)},
                     {"summary", entry->summary},
                     {"latents", entry->latents},
                     {"predictive", entry->predictive},
                     {"text", entry->is_text()},
                     {"separator", entry->separator},
                     {"dtypes", std::move(dtypes)},
                     {"in_memory", entry->standalone}});
  }
  return table;
}

std::vector<std::string> format_notes(const FormatOptions& options, const FilePlan& plan) {
  if (!check(options).empty()) return {};
  const FormatEntry& entry = *find_format(options.format);
  std::string note = entry.note == nullptr ? "" : entry.note(options, plan);
  if (note.empty()) return {};
  return {std::move(note)};
}

Result<std::unique_ptr<const FileEncoder>> make_encoder(const FormatOptions& options,
                                                        const FilePlan& plan) {
  std::vector<Problem> problems = check(options);
  if (!problems.empty()) return fail(std::move(problems));
  Result<std::unique_ptr<const FileEncoder>> encoder =
      find_format(options.format)->make_encoder(options, plan);
  if (!encoder || options.compress.empty()) return encoder;
  return std::make_unique<const CompressedEncoder>(std::move(*encoder),
                                                   *find_compression(options.compress));
}

}  // namespace synthgen
