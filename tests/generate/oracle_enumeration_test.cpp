#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/reference_structure.hpp"

// oracle_bits against worlds so small that all draws of a sequence can be gone through: its
// structure, by the design's rules, gives each token sequence a probability.

namespace synthgen {
namespace {

using testing::Origin;

using Tokens = std::vector<std::uint32_t>;

struct World {
  const char* name;
  const char* config;
};

constexpr World worlds[] = {
    {"random", R"({"generator": "random", "vocab_size": 3, "seq_length": 7})"},
    {"random_zipf", R"({"generator": "random", "vocab_size": 5, "seq_length": 5,
        "vocab_distribution": "zipf", "zipf_exponent": 1.5, "length_variation": 0.4})"},
    {"pattern", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 9, "pattern_length": 4,
        "pattern_probability": 0.8})"},
    {"pattern_two_ids", R"({"generator": "pattern", "vocab_size": 2, "seq_length": 13,
        "pattern_length": 4, "pattern_probability": 0.8, "vocab_distribution": "zipf"})"},
    {"hierarchical", R"({"generator": "hierarchical", "vocab_size": 8, "seq_length": 4})"},
    {"hierarchical_echoes", R"({"generator": "hierarchical", "vocab_size": 5, "seq_length": 7,
        "structure_probability": 0.7})"},
    {"hierarchical_narrow", R"({"generator": "hierarchical", "vocab_size": 16, "seq_length": 4,
        "hierarchy_levels": 4, "structure_probability": 0.7, "vocab_distribution": "zipf"})"},
    {"hierarchical_successors", R"({"generator": "hierarchical", "vocab_size": 11, "seq_length": 6,
        "hierarchy_levels": 2, "structure_probability": 0.8, "global_coherence": 1})"},
    {"conditional", R"({"generator": "conditional", "vocab_size": 6, "num_conditions": 2,
        "seq_length": 6, "pattern_length": 4, "pattern_probability": 0.5})"},
    {"conditional_bands_of_one_id", R"({"generator": "conditional", "vocab_size": 6,
        "num_conditions": 3, "condition_tokens": [4], "seq_length": 7, "pattern_types": ["alt"],
        "pattern_length": 4, "pattern_probability": 0.7, "vocab_distribution": "zipf",
        "condition_strength": 0.6, "length_variation": 0.2})"},
    {"conditional_without_style", R"({"generator": "conditional", "vocab_size": 6,
        "num_conditions": 3, "seq_length": 7, "condition_controls": ["pattern"]})"},
    {"template", R"({"generator": "template", "vocab_size": 4, "seq_length": 9, "pad_token": 3,
        "templates": [[{"name": "k", "of": {"range": [1, 3]}}, "RANDOM", "PATTERN", "PATTERN",
                       {"ref": "k"}, 2, "PATTERN"], ["PATTERN", {"repeat": 5, "of": ["PATTERN"]}]],
        "vocab_distribution": "zipf"})"},
    {"template_cycle", R"({"generator": "template", "vocab_size": 3, "seq_length": 10,
        "template_fill": "cycle", "templates": [["PATTERN", "PATTERN", "RANDOM", {"range": [0, 1]},
                                                 "PATTERN"]]})"},
    {"composed", R"({"generator": "composed", "vocab_size": 6, "num_conditions": 2,
        "seq_length": 6, "hierarchy_levels": 2, "pattern_length": 4})"},
    {"composed_narrow", R"({"generator": "composed", "vocab_size": 11, "num_conditions": 1,
        "seq_length": 6, "hierarchy_levels": 2, "pattern_length": 4, "pattern_probability": 0.8,
        "structure_probability": 0.8, "global_coherence": 1})"},
    {"mixture", R"({"generator": "mixture", "vocab_size": 6, "seq_length": 5, "components": [
        {"config": {"pattern_probability": 0.5}}, {"config": {"num_conditions": 3}},
        {"config": {"hierarchy_levels": 2, "vocab_size": 5}}]})"},
};

/// Goes through every combination of draws that a structure leaves open, whether each comes from
/// its band included, and adds up the probabilities of the token sequences they make.
class AllDraws {
 public:
  AllDraws(const Config& config, const std::vector<Origin>& origins, const Tokens& seen)
      : law_(config),
        weight_(testing::band_weight(config)),
        conditions_(law_.condition_tokens()),
        origins_(origins),
        seen_(seen) {
    extend(1);
  }

  double of_all() const { return of_all_; }
  double of_seen() const { return of_seen_; }

 private:
  void extend(double probability) {
    if (probability == 0) return;
    const std::size_t t = tokens_.size();
    if (t == origins_.size()) {
      of_all_ += probability;
      of_seen_ += tokens_ == seen_ ? probability : 0;
      return;
    }
    const Origin& origin = origins_[t];
    switch (origin.kind) {
      case Origin::Kind::condition:
        for (const std::int64_t id : conditions_) {
          take(static_cast<std::uint32_t>(id),
               probability / static_cast<double>(conditions_.size()));
        }
        return;
      case Origin::Kind::literal:
      case Origin::Kind::padding:
        return take(origin.id, probability);
      case Origin::Kind::range:
        for (std::uint32_t i = 0; i < origin.band.size; ++i) {
          take(origin.band.first + i, probability / origin.band.size);
        }
        return;
      case Origin::Kind::copy:
        return take(tokens_.at(origin.source), probability);
      case Origin::Kind::next: {
        const std::uint32_t before = law_.rank(tokens_.at(origin.source));
        // A token has a successor provided that it lies in the band.
        if (!origin.band.contains(before)) return draw(origin.band, {}, probability);
        const std::uint32_t next = before + 1;
        return take(law_.id(origin.band.contains(next) ? next : origin.band.first), probability);
      }
      case Origin::Kind::other:
        return draw(origin.band, law_.rank(tokens_.at(origin.source)), probability);
      case Origin::Kind::fresh:
        return draw(origin.band, {}, probability);
    }
  }

  void draw(const Band& band, std::optional<std::uint32_t> excluded, double probability) {
    const Band all{0, law_.size()};
    draw_from(all, excluded, probability * (1 - weight_));
    if (weight_ == 0) return;
    const bool only_excluded = excluded && law_.probability(*excluded, band) == 1;
    draw_from(only_excluded ? all : band, excluded, probability * weight_);
  }

  /// Drawn again until it is not `excluded`: the law given that it is another.
  void draw_from(const Band& ranks, std::optional<std::uint32_t> excluded, double probability) {
    const double others = excluded ? 1 - law_.probability(*excluded, ranks) : 1;
    for (std::uint32_t i = 0; i < ranks.size; ++i) {
      const std::uint32_t rank = ranks.first + i;
      if (rank == excluded) continue;
      take(law_.id(rank), probability * law_.probability(rank, ranks) / others);
    }
  }

  void take(std::uint32_t id, double probability) {
    tokens_.push_back(id);
    extend(probability);
    tokens_.pop_back();
  }

  testing::ContentLaw law_;
  double weight_;
  const std::vector<std::int64_t>& conditions_;
  const std::vector<Origin>& origins_;
  const Tokens& seen_;
  Tokens tokens_;
  double of_all_ = 0;
  double of_seen_ = 0;
};

class OracleOfEverySmallWorld : public ::testing::TestWithParam<World> {
 protected:
  /// Calls `each(config, origins, tokens, latents)` for sequences of the world.
  template <class Each>
  static void for_sequences(std::uint64_t count, double noise, const Each& each) {
    const Generator generator =
        testing::generator_of(GetParam().config, {{"noise_probability", noise}});
    SequenceBatch batch;
    generator.generate(Split::train, 0, count, batch, true);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const Latents& latents = batch.latents[i];
      const Config config = testing::config_behind(generator.config(), latents);
      const Item item{static_cast<std::uint64_t>(config.seed), Split::train, i};
      const auto origins = testing::origins_of(config, item, latents, batch[i].size());
      each(config, item, origins, Tokens(batch[i].begin(), batch[i].end()), latents);
      if (::testing::Test::HasFailure()) return;
    }
  }
};

TEST_P(OracleOfEverySmallWorld, IsTheCodeLengthOfTheTokensGivenTheStructure) {
  for_sequences(25, 0,
                [](const Config& config, const Item&, const auto& origins, const Tokens& tokens,
                   const Latents& latents) {
                  const AllDraws all(config, origins, tokens);
                  EXPECT_NEAR(all.of_all(), 1, 1e-9) << testing::latents_json(latents);
                  EXPECT_NEAR(*latents.oracle_bits, -std::log2(all.of_seen()), 1e-9)
                      << testing::latents_json(latents);
                });
}

/// p_t(x) of one position by itself, given the clean tokens before it.
double probability_of(const Config& config, const std::vector<Origin>& origins, const Tokens& clean,
                      std::size_t t, std::uint32_t id) {
  // The position alone, after literal ones: what AllDraws makes of it.
  std::vector<Origin> one;
  for (std::size_t i = 0; i < t; ++i) {
    one.push_back({.kind = Origin::Kind::literal, .id = clean[i]});
  }
  one.push_back(origins[t]);
  Tokens seen(clean.begin(), clean.begin() + static_cast<std::ptrdiff_t>(t));
  seen.push_back(id);
  return AllDraws(config, one, seen).of_seen();
}

TEST_P(OracleOfEverySmallWorld, IsTheSumOverPositionsWithTheNoiseMaskHidden) {
  for (const double noise : {0.125, 1.0}) {
    for_sequences(40, noise,
                  [&](const Config& config, const Item& item, const auto& origins,
                      const Tokens& tokens, const Latents& latents) {
                    const testing::ContentLaw law(config);
                    const Tokens clean = testing::clean_tokens(origins, config, item);
                    double bits = 0;
                    for (std::size_t t = 0; t < tokens.size(); ++t) {
                      const Origin::Kind kind = origins[t].kind;
                      if (kind == Origin::Kind::padding) continue;
                      double p = probability_of(config, origins, clean, t, tokens[t]);
                      if (kind != Origin::Kind::condition) {
                        p = (1 - noise) * p + noise * law.probability(law.rank(tokens[t]));
                      }
                      bits -= std::log2(p);
                    }
                    EXPECT_NEAR(*latents.oracle_bits, bits, 1e-9) << testing::latents_json(latents);
                  });
  }
}

INSTANTIATE_TEST_SUITE_P(, OracleOfEverySmallWorld, ::testing::ValuesIn(worlds),
                         [](const auto& world) { return std::string(world.param.name); });

}  // namespace
}  // namespace synthgen
