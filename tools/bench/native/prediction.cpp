// The exact law of each token.

#include <array>
#include <memory>
#include <string_view>

#include "work.hpp"

namespace synthgen::bench {
namespace {

struct Predicted {
  std::string_view name;
  std::string_view settings;
  std::uint64_t sequences;
  std::uint64_t vocab_size = 10000;
};

constexpr std::array predicted{
    Predicted{"predict pattern", R"("generator": "pattern", "pattern_length": 10)", 16},
    Predicted{"predict noisy pattern",
              R"("generator": "pattern", "pattern_length": 10, "noise_probability": 0.1)", 16},
    Predicted{"predict hmm of 3 states", R"("generator": "hmm")", 512, 3},
};

Work prediction(const Predicted& what) {
  const auto maker = std::make_shared<Generator>(
      generator(std::string(what.settings), what.sequences, what.vocab_size));
  const auto batch = std::make_shared<SequenceBatch>();
  require(maker->generate(Split::train, 0, what.sequences, *batch).has_value(),
          "a batch could not be generated");
  const auto run = [=] {
    require(maker->predict(Split::train, Predictive::bits, false, *batch).has_value(),
            "the law is not known");
  };
  return {run, static_cast<double>(batch->tokens.size()), 0};
}

}  // namespace

void add_prediction(std::vector<NamedWork>& works) {
  for (const Predicted& what : predicted) {
    works.push_back(
        {std::string(what.name), [&what](const Setting& /*setting*/) { return prediction(what); }});
  }
}

}  // namespace synthgen::bench
