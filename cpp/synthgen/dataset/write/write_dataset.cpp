#include "synthgen/dataset/write/write_dataset.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/dataset/dataset_encoder.hpp"
#include "synthgen/dataset/file_check.hpp"
#include "synthgen/dataset/journal_end.hpp"
#include "synthgen/dataset/write/dataset_run.hpp"
#include "synthgen/dataset/write/existing_dataset.hpp"
#include "synthgen/dataset/write/expected_space.hpp"
#include "synthgen/dataset/write/replacement.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/io/directory.hpp"
#include "synthgen/io/output/atomic_file.hpp"
#include "synthgen/io/output/output_target.hpp"

#include <algorithm>
#include <system_error>
#include <tuple>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// How a run starts.
struct Start {
  bool finished = false;    ///< whether nothing is left to do
  bool resumes = false;     ///< whether it continues after what the journal has
  bool overwrites = false;  ///< whether existing files may be removed
  std::vector<fs::path> in_the_way = {};
};

/// Decides how to start one shard from what is in the directory.
class Starter {
 public:
  Starter(const DatasetOptions& options, const Shard& shard, const DatasetEncoder& encoder,
          const Json& head)
      : options_(options), shard_(shard), encoder_(encoder), head_(head) {}

  Result<Start> decide(const RunJournal& journal) const {
    const fs::path directory = options_.output_dir;
    Result<std::vector<fs::path>> in_the_way = files_in_the_way(directory, shard_);
    if (!in_the_way) return tl::unexpected(std::move(in_the_way.error()));
    Start start{.in_the_way = std::move(*in_the_way)};
    start.overwrites = options_.overwrite;
    for (const fs::path& path : start.in_the_way) {
      if (Result<void> checked = check_is_regular(path); !checked) {
        return tl::unexpected(std::move(checked.error()));
      }
    }
    if (options_.resume) {
      const Result<std::vector<ExistingManifest>> existing =
          existing_manifests(directory, shard_, head_, encoder_.files());
      if (!existing) return tl::unexpected(existing.error());
      for (const ExistingManifest& manifest : *existing) {
        const Result<bool> is_whole = holds_all(manifest);
        if (!is_whole) return tl::unexpected(is_whole.error());
        start.finished = start.finished || *is_whole;
      }
      if (start.finished) return start;
      // The same dataset, but damaged: it may be written again, and what all its shards share
      // stays.
      if (!existing->empty()) {
        start.overwrites = true;
        std::erase(start.in_the_way, directory / manifest_name);
        if (shard_.count > 0) std::erase(start.in_the_way, directory / analysis_name);
      }
    }
    if (!journal.run().empty()) {
      const bool same_run = is_same_run(journal.run(), false);
      start.resumes = options_.resume && (same_run || is_same_run(journal.run(), true));
      if (start.resumes && !same_run) start.overwrites = true;
      if (!start.resumes && !options_.overwrite) return refuse_stopped(journal);
    }
    const bool may_replace = start.overwrites || (start.resumes && journal.was_complete());
    if (!may_replace && !start.in_the_way.empty()) {
      return refuse_existing(start.in_the_way.front(), journal);
    }
    return start;
  }

  /// The journal's line for this run: all that its bytes depend on, and whether it may overwrite.
  std::string run_line(bool overwrites) const {
    return to_text({{"head", head_},
                    {"shard", shard_.index},
                    {"num_shards", shard_.count},
                    {"chunk_sequences", encoder_.chunk_sequences()},
                    {"overwrites", overwrites}});
  }

 private:
  bool is_same_run(const std::string& run, bool overwrites) const {
    return run == run_line(overwrites);
  }

  /// Whether everything that this run would write exists, byte for byte.
  Result<bool> holds_all(const ExistingManifest& existing) const {
    const Manifest& manifest = existing.manifest;
    if (!existing.is_intact || (options_.analysis && !manifest.analysis)) return false;
    std::vector<SideRecord> records;
    for (const FileRecord& file : encoder_.files()) {
      const auto is_same = [&](const FileRecord& other) { return other.file == file.file; };
      const auto record = std::find_if(manifest.files.begin(), manifest.files.end(), is_same);
      records.push_back({record->file, record->bytes, record->checksum});
      records.insert(records.end(), record->side_files.begin(), record->side_files.end());
    }
    if (options_.analysis) records.push_back(*manifest.analysis);
    for (const SideRecord& record : records) {
      const Result<std::vector<FileFault>> faults = check_file(options_.output_dir, record);
      if (!faults) return tl::unexpected(faults.error());
      if (!faults->empty()) return false;
    }
    return true;
  }

  Result<Start> refuse_stopped(const RunJournal& journal) const {
    if (!options_.resume) {
      return fail(ErrorKind::usage,
                  formatted("{}: a run that writes {} was stopped here; give --resume to continue "
                            "it, or --force to start again",
                            options_.output_dir, text(shard_)));
    }
    return fail(ErrorKind::usage,
                formatted("{}: the run that was stopped here wrote {}; give --force to start "
                          "again, or another output directory",
                          options_.output_dir, difference(journal.run())));
  }

  /// How what a stopped run wrote differs from this run, in words.
  std::string difference(const std::string& run) const {
    const Json other = Json::parse(run, nullptr, false);
    std::vector<Problem> none;  // whatever is wrong, it is something else
    JsonObject fields(JsonField(other, "", none));
    JsonObject head(fields.required("head"));
    if (!head) return "something else";
    for (const auto& [key, value] : head_.items()) {
      const JsonField theirs = head.optional(key);
      if (key == "config_xxh128" || theirs.value() == value) continue;
      if (key == "config") return "another config";
      return formatted("another {}: {}", key, shown(theirs.value()));
    }
    return "other shards";
  }

  /// Fails if what is in the way is nothing that a file may replace.
  static Result<void> check_is_regular(const fs::path& path) {
    const Result<OutputTarget> target = output_target(path.string());
    if (!target) return tl::unexpected(target.error());
    if (target->kind == OutputTarget::Kind::directory) {
      return fail(ErrorKind::io, formatted("{}: is a directory, and a file is to have its name; "
                                           "give another output directory",
                                           path.string()));
    }
    return check_is_file(*target, "another output directory");
  }

  Result<Start> refuse_existing(const fs::path& path, const RunJournal& journal) const {
    if (options_.resume && journal.was_left() && journal.run().empty()) {
      return fail(ErrorKind::usage,
                  formatted("{}: the run that was stopped here had not written anything, and {} is "
                            "not part of this dataset; give --resume --force to replace it, or "
                            "another output directory",
                            options_.output_dir, path.filename().string()));
    }
    if (options_.resume) {
      return fail(
          ErrorKind::usage,
          formatted("{}: is not part of this dataset; give --force to replace it, or another "
                    "output directory",
                    path.string()));
    }
    return fail(ErrorKind::usage, formatted("{}: exists already; give --force to replace it, or "
                                            "another output directory",
                                            path.string()));
  }

  const DatasetOptions& options_;
  const Shard& shard_;
  const DatasetEncoder& encoder_;
  const Json& head_;
};

/// Removes a journal when it goes out of scope, if that is set. A failure leaves a journal of a run
/// that has not written anything, which holds nobody up.
struct JournalGuard {
  RunJournal& journal;
  bool removes;
  ~JournalGuard() {
    if (removes) std::ignore = journal.remove();
  }
};

Progress finished_progress(const DatasetEncoder& encoder) {
  Progress progress;
  for (const FileRecord& file : encoder.files()) progress.sequences_total += file.sequences;
  progress.sequences_done = progress.sequences_found = progress.sequences_total;
  return progress;
}

/// Removes what a stopped run left in any format; fails (io).
Result<void> remove_partials(const fs::path& directory, const Shard& shard) {
  std::vector<std::string> names{manifest_file(shard), analysis_file(shard)};
  for (const Split split : all_splits) {
    for (std::string& file : possible_file_names(shard_file(name(split), shard, ""))) {
      names.push_back(std::move(file));
    }
  }
  for (const std::string& file : names) {
    Result<void> removed = remove_file(AtomicFile::partial_of((directory / file).string()));
    if (!removed) return removed;
  }
  return {};
}

/// What a stopped run was to remove. A shard's own files are known by their names, and those of
/// other shards may have been written since.
std::vector<std::string> removals_left(const RunJournal& journal, const Shard& shard) {
  std::vector<std::string> names = journal.removals();
  std::erase_if(names, [&](const std::string& name) {
    return shard.count > 0 && name.find(of_shards(shard.count)) != name.npos;
  });
  return names;
}

}  // namespace

Result<DatasetOptions> read_dataset_options(const Json& object) {
  constexpr unsigned most_threads = 1024;
  DatasetOptions options;
  std::vector<Problem> problems;
  JsonObject members(JsonField(object, "", problems), "an object of a dataset's options");
  members.required("output_dir").string(options.output_dir);
  members.optional("threads").integer(options.threads, 1, most_threads);
  members.optional("overwrite").boolean(options.overwrite);
  members.optional("resume").boolean(options.resume);
  read_format_options(members, options.format);
  members.refuse_unknown();
  if (problems.empty()) problems = check(options.format);
  if (!problems.empty()) return fail(std::move(problems));
  return options;
}

Result<void> make_directory(const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!error && fs::is_directory(directory, error)) return {};
  return fail(ErrorKind::io, formatted("{}: cannot create the directory: {}", directory,
                                       error ? error.message() : "a file has that name"));
}

Result<Progress> write_dataset(const Generator& generator, const DatasetOptions& options,
                               const ProgressCallback& progress, const Shard& shard) {
  Replacement replacement;
  Result<Progress> done = prepare_dataset(generator, options, replacement, progress, shard);
  if (!done) return done;
  if (Result<void> published = replacement.publish(); !published) {
    return tl::unexpected(published.error());
  }
  return done;
}

Result<Progress> prepare_dataset(const Generator& generator, const DatasetOptions& options,
                                 Replacement& replacement, const ProgressCallback& progress,
                                 const Shard& shard) {
  Result<DatasetEncoder> encoder =
      DatasetEncoder::create(generator, options.format, shard, options.output_dir);
  if (!encoder) return tl::unexpected(std::move(encoder.error()));
  if (Result<void> ready = make_directory(options.output_dir); !ready) {
    return tl::unexpected(ready.error());
  }
  const fs::path directory = options.output_dir;
  const std::string journal_name = manifest_file(shard) + std::string(journal_ending);
  Result<RunJournal> journal = RunJournal::open((directory / journal_name).string(), text(shard));
  if (!journal) return tl::unexpected(std::move(journal.error()));

  const Json head = manifest_head(generator, options.format);
  const Starter starter(options, shard, *encoder, head);
  // A run that does not start leaves no journal of its own.
  JournalGuard guard{*journal, !journal->was_left()};
  const Result<Start> start = starter.decide(*journal);
  if (!start) return tl::unexpected(start.error());
  if (start->finished || !start->resumes) {
    if (Result<void> removed = remove_partials(directory, shard); !removed) {
      return tl::unexpected(removed.error());
    }
  }
  if (start->finished) {
    guard.removes = false;
    if (Result<void> removed = journal->remove(); !removed) {
      return tl::unexpected(removed.error());
    }
    return finished_progress(*encoder);
  }
  if (Result<void> space = check_expected_space(*encoder, options.output_dir); !space) {
    return tl::unexpected(space.error());
  }
  if (!start->resumes) {
    const Result<void> started = journal->start(starter.run_line(start->overwrites));
    if (!started) return tl::unexpected(started.error());
  }
  guard.removes = false;
  DatasetRun run(generator, options, shard, *encoder, *journal, progress);
  Result<Progress> written = run.write();
  if (!written) return written;
  if (start->overwrites) replacement.remove(start->in_the_way);
  replacement.remove_again(directory, removals_left(*journal, shard));
  replacement.add(std::move(*journal), run.take_files());
  return written;
}

}  // namespace synthgen
