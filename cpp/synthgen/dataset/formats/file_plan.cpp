#include "synthgen/dataset/formats/file_plan.hpp"

#include "synthgen/config/split_config.hpp"

namespace synthgen {

FilePlan plan_of(const Generator& generator, Split split, std::string stem,
                 std::uint64_t sequences) {
  std::vector<Problem> none;  // the generator has checked its config
  const Config config = split_config(generator.config(), split, none);
  return {.stem = std::move(stem),
          .sequences = sequences,
          .lengths = generator.length_range(split),
          .vocab_size = static_cast<std::uint64_t>(config.vocab_size)};
}

}  // namespace synthgen
