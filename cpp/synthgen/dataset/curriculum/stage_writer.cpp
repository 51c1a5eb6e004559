#include "synthgen/dataset/curriculum/stage_writer.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/formats/format_options.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/io/descriptor_io.hpp"
#include "synthgen/io/output/directory_lock.hpp"
#include "synthgen/io/output/output_target.hpp"
#include "synthgen/io/output/publish.hpp"
#include "synthgen/io/stop_request.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

std::string stage_directory(const CurriculumOptions& options, const Stage& stage) {
  return (fs::path(options.output_dir) / stage.name).string();
}

std::string data_file_name(Split split) {
  return file_name(FormatOptions(), name(split));
}

/// The files of a dataset that a stage's directory may hold.
std::vector<fs::path> possible_files(const fs::path& directory) {
  std::vector<fs::path> paths{directory / manifest_name};
  for (const Split split : all_splits) {
    for (const std::string& file : possible_file_names(name(split))) {
      paths.push_back(directory / file);
    }
  }
  return paths;
}

/// Fails (cancelled) if a stop is requested.
Result<void> check_stop() {
  return stop_requested() ? fail(ErrorKind::cancelled, "stopped; no file was written")
                          : Result<void>();
}

}  // namespace

Json stage_json(const Stage& stage) {
  return {{"stage", stage.name},
          {"min_complexity", stage.range.minimum},
          {"max_complexity", stage.range.maximum},
          {"max_length", stage.max_length}};
}

Json complexity_json(const ComplexityOptions& options) {
  return {{"complexity", complexity_measure_names[static_cast<std::size_t>(options.measure)]},
          {"complexity_scale", complexity_scale_names[static_cast<std::size_t>(options.scale)]},
          {"vocab_size", options.vocab_size ? Json(*options.vocab_size) : Json()}};
}

Result<void> stage_directories_free(const std::string& source, const CurriculumOptions& options,
                                    const std::vector<Stage>& stages) {
  std::vector<fs::path> read = files_read_with(source);
  read.push_back(fs::path(source).parent_path() / manifest_name);
  read.insert(read.end(), options.also_read.begin(), options.also_read.end());
  for (const Stage& stage : stages) {
    if (Result<void> going = check_stop(); !going) return going;
    for (const fs::path& path : possible_files(stage_directory(options, stage))) {
      const Result<OutputTarget> target = output_target(path.string());
      if (!target) return tl::unexpected(target.error());
      if (!target->exists()) continue;
      Result<void> free = check_is_not_read(path, read, "--output-dir");
      if (free) free = check_replaceable(*target, options.overwrite, "another output directory");
      if (!free) return free;
    }
  }
  return {};
}

CreatedDirectories::~CreatedDirectories() {
  std::error_code not_empty;
  for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) fs::remove(*path, not_empty);
}

Result<void> CreatedDirectories::create(const std::string& path) {
  std::vector<std::string> missing;
  std::error_code error;
  for (fs::path at = path; !at.empty() && !fs::exists(at, error); at = at.parent_path()) {
    missing.push_back(at.string());
  }
  for (auto each = missing.rbegin(); each != missing.rend(); ++each) {
    if (fs::create_directory(*each, error)) paths_.push_back(*each);
    if (error) break;
  }
  if (!error && fs::is_directory(path, error)) return {};
  return fail(ErrorKind::io, formatted("{}: cannot create the directory: {}", path,
                                       error ? error.message() : "a file has that name"));
}

Result<StageWriters> StageWriters::create(const CurriculumOptions& options,
                                          const std::vector<Stage>& stages, Split split) {
  StageWriters writers{CreatedDirectories()};
  // A stage's file of sequences and its manifest are open until they get their names.
  constexpr std::uint64_t other_files = 64;
  allow_open_files(2 * std::uint64_t{stages.size()} + other_files);
  for (const Stage& stage : stages) {
    if (Result<void> going = check_stop(); !going) return tl::unexpected(std::move(going.error()));
    StageSummary summary{.stage = stage, .directory = stage_directory(options, stage), .file = {}};
    if (Result<void> created = writers.directories_.create(summary.directory); !created) {
      return tl::unexpected(std::move(created.error()));
    }
    summary.file.file = data_file_name(split);
    summary.file.split = split;
    Result<AtomicFile> file =
        AtomicFile::create((fs::path(summary.directory) / summary.file.file).string());
    if (!file) return tl::unexpected(std::move(file.error()));
    writers.outputs_.push_back({.file = std::move(*file)});
    writers.summaries_.push_back(std::move(summary));
  }
  return writers;
}

Result<void> StageWriters::add(std::size_t stage, const SequenceBatch& batch, std::size_t i,
                               double complexity) {
  if (Result<void> going = check_stop(); !going) return going;
  constexpr std::size_t enough_tokens = std::size_t{1} << 17;
  StageSummary& summary = summaries_[stage];
  Output& output = outputs_[stage];
  append_cut(batch, i, summary.stage.max_length, output.waiting);
  summary.cut += batch[i].size() > summary.stage.max_length ? 1 : 0;
  if (summary.file.sequences == 0) summary.least_complexity = complexity;
  summary.least_complexity = std::min(summary.least_complexity, complexity);
  summary.most_complexity = std::max(summary.most_complexity, complexity);
  ++summary.file.sequences;
  return output.waiting.tokens.size() < enough_tokens ? Result<void>() : flush(stage);
}

Result<void> StageWriters::flush(std::size_t stage) {
  Output& output = outputs_[stage];
  FileRecord& record = summaries_[stage].file;
  std::string bytes;
  append_jsonl(output.waiting, bytes);
  output.with_labels = output.with_labels || !output.waiting.labels.empty();
  output.with_latents = output.with_latents || !output.waiting.latents.empty();
  output.checksum.add(bytes);
  record.tokens += output.waiting.tokens.size();
  record.bytes += bytes.size();
  record.checksum = output.checksum.hex();
  output.waiting.clear();
  return output.file.write(bytes);
}

std::string StageWriters::manifest(std::size_t stage, const ComplexityOptions& complexity,
                                   const SourceRecord& source) const {
  const StageSummary& summary = summaries_[stage];
  Json curriculum = stage_json(summary.stage);
  curriculum.update(complexity_json(complexity));
  curriculum["source"] = {{"file", source.file},
                          {"sequences", source.sequences},
                          {"bytes", source.digest.bytes},
                          {"xxh128", source.digest.checksum}};
  Json head = {
      {"program", "synthgen"}, {"version", program_version}, {"curriculum", std::move(curriculum)}};
  head.update(to_json(FormatOptions{.with_latents = outputs_[stage].with_latents,
                                    .with_labels = outputs_[stage].with_labels}));
  if (outputs_[stage].with_labels) head["label_alignment"] = same_position;
  return manifest_text({.head = std::move(head), .files = {summary.file}});
}

Result<void> StageWriters::publish(const std::string& output_dir,
                                   const ComplexityOptions& complexity, const SourceRecord& source,
                                   const std::function<bool()>& stopped) {
  std::vector<AtomicFile> manifests;
  for (std::size_t stage = 0; stage < outputs_.size(); ++stage) {
    if (Result<void> going = check_stop(); !going) return going;
    if (Result<void> flushed = flush(stage); !flushed) return flushed;
    if (Result<void> synced = outputs_[stage].file.sync(); !synced) return synced;
    const fs::path directory = summaries_[stage].directory;
    Result<AtomicFile> file = AtomicFile::create((directory / manifest_name).string());
    if (!file) return tl::unexpected(std::move(file.error()));
    Result<void> written = file->write(manifest(stage, complexity, source));
    if (written) written = file->sync();
    if (!written) return written;
    manifests.push_back(std::move(*file));
  }
  // Manifests are removed first and written last, so that none ever describes other files; and all
  // stages go before the first new one comes, so that no two curricula are mixed.
  const Result<DirectoryLock> lock = DirectoryLock::take(output_dir, stopped);
  if (!lock) return tl::unexpected(lock.error());
  std::vector<std::string> removed;
  for (const bool manifests_turn : {true, false}) {
    for (const StageSummary& summary : summaries_) {
      if (Result<void> going = check_stop(); !going) return going;
      for (const fs::path& path : possible_files(summary.directory)) {
        std::error_code ignored;
        const bool is_manifest = path.filename() == manifest_name;
        if (is_manifest == manifests_turn && fs::exists(path, ignored)) {
          removed.push_back(path.string());
        }
      }
    }
  }
  std::vector<AtomicFile*> in_order;
  for (Output& output : outputs_) in_order.push_back(&output.file);
  for (AtomicFile& manifest : manifests) in_order.push_back(&manifest);
  return synthgen::publish(removed, in_order);
}

}  // namespace synthgen
