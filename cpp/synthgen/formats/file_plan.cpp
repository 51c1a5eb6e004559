#include "synthgen/formats/file_plan.hpp"

#include "synthgen/config/split_config.hpp"

#include <algorithm>

namespace synthgen {

FilePlan plan_of(const Generator& generator, Split split, std::string stem,
                 std::uint64_t sequences) {
  std::vector<Problem> none;  // the generator has checked its config
  const Config config = split_config(generator.config(), split, none);
  std::uint64_t largest = 0;
  for (const Split each : all_splits) {
    const Config other = split_config(generator.config(), each, none);
    largest = std::max(largest, static_cast<std::uint64_t>(other.vocab_size));
  }
  return {.stem = std::move(stem),
          .sequences = sequences,
          .lengths = generator.length_range(split),
          .vocab_size = static_cast<std::uint64_t>(config.vocab_size),
          .dataset_vocab_size = largest,
          .pad_token = static_cast<std::uint32_t>(config.pad_token),
          .seed = config.seed};
}

}  // namespace synthgen
