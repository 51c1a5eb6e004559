#include "synthgen/dataset/check/verify_dataset.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/check/regenerated_file.hpp"
#include "synthgen/dataset/directory_manifests.hpp"
#include "synthgen/dataset/file_check.hpp"
#include "synthgen/formats/sequence_reader.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// Checks the files of one manifest.
class ManifestVerifier {
 public:
  ManifestVerifier(const std::string& directory, const VerifyOptions& options,
                   const VerifyProgress& progress, VerifyReport& report)
      : directory_(directory), options_(options), progress_(progress), report_(report) {}

  Result<void> verify(const fs::path& path) {
    const std::string name = path.filename().string();
    const Result<std::string> text = read_manifest(path.string());
    if (!text) return tl::unexpected(text.error());
    if (const std::string_view damage = manifest_damage(*text); !damage.empty()) {
      report_.faults.push_back({name, std::string(damage) + "; its files were not checked"});
      return {};
    }
    Result<std::optional<Manifest>> manifest = parse_metadata(*text, path.string());
    if (!manifest) return tl::unexpected(std::move(manifest.error()));
    if (!*manifest) {
      return fail(ErrorKind::usage,
                  formatted("{}: is not the manifest of a dataset", path.string()));
    }
    manifest_ = std::move(**manifest);
    bytes_done_ = 0;
    bytes_total_ = 0;
    for (const FileRecord& file : manifest_.files) bytes_total_ += file.bytes;

    const std::string_view unknown = reason_not_to_regenerate();
    if (!unknown.empty()) {
      report_.not_checked.push_back(
          formatted("{}: {}, so no sequence was regenerated", name, unknown));
    } else {
      Result<Generator> generator = generator_of(manifest_);
      if (!generator) return tl::unexpected(std::move(generator.error()));
      generator_.emplace(std::move(*generator));
    }
    for (const FileRecord& file : manifest_.files) {
      if (Result<void> verified = verify(file); !verified) return verified;
    }
    if (manifest_.analysis) return verify_side(*manifest_.analysis);
    return {};
  }

 private:
  /// Empty if the sequences can be regenerated from the config.
  std::string_view reason_not_to_regenerate() const {
    if (manifest_.head.contains("custom")) return "this dataset was written by a custom generator";
    if (!manifest_.head.contains("config")) return "this dataset was not generated from a config";
    return {};
  }

  Result<void> verify(const FileRecord& file) {
    const Result<std::vector<FileFault>> faults =
        check_file(directory_, {file.file, file.bytes, file.checksum});
    if (!faults) return tl::unexpected(faults.error());
    VerifiedFile verified{file.file, file.sequences, file.tokens, file.bytes};
    Result<void> done;
    if (!faults->empty()) {
      done = add(file, faults->front());
    } else {
      done = count(file, verified);
      if (done && generator_) done = regenerate(file, verified);
    }
    report_.files.push_back(std::move(verified));
    for (const SideRecord& side : file.side_files) {
      if (done) done = verify_side(side);
    }
    return done;
  }

  Result<void> verify_side(const SideRecord& side) {
    const Result<std::vector<FileFault>> faults = check_file(directory_, side);
    if (!faults) return tl::unexpected(faults.error());
    for (const FileFault& fault : *faults) report_.faults.push_back({fault.file, fault.message});
    return {};
  }

  /// Adds a fault, with the first byte that differs if the file can be regenerated.
  Result<void> add(const FileRecord& file, const FileFault& found) {
    VerifyFault fault{found.file, found.message};
    if (generator_ && !found.missing) {
      const Result<Comparison> comparison =
          compare(file, std::numeric_limits<std::uint64_t>::max());
      if (!comparison) return tl::unexpected(comparison.error());
      if (comparison->difference) {
        fault.byte = comparison->difference->byte;
        fault.line = comparison->difference->line;
        fault.sequence = comparison->difference->sequence;
      }
    }
    report_.faults.push_back(std::move(fault));
    return {};
  }

  /// Reads the whole file and counts.
  Result<void> count(const FileRecord& file, VerifiedFile& verified) {
    constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
    const Result<std::unique_ptr<SequenceReader>> reader =
        open_sequences(directory_ + '/' + file.file);
    if (!reader) return tl::unexpected(reader.error());
    SequenceBatch batch;
    std::uint64_t sequences = 0;
    std::uint64_t tokens = 0;
    for (bool more = true; more;) {
      batch.clear();
      const Result<bool> read = (*reader)->read(batch, batch_tokens);
      if (!read) return tl::unexpected(read.error());
      more = *read;
      if (generator_ && !sample(file, sequences, batch, verified)) return {};
      sequences += batch.size();
      tokens += batch.tokens.size();
      if (progress_ && !progress_(bytes_done_ + (*reader)->bytes_read(), bytes_total_)) {
        return fail(ErrorKind::cancelled, "stopped");
      }
    }
    bytes_done_ += file.bytes;
    if (sequences == file.sequences && tokens == file.tokens) return {};
    report_.faults.push_back(
        {file.file,
         formatted("holds {} of {}; the manifest says {} of {}", counted(sequences, "sequence"),
                   counted(tokens, "token"), file.sequences, file.tokens)});
    return {};
  }

  /// Compares a sample of a batch's sequences with regenerated ones; false if one differs.
  bool sample(const FileRecord& file, std::uint64_t first, const SequenceBatch& batch,
              VerifiedFile& verified) {
    constexpr std::uint64_t samples = 64;
    const std::uint64_t step = std::max<std::uint64_t>(1, file.sequences / samples);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const std::uint64_t place = first + i;
      if (place % step != 0 && place + 1 != file.sequences) continue;
      expected_.clear();
      const std::uint64_t sequence = file.first_sequence + place;
      if (!generator_->generate(file.split, sequence, 1, expected_)) return false;
      ++verified.regenerated;
      const auto found = batch.content(i);
      const auto expected = expected_.content(0);
      if (std::equal(found.begin(), found.end(), expected.begin(), expected.end())) continue;
      report_.faults.push_back({.file = file.file,
                                .message = "is not the sequence that the config generates",
                                .sequence = sequence});
      return false;
    }
    return true;
  }

  Result<void> regenerate(const FileRecord& file, VerifiedFile& verified) {
    const std::uint64_t chunks = options_.full ? std::numeric_limits<std::uint64_t>::max() : 1;
    const Result<Comparison> comparison = compare(file, chunks);
    if (!comparison) return tl::unexpected(comparison.error());
    verified.regenerated = std::max(verified.regenerated, comparison->sequences);
    if (!comparison->difference) return {};
    const Difference& place = *comparison->difference;
    report_.faults.push_back(
        {file.file, "is not what the config generates", place.byte, place.line, place.sequence});
    return {};
  }

  Result<Comparison> compare(const FileRecord& file, std::uint64_t most_chunks) {
    Result<DatasetEncoder> encoder =
        DatasetEncoder::create(*generator_, format_of(manifest_), shard_of(file));
    if (!encoder) return tl::unexpected(std::move(encoder.error()));
    const std::vector<FileRecord>& files = encoder->files();
    const auto same = [&](const FileRecord& other) { return other.file == file.file; };
    const auto index = std::find_if(files.begin(), files.end(), same) - files.begin();
    if (index == std::ssize(files)) {
      return fail(ErrorKind::data, formatted("{}: is not a file of this dataset", file.file));
    }
    return compare_file(directory_ + '/' + file.file, *encoder, static_cast<std::size_t>(index),
                        most_chunks, options_.threads, [&](std::uint64_t) {
                          return !progress_ || progress_(bytes_done_, bytes_total_);
                        });
  }

  /// The shard with the file, from its first sequence.
  Shard shard_of(const FileRecord& file) const {
    if (manifest_.shard.count > 0 || manifest_.num_shards == 0) return manifest_.shard;
    const auto sequences = static_cast<std::uint64_t>(generator_->config().count(file.split));
    Shard shard{0, manifest_.num_shards};
    while (shard.index + 1 < shard.count) {
      const SequenceRange range = range_of(shard, sequences);
      if (range.size > 0 && range.first >= file.first_sequence) break;
      ++shard.index;
    }
    return shard;
  }

  const std::string& directory_;
  const VerifyOptions& options_;
  const VerifyProgress& progress_;
  VerifyReport& report_;
  Manifest manifest_;
  std::optional<Generator> generator_;
  SequenceBatch expected_;
  std::uint64_t bytes_done_ = 0;
  std::uint64_t bytes_total_ = 0;
};

}  // namespace

std::string VerifyFault::text() const {
  std::string place;
  const auto add = [&](std::string_view word, std::optional<std::uint64_t> number) {
    if (number) place += formatted("{}{} {}", place.empty() ? "" : ", ", word, *number);
  };
  add("byte", byte);
  add("line", line);
  add("sequence", sequence);
  return place.empty() ? formatted("{}: {}", file, message)
                       : formatted("{}: {}: {}", file, place, message);
}

Json to_json(const VerifyReport& report) {
  Json files = Json::array();
  for (const VerifiedFile& file : report.files) {
    files.push_back({{"file", file.file},
                     {"sequences", file.sequences},
                     {"tokens", file.tokens},
                     {"bytes", file.bytes},
                     {"regenerated", file.regenerated}});
  }
  Json faults = Json::array();
  for (const VerifyFault& fault : report.faults) {
    Json entry = {{"file", fault.file}, {"message", fault.message}};
    if (fault.byte) entry["byte"] = *fault.byte;
    if (fault.line) entry["line"] = *fault.line;
    if (fault.sequence) entry["sequence"] = *fault.sequence;
    faults.push_back(std::move(entry));
  }
  return {{"passed", report.passed()},
          {"files", std::move(files)},
          {"num_faults", report.faults.size()},
          {"faults", std::move(faults)},
          {"not_checked", report.not_checked}};
}

Result<VerifyReport> verify_dataset(const std::string& directory, const VerifyOptions& options,
                                    const VerifyProgress& progress) {
  std::error_code ignored;
  std::vector<fs::path> manifests{fs::path(directory) / manifest_name};
  if (!fs::exists(manifests.front(), ignored)) {
    Result<std::vector<fs::path>> of_shards = shard_manifests(directory);
    if (!of_shards) return tl::unexpected(std::move(of_shards.error()));
    manifests = std::move(*of_shards);
  }
  if (manifests.empty()) {
    return fail(ErrorKind::io, formatted("{}: has no {}", directory, manifest_name));
  }
  VerifyReport report;
  for (const fs::path& path : manifests) {
    ManifestVerifier verifier(directory, options, progress, report);
    if (Result<void> verified = verifier.verify(path); !verified) {
      return tl::unexpected(std::move(verified.error()));
    }
  }
  return report;
}

}  // namespace synthgen
