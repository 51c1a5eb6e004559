#include "synthgen/dataset/write/write_shards.hpp"

#include "synthgen/config/config.hpp"
#include "synthgen/dataset/write/expected_space.hpp"

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
  for (std::uint32_t index = range.first; index <= range.last; ++index) {
    const Result<Progress> part = write_dataset(generator, options, joined, {index, range.count});
    if (!part) return part;
    sum = joined_progress(sum, *part);
  }
  return sum;
}

}  // namespace synthgen
