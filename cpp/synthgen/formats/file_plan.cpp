#include "synthgen/formats/file_plan.hpp"

#include "synthgen/generate/generator.hpp"

#include <algorithm>

namespace synthgen {

FilePlan plan_of(const Generator& generator, Split split, std::string stem,
                 std::uint64_t sequences) {
  const Config& config = generator.config(split);
  const SplitLimits limits = generator.limits(split);
  std::uint64_t largest = 0;
  for (const Split each : all_splits) {
    largest = std::max(largest, generator.limits(each).vocab_size);
  }
  std::vector<Split> splits;
  for (const Split each : all_splits) {
    if (generator.config().count(each) > 0) splits.push_back(each);
  }
  return {.stem = std::move(stem),
          .sequences = sequences,
          .lengths = limits.lengths,
          .vocab_size = limits.vocab_size,
          .dataset_vocab_size = largest,
          .pad_token = static_cast<std::uint32_t>(config.pad_token),
          .seed = config.seed,
          .splits = std::move(splits)};
}

}  // namespace synthgen
