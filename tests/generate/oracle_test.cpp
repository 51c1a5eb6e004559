#include "synthgen/generate/layers/oracle.hpp"

#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/family_cases.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

using Tokens = std::vector<std::uint32_t>;

/// The zipf law with exponent 1, or the uniform one, over so few ids that everything about a
/// segment can be enumerated.
struct SmallWorld {
  std::uint32_t vocabulary;
  bool zipf;

  double p(std::uint32_t id) const {
    if (!zipf) return 1.0 / vocabulary;
    double norm = 0;
    for (std::uint32_t k = 1; k <= vocabulary; ++k) norm += 1.0 / k;
    return 1 / (id + 1.0) / norm;
  }
};

/// What a segment's fresh draws x make of it; nothing when they cannot occur (B equal to A).
std::optional<Tokens> made_of(const Span& span, const Tokens& x, std::uint32_t vocabulary) {
  if (span.kind == SpanKind::alternation && span.length > 1 && x[0] == x[1]) return std::nullopt;
  Tokens tokens(span.length);
  for (std::uint32_t i = 0; i < span.length; ++i) {
    const std::uint32_t mirrored = span.full_length - 1 - i;
    switch (span.kind) {
      case SpanKind::repetition:
        tokens[i] = x[i % span.period];
        break;
      case SpanKind::alternation:
        tokens[i] = x[i % 2];
        break;
      case SpanKind::progression:
        tokens[i] = (x[0] + i) % vocabulary;
        break;
      case SpanKind::reversal:
        tokens[i] = x[std::min(i, mirrored)];
        break;
      default:
        tokens[i] = x[i];
    }
  }
  return tokens;
}

/// P(tokens of the segment | its latents), by going through all fresh draws and, for each, all
/// ways in which noise can have led from the clean tokens to those seen.
double segment_probability(const SmallWorld& world, const Span& span, double noise,
                           std::span<const std::uint32_t> seen) {
  double total = 0;
  Tokens x(span.length, 0);
  for (;;) {
    if (const auto clean = made_of(span, x, world.vocabulary)) {
      double p = 1;
      for (const std::uint32_t id : x) p *= world.p(id);
      if (span.kind == SpanKind::alternation && span.length > 1) p /= 1 - world.p(x[0]);
      for (std::size_t i = 0; i < seen.size(); ++i) {
        p *= (1 - noise) * ((*clean)[i] == seen[i] ? 1 : 0) + noise * world.p(seen[i]);
      }
      total += p;
    }
    std::size_t digit = 0;
    while (digit < x.size() && ++x[digit] == world.vocabulary) x[digit++] = 0;
    if (digit == x.size()) return total;
  }
}

double exact_bits(const SmallWorld& world, const Latents& latents, double noise,
                  std::span<const std::uint32_t> seen) {
  double bits = 0;
  for (const Span& span : latents.spans) {
    bits -=
        std::log2(segment_probability(world, span, noise, seen.subspan(span.start, span.length)));
  }
  return bits;
}

SequenceBatch small_sequences(const SmallWorld& world, double noise, std::uint64_t count) {
  SequenceBatch batch;
  generator_of(R"({"generator": "pattern", "seq_length": 13, "pattern_length": 4,
                   "pattern_probability": 0.8})",
               {{"vocab_size", world.vocabulary},
                {"vocab_distribution", world.zipf ? "zipf" : "uniform"},
                {"noise_probability", noise}})
      .generate(Split::train, 0, count, batch, true);
  return batch;
}

constexpr SmallWorld plain_worlds[] = {{2, false}, {3, false}, {3, true}, {2, true}};

TEST(OracleBits, WithNoiseAreALowerBoundOnTheMean) {
  for (const SmallWorld& world : plain_worlds) {
    const SequenceBatch batch = small_sequences(world, 0.2, 300);
    std::vector<double> excess;
    double sum = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      excess.push_back(exact_bits(world, batch.latents[i], 0.2, batch[i]) -
                       *batch.latents[i].oracle_bits);
      sum += excess.back();
    }
    EXPECT_GT(sum, 0);
    EXPECT_FALSE(testing::has_mean(excess, 0)) << "tight only without noise";
  }
}

TEST(OracleBits, OfIndependentUniformTokensAreLogVForEach) {
  for (const double noise : {0.0, 0.3, 1.0}) {
    SequenceBatch batch;
    generator_of(R"({"generator": "random", "vocab_size": 1024, "seq_length": 50})",
                 {{"noise_probability", noise}})
        .generate(Split::train, 0, 3, batch, true);
    for (const Latents& latents : batch.latents) EXPECT_NEAR(*latents.oracle_bits, 500, 1e-9);
  }
}

TEST(OracleBits, AreZeroForWhatIsDeterminedAndNeverNegative) {
  const Content content(testing::config_of(R"({"vocab_size": 4})"));
  const std::vector<PositionLaw> laws(3, {.kind = PositionLaw::Kind::derived});
  const double bits = oracle_bits(content, 0, laws, Tokens{1, 2, 3}, Tokens{1, 2, 3});
  EXPECT_EQ(bits, 0);
  EXPECT_FALSE(std::signbit(bits));
  EXPECT_EQ(oracle_bits(content, 0, {}, {}, {}), 0);
}

class OracleOfEveryFamily : public ::testing::TestWithParam<testing::FamilyCase> {};

TEST_P(OracleOfEveryFamily, IsFiniteAndNotNegative) {
  for (const double noise : {0.0, 0.05, 1.0}) {
    if (noise > 0 && !testing::takes(GetParam(), "noise_probability")) continue;
    SequenceBatch batch;
    generator_of(GetParam().config, {{"noise_probability", noise}})
        .generate(Split::val, 0, 30, batch, true);
    for (const Latents& latents : batch.latents) {
      ASSERT_TRUE(latents.oracle_bits);
      ASSERT_TRUE(std::isfinite(*latents.oracle_bits)) << noise;
      ASSERT_GE(*latents.oracle_bits, 0);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, OracleOfEveryFamily, ::testing::ValuesIn(testing::family_cases),
                         testing::family_case_name);

}  // namespace
}  // namespace synthgen
