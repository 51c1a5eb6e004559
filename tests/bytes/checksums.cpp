// Prints the checksums of the sequences of drawn configs, one line of JSON for each config:
//   {"config":{…},"tokens":"…","labels":"…"}
// Every build of this program, by any compiler for any processor, must print the same.
//
//   checksums COUNT

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace synthgen {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): integers alone, so that every machine draws the same.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  std::uint64_t below(std::uint64_t bound) {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t word = state_;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
    return (word ^ (word >> 31)) % bound;
  }

 private:
  std::uint64_t state_;
};

/// FNV-1a of 64 bits over little-endian numbers.
class Checksum {
 public:
  void add(std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) {
      value_ = (value_ ^ (number >> (8 * i) & 0xFF)) * 0x100000001B3U;
    }
  }
  std::string text() const {
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016" PRIx64, value_);
    return digits.data();
  }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

Json drawn_value(const Parameter& parameter, Draws& draws) {
  const std::string_view type = parameter.type();
  if (type == "integer") {
    const auto lowest = static_cast<std::int64_t>(parameter.minimum);
    const double width = std::min(parameter.maximum - parameter.minimum, 300.0);
    return lowest + static_cast<std::int64_t>(draws.below(static_cast<std::uint64_t>(width) + 1));
  }
  if (type == "number") {
    const double width = std::min(parameter.maximum - parameter.minimum, 4.0);
    return parameter.minimum + width * static_cast<double>(draws.below(17)) / 16;
  }
  if (parameter.choices.empty()) return nullptr;
  if (type == "word") {
    return std::string(parameter.choices[draws.below(parameter.choices.size())].name);
  }
  if (type != "words") return nullptr;
  Json words = Json::array();
  for (const Choice& choice : parameter.choices) {
    if (draws.below(2) == 0) words.push_back(std::string(choice.name));
  }
  return words;
}

Json drawn_templates(Draws& draws) {
  Json templates = Json::array();
  for (std::uint64_t i = draws.below(3) + 1; i > 0; --i) {
    Json elements = Json::array();
    for (std::uint64_t k = draws.below(6) + 1; k > 0; --k) {
      switch (draws.below(4)) {
        case 0:
          elements.push_back(draws.below(2));
          break;
        case 1:
          elements.push_back({{"repeat", draws.below(9) + 1}, {"of", {"PATTERN"}}});
          break;
        default:
          elements.push_back(draws.below(2) == 0 ? "RANDOM" : "PATTERN");
      }
    }
    templates.push_back(elements);
  }
  return templates;
}

Json drawn_config(std::string_view family, Draws& draws);

Json drawn_components(Draws& draws) {
  Json components = Json::array();
  for (const char* family : {"pattern", "hierarchical", "random"}) {
    Json config = drawn_config(family, draws);
    for (const char* common : {"seed", "vocab_size", "vocab_distribution", "zipf_exponent"}) {
      config.erase(common);
    }
    components.push_back({{"weight", draws.below(4) + 1}, {"config", config}});
  }
  return components;
}

Json drawn_config(std::string_view family, Draws& draws) {
  Json config = {{"generator", std::string(family)},
                 {"seed", draws.below(std::uint64_t{1} << 53)},
                 {"vocab_size", draws.below(3000) + 20},
                 {"seq_length", draws.below(300) + 1}};
  const FamilyEntry& entry = *find_family(family);
  for (const Parameter& parameter : parameters()) {
    const std::string key(parameter.key);
    const bool is_used = is_common(key) || uses(entry, key);
    if (!is_used || config.contains(key) || key.starts_with("num_t") || key == "num_val") continue;
    if (draws.below(2) == 0) continue;
    if (Json value = drawn_value(parameter, draws); !value.is_null()) config[key] = value;
  }
  if (family == "template") config["templates"] = drawn_templates(draws);
  if (family == "mixture") config["components"] = drawn_components(draws);
  return config;
}

/// A config that generates. Which of the drawn ones do is the same everywhere, too.
Generator drawn_generator(std::string_view family, Draws& draws, Json& config) {
  constexpr int most_tries = 1000;
  for (int tries = 0; tries < most_tries; ++tries) {
    config = drawn_config(family, draws);
    const Result<Config> read = read_config(config);
    if (!read) continue;
    if (Result<Generator> made = Generator::create(*read)) return std::move(*made);
  }
  std::fprintf(stderr, "no config of %s generates\n", std::string(family).c_str());
  std::exit(1);
}

void print_checksums(const Json& config, const Generator& generator) {
  Checksum tokens;
  Checksum labels;
  for (const Split split : all_splits) {
    for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{1'000'000'000'000}}) {
      SequenceBatch batch;
      if (!generator.generate(split, first, 8, batch)) std::exit(1);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        tokens.add(batch[i].size(), 4);
        for (const std::uint32_t token : batch[i]) tokens.add(token, 4);
        for (const std::int64_t label : batch.labels_of(i)) {
          labels.add(static_cast<std::uint64_t>(label), 8);
        }
      }
    }
  }
  const Json line = {{"config", config}, {"tokens", tokens.text()}, {"labels", labels.text()}};
  std::puts(to_text(line).c_str());
}

void print_all(std::uint64_t count) {
  std::vector<std::string_view> names;
  for (const FamilyEntry* family : families()) {
    if (family->name != "custom") names.push_back(family->name);
  }
  Draws draws(1);
  for (std::uint64_t i = 0; i < count; ++i) {
    Json config;
    const Generator generator = drawn_generator(names[i % names.size()], draws, config);
    print_checksums(config, generator);
  }
}

}  // namespace
}  // namespace synthgen

int main(int argc, char** argv) {
  const std::string_view count = argc == 2 ? argv[1] : "";
  if (count.empty() || count.find_first_not_of("0123456789") != count.npos) {
    std::fputs("checksums COUNT\n", stderr);
    return 2;
  }
  synthgen::print_all(std::strtoull(argv[1], nullptr, 10));
}
