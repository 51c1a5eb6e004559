#include "synthgen/dataset/write/write_shards.hpp"

#include "synthgen/config/config.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/write/existing_dataset.hpp"
#include "synthgen/dataset/write/expected_space.hpp"
#include "synthgen/dataset/write/replacement.hpp"
#include "synthgen/io/descriptor_io.hpp"

namespace synthgen {
namespace {

/// `sum` and what one of its parts has done.
Progress joined_progress(const Progress& sum, const Progress& part) {
  Progress both = sum;
  both.sequences_done += part.sequences_done;
  both.sequences_found += part.sequences_found;
  both.tokens_done += part.tokens_done;
  both.bytes_done += part.bytes_done;
  return both;
}

/// Fails (usage) if the directory has shards of another number of shards, which may not be
/// replaced.
Result<void> refuse_other_shards(const std::string& directory, std::uint32_t count) {
  const Result<std::vector<std::filesystem::path>> others = shards_in_the_way(directory, count);
  if (!others) return tl::unexpected(others.error());
  if (others->empty()) return {};
  return fail(ErrorKind::usage,
              formatted("{}: exists already; give --force to replace it, or another output "
                        "directory",
                        others->front().string()));
}

/// Writes all shards, then puts those that were not there in place at once, so that no reader finds
/// some of an older dataset beside some of this one.
Result<Progress> write_together(const Generator& generator, const DatasetOptions& options,
                                std::uint32_t count, Progress& sum,
                                const ProgressCallback& progress) {
  constexpr std::uint64_t other_files = 64;
  // Each shard's journal is held until the end, and what it has of a file that all share.
  allow_open_files(2 * std::uint64_t{count} + other_files);
  Replacement replacement;
  for (std::uint32_t index = 0; index < count; ++index) {
    const Result<Progress> part =
        prepare_dataset(generator, options, replacement, progress, {index, count});
    if (!part) return part;
    sum = joined_progress(sum, *part);
  }
  if (options.overwrite || replacement.may_replace()) {
    const auto others = shards_in_the_way(options.output_dir, count);
    if (!others) return tl::unexpected(others.error());
    replacement.remove(*others);
  } else if (Result<void> alone = refuse_other_shards(options.output_dir, count); !alone) {
    return tl::unexpected(alone.error());
  }
  if (Result<void> published = replacement.publish(); !published) {
    return tl::unexpected(published.error());
  }
  return sum;
}

}  // namespace

Result<Progress> write_shards(const Generator& generator, const DatasetOptions& options,
                              const ShardRange& range, const ProgressCallback& progress) {
  Progress sum;
  for (std::uint32_t index = range.first; index <= range.last; ++index) {
    for (const Split split : all_splits) {
      const auto sequences = static_cast<std::uint64_t>(generator.config().count(split));
      sum.sequences_total += range_of({index, range.count}, sequences).size;
    }
  }
  const ProgressCallback joined = [&](const Progress& part) {
    return !progress || progress(joined_progress(sum, part));
  };
  if (Result<void> ready = make_directory(options.output_dir); !ready) {
    return tl::unexpected(ready.error());
  }
  const Result<void> space =
      check_expected_space(generator, options.format, range, options.output_dir, options.overwrite);
  if (!space) return tl::unexpected(space.error());
  const bool are_all = range.first == 0 && range.last + 1 == range.count;
  if (are_all && (options.overwrite || options.resume)) {
    return write_together(generator, options, range.count, sum, joined);
  }
  if (are_all) {
    const Result<void> alone = refuse_other_shards(options.output_dir, range.count);
    if (!alone) return tl::unexpected(alone.error());
  }
  for (std::uint32_t index = range.first; index <= range.last; ++index) {
    const Result<Progress> part = write_dataset(generator, options, joined, {index, range.count});
    if (!part) return part;
    sum = joined_progress(sum, *part);
  }
  return sum;
}

}  // namespace synthgen
