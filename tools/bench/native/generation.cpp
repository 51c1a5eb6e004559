// Sequences in memory: each family, with noise, with latents, and far from the first index.

#include <algorithm>
#include <memory>
#include <utility>

#include "configs.hpp"
#include "work.hpp"

namespace synthgen::bench {
namespace {

/// Into one batch that is reused.
Work generation(const Setting& setting, const NamedConfig& config, std::uint64_t first,
                bool with_latents) {
  constexpr std::uint64_t in_batch = 512;
  const auto maker =
      std::make_shared<Generator>(generator(std::string(config.settings), setting.sequences));
  const auto batch = std::make_shared<SequenceBatch>();
  const std::uint64_t sequences = setting.sequences;
  const auto run = [=] {
    for (std::uint64_t done = 0; done < sequences; done += in_batch) {
      batch->clear();
      const Result<void> made = maker->generate(
          Split::train, first + done, std::min(in_batch, sequences - done), *batch, with_latents);
      require(made.has_value(), "a batch could not be generated");
    }
  };
  return {run, setting.tokens(), 0};
}

}  // namespace

void add_generation(std::vector<NamedWork>& works) {
  const auto add = [&](std::string name, const NamedConfig& config, std::uint64_t first,
                       bool with_latents) {
    works.push_back({std::move(name), [=](const Setting& setting) {
                       return generation(setting, config, first, with_latents);
                     }});
  };
  for (const NamedConfig& config : configs) {
    const std::string name = "generate " + std::string(config.name);
    add(name, config, 0, false);
    add(name + " with latents", config, 0, true);
    add(name + " from 10^12 on", config, 1'000'000'000'000, false);
  }
}

}  // namespace synthgen::bench
