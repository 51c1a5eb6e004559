// Writes a dataset from a generator of your own: custom_generator DIRECTORY [CONFIG.json]
//
// The library provides threads, noise, per-split parameters, checks, files and the manifest. The
// class below makes one sequence.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <synthgen/config/config_json.hpp>
#include <synthgen/dataset/write/write_dataset.hpp>
#include <synthgen/generate/generator.hpp>
#include <thread>

namespace {

/// Random tokens, some replaced by a token that depends on the position: `custom_param` is their
/// share.
class CustomDataGenerator final : public synthgen::SequenceGenerator {
 public:
  explicit CustomDataGenerator(const synthgen::Config& config)
      : SequenceGenerator(config), custom_param_(custom_param("custom_param", 0.5)) {}

  synthgen::CustomSequence generate_sequence(synthgen::ItemRandom& random) const override {
    std::vector<std::int64_t> sequence;
    for (std::int64_t i = 0; i < seq_length(); ++i) {
      sequence.push_back(random.holds(custom_param_) ? generate_special_token(i) : random.token());
    }
    return sequence;
  }

  std::string name() const override { return "CustomDataGenerator"; }

  /// Closed form: a token is special by decision, or equals the special one by chance.
  std::vector<synthgen::Expectation> truth(double noise) const override {
    const double by_chance = 1.0 / static_cast<double>(vocab_size());
    const double clean = (1 - noise) * (custom_param_ + (1 - custom_param_) * by_chance);
    return {{"special_share", clean + noise * by_chance, "(1 - e)(c + (1 - c)/V) + e/V",
             "of positions"}};
  }

 private:
  std::int64_t generate_special_token(std::int64_t position) const {
    return position % std::min<std::int64_t>(100, vocab_size());
  }

  double custom_param_;
};

constexpr const char* standard_config = R"({
  "vocab_size": 1000, "seq_length": 256, "num_train": 1000, "num_val": 100, "num_test": 100,
  "noise_probability": 0.05, "custom_params": {"custom_param": 0.3},
  "splits": {"test": {"seq_length": 512}}
})";

int complain(const synthgen::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: custom_generator DIRECTORY [CONFIG.json]\n");
    return 2;
  }
  std::string text = standard_config;
  if (argc > 2) {
    std::ifstream file(argv[2]);
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  const auto config = synthgen::parse_config(text, argc > 2 ? argv[2] : "standard config");
  if (!config) return complain(config.error());
  const auto generator = synthgen::Generator::create_custom<CustomDataGenerator>(*config);
  if (!generator) return complain(generator.error());
  const auto written = synthgen::write_dataset(
      *generator, {.output_dir = argv[1], .threads = std::thread::hardware_concurrency()});
  if (!written) return complain(written.error());
  for (const auto& expectation : generator->truth()) {
    std::printf("%s expected: %.4f\n", expectation.name.c_str(), expectation.value);
  }
  std::printf("%llu sequences\n", static_cast<unsigned long long>(written->sequences_done));
}
