#include "synthgen/dataset/check/merge_shards.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/directory_manifests.hpp"
#include "synthgen/io/checksum.hpp"
#include "synthgen/io/output/atomic_file.hpp"
#include "synthgen/io/output/publish.hpp"
#include "synthgen/io/whole_file.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// A shard's manifest.
struct FoundShard {
  fs::path path;
  Manifest manifest;
};

class ShardSurveyor {
 public:
  ShardSurveyor(const std::string& directory, std::uint32_t num_shards) : directory_(directory) {
    survey_.num_shards = num_shards;
  }

  Result<ShardSurvey> survey() {
    Result<void> done = find_whole();
    if (done) done = find_shards();
    if (done) done = check_number();
    if (done) done = take_shards();
    if (!done) return tl::unexpected(std::move(done.error()));
    return std::move(survey_);
  }

 private:
  /// Finds the manifest of the whole dataset from an earlier merge.
  Result<void> find_whole() {
    const fs::path path = fs::path(directory_) / manifest_name;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return {};
    const Result<std::string> text = read_manifest(path.string());
    if (!text) return tl::unexpected(text.error());
    if (const std::string_view damage = manifest_damage(*text); !damage.empty()) {
      return fail(ErrorKind::data, formatted("{}: {}", path.string(), damage));
    }
    Result<Manifest> manifest = parse_manifest(*text, path.string());
    if (!manifest) return tl::unexpected(std::move(manifest.error()));
    if (manifest->num_shards == 0) {
      return fail(ErrorKind::usage,
                  formatted("{}: is a dataset that is not in shards", path.string()));
    }
    survey_.was_merged = true;
    whole_ = std::move(*manifest);
    return {};
  }

  Result<void> find_shards() {
    const Result<std::vector<fs::path>> manifests = shard_manifests(directory_);
    if (!manifests) return tl::unexpected(manifests.error());
    for (const fs::path& path : *manifests) {
      const std::string name = path.filename().string();
      const Result<std::string> text = read_manifest(path.string());
      std::error_code ignored;
      // Another merge is removing what the whole has.
      if (!text && whole_ && !fs::exists(path, ignored)) continue;
      if (!text) return tl::unexpected(text.error());
      if (const std::string_view damage = manifest_damage(*text); !damage.empty()) {
        note(name, std::string(damage));
        continue;
      }
      Result<Manifest> manifest = parse_manifest(*text, path.string());
      if (!manifest) return tl::unexpected(std::move(manifest.error()));
      if (manifest_file(manifest->shard) != name) {
        return fail(ErrorKind::usage,
                    formatted("{}: is the manifest of {}, which has another one too", path.string(),
                              synthgen::text(manifest->shard)));
      }
      found_.push_back({path, std::move(*manifest)});
    }
    return {};
  }

  /// Checks that all are of one dataset and one number of shards.
  Result<void> check_number() {
    std::optional<fs::path> first;
    const Manifest* reference = nullptr;
    if (whole_) {
      first = fs::path(directory_) / manifest_name;
      reference = &*whole_;
      if (Result<void> agreed = agree(*first, whole_->num_shards); !agreed) return agreed;
    }
    for (const FoundShard& shard : found_) {
      if (Result<void> agreed = agree(shard.path, shard.manifest.shard.count); !agreed) {
        return agreed;
      }
      if (reference == nullptr) {
        first = shard.path;
        reference = &shard.manifest;
      } else if (const auto differ = differences(reference->head, shard.manifest.head);
                 !differ.empty()) {
        return fail(ErrorKind::usage,
                    formatted("{} and {} are of different datasets: {}", first->string(),
                              shard.path.string(), joined(differ, "; ")));
      }
    }
    if (survey_.num_shards == 0) {
      return fail(ErrorKind::usage,
                  formatted("{}: there is no shard in this directory; give the number of shards "
                            "with --num-shards",
                            directory_));
    }
    return {};
  }

  Result<void> agree(const fs::path& path, std::uint32_t count) {
    if (survey_.num_shards == 0) survey_.num_shards = count;
    if (survey_.num_shards == count) return {};
    return fail(ErrorKind::usage, formatted("{}: is one of {} shards, not of {}", path.string(),
                                            count, survey_.num_shards));
  }

  Result<void> take_shards() {
    std::map<std::uint32_t, const FoundShard*> by_index;
    for (const FoundShard& shard : found_) by_index[shard.manifest.shard.index] = &shard;
    for (std::uint32_t index = 0; index < survey_.num_shards; ++index) {
      const auto found = by_index.find(index);
      std::optional<Manifest> manifest;
      if (found != by_index.end()) {
        manifest = found->second->manifest;
      } else if (whole_) {
        manifest = part_of_whole({index, survey_.num_shards});
      }
      std::vector<FileFault> faults_before = survey_.faults;
      Result<bool> right = manifest ? is_right(*manifest) : false;
      if (right && !*right && found != by_index.end() && whole_) {
        // A merge that was killed while it removed what it had merged: the whole has the shard.
        Manifest part = part_of_whole({index, survey_.num_shards});
        std::vector<FileFault> faults_of_shard =
            std::exchange(survey_.faults, std::move(faults_before));
        right = is_right(part);
        if (right && *right) {
          manifest = std::move(part);
        } else {
          survey_.faults = std::move(faults_of_shard);
        }
      }
      if (!right) return tl::unexpected(right.error());
      if (*right) {
        take(*manifest);
      } else {
        survey_.missing.push_back(index);
      }
    }
    if (survey_.is_complete()) join();
    return check_analyses();
  }

  /// The manifest of a shard that an earlier merge took in.
  Manifest part_of_whole(const Shard& shard) const {
    Manifest part{.head = whole_->head, .shard = shard};
    for (const FileRecord& file : whole_->files) {
      if (is_of(file, shard)) part.files.push_back(file);
    }
    return part;
  }

  static bool is_of(const FileRecord& file, const Shard& shard) {
    const std::string stem = shard_file(name(file.split), shard, "");
    return file.file.starts_with(stem);
  }

  /// Whether a shard has its sequences in intact files.
  Result<bool> is_right(const Manifest& manifest) {
    bool right = true;
    const std::string manifest_name_of_shard = manifest_file(manifest.shard);
    const Result<Config> config = config_of(manifest);
    if (!config) return tl::unexpected(config.error());
    for (const Split split : all_splits) {
      const auto all = static_cast<std::uint64_t>(config->count(split));
      const SequenceRange range = range_of(manifest.shard, all);
      const auto of_split = [&](const FileRecord& file) { return file.split == split; };
      const auto record = std::find_if(manifest.files.begin(), manifest.files.end(), of_split);
      const bool has_none = record == manifest.files.end();
      if (has_none ? range.size == 0
                   : record->first_sequence == range.first && record->sequences == range.size) {
        continue;
      }
      note(manifest_name_of_shard, formatted("should have {} sequences of {} from {} on",
                                             range.size, name(split), range.first));
      right = false;
    }
    std::vector<FileFault> faults;
    for (const FileRecord& file : manifest.files) {
      Result<std::vector<FileFault>> more = check_files(directory_, file);
      if (!more) return tl::unexpected(std::move(more.error()));
      faults.insert(faults.end(), more->begin(), more->end());
    }
    if (manifest.analysis) {
      Result<std::vector<FileFault>> more = check_file(directory_, *manifest.analysis);
      if (!more) return tl::unexpected(std::move(more.error()));
      faults.insert(faults.end(), more->begin(), more->end());
    }
    right = right && faults.empty();
    for (FileFault& fault : faults) survey_.faults.push_back(std::move(fault));
    return right;
  }

  void take(const Manifest& manifest) {
    if (survey_.joined.head.is_null()) survey_.joined.head = manifest.head;
    for (const FileRecord& file : manifest.files) survey_.joined.files.push_back(file);
    if (manifest.analysis) survey_.analyses.push_back(*manifest.analysis);
  }

  /// Sorts the files by their sequences; a side file that several shards share is listed once.
  void join() {
    Manifest& joined = survey_.joined;
    joined.num_shards = survey_.num_shards;
    const auto place = [](const FileRecord& file) {
      return std::pair(file.split, file.first_sequence);
    };
    std::stable_sort(joined.files.begin(), joined.files.end(),
                     [&](const FileRecord& a, const FileRecord& b) { return place(a) < place(b); });
    std::vector<std::string> seen;
    for (FileRecord& file : joined.files) {
      std::erase_if(file.side_files, [&](const SideRecord& side) {
        if (std::find(seen.begin(), seen.end(), side.file) != seen.end()) return true;
        seen.push_back(side.file);
        return false;
      });
    }
    const bool has_all = survey_.analyses.size() == survey_.num_shards;
    if (whole_ && !has_all) joined.analysis = whole_->analysis;
  }

  /// Fails if some shards have a partial analysis and some do not.
  Result<void> check_analyses() const {
    const bool mixed = !survey_.analyses.empty() && survey_.analyses.size() < survey_.num_shards;
    if (!survey_.is_complete() || !mixed || (whole_ && whole_->analysis)) return {};
    return fail(
        ErrorKind::usage,
        formatted("{}: {} of {} shards were written with --analyze; write the others with it "
                  "too",
                  directory_, survey_.analyses.size(), survey_.num_shards));
  }

  void note(const std::string& file, const std::string& message) {
    survey_.faults.push_back({file, message});
  }

  const std::string& directory_;
  ShardSurvey survey_;
  std::optional<Manifest> whole_;
  std::vector<FoundShard> found_;
};

/// Whether the manifest of the whole exists.
bool is_merged(const std::string& directory) {
  std::error_code ignored;
  return fs::exists(fs::path(directory) / manifest_name, ignored);
}

Result<void> write_whole(const fs::path& path, std::string_view text) {
  Result<AtomicFile> file = AtomicFile::create(path.string());
  if (!file) return tl::unexpected(std::move(file.error()));
  Result<void> written = file->write(text);
  return written ? file->commit() : written;
}

/// The report of the merged partial analyses.
Result<std::string> joined_report(const std::string& directory,
                                  const std::vector<SideRecord>& analyses,
                                  const std::function<bool()>& stopped) {
  std::optional<Analyzer> all;
  for (const SideRecord& record : analyses) {
    if (stopped && stopped()) return fail(ErrorKind::cancelled, "stopped; nothing was merged");
    const std::string path = directory + '/' + record.file;
    const Result<std::string> bytes = read_file(path);
    if (!bytes) return tl::unexpected(bytes.error());
    Result<Analyzer> part = Analyzer::load(*bytes, path);
    if (!part) return tl::unexpected(std::move(part.error()));
    if (!all) {
      all.emplace(std::move(*part));
    } else if (Result<void> merged = all->merge(*part); !merged) {
      return tl::unexpected(std::move(merged.error()));
    }
  }
  const Result<Json> report = all->report();
  if (!report) return tl::unexpected(report.error());
  return to_text(*report, 2) + '\n';
}

}  // namespace

Result<ShardSurvey> survey_shards(const std::string& directory, std::uint32_t num_shards) {
  for (;;) {
    const bool was_merged = is_merged(directory);
    Result<ShardSurvey> found = ShardSurveyor(directory, num_shards).survey();
    // Another merge that ends meanwhile removes what this survey reads: it then starts again, from
    // the whole.
    if (was_merged || !is_merged(directory)) return found;
  }
}

std::string missing_text(const ShardSurvey& survey) {
  std::vector<std::string> numbers;
  for (const std::uint32_t index : survey.missing) numbers.push_back(std::to_string(index));
  return joined(numbers, ",");
}

Result<Manifest> merge_shards(const std::string& directory, const ShardSurvey& survey,
                              const std::function<bool()>& stopped) {
  Manifest manifest = survey.joined;
  if (survey.analyses.size() == survey.num_shards) {
    const Result<std::string> report = joined_report(directory, survey.analyses, stopped);
    if (!report && !survey.was_merged && is_merged(directory)) {
      const Result<ShardSurvey> again = survey_shards(directory, survey.num_shards);
      if (again && again->is_complete()) return merge_shards(directory, *again, stopped);
    }
    if (!report) return tl::unexpected(report.error());
    manifest.analysis = {std::string(analysis_name), report->size(), checksum_of(*report)};
    Result<void> written = write_whole(fs::path(directory) / analysis_name, *report);
    if (!written) return tl::unexpected(written.error());
  }
  Result<void> written = write_whole(fs::path(directory) / manifest_name, manifest_text(manifest));
  if (!written) return tl::unexpected(written.error());
  // What the whole has taken in; an earlier merge may have been killed in the middle of this.
  std::vector<std::string> parts;
  for (std::uint32_t index = 0; index < survey.num_shards; ++index) {
    const Shard shard{index, survey.num_shards};
    for (const std::string& name : {analysis_file(shard), manifest_file(shard)}) {
      parts.push_back((fs::path(directory) / name).string());
    }
  }
  if (Result<void> removed = publish(parts, {}); !removed) {
    return tl::unexpected(std::move(removed.error()));
  }
  return manifest;
}

}  // namespace synthgen
