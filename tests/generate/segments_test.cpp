#include "synthgen/generate/structure/segments.hpp"

#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>
#include <map>

#include "support/configs.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

std::vector<Latents> latents_of(const Json& changes, std::uint64_t count) {
  SequenceBatch batch;
  generator_of(R"({"generator": "pattern", "seq_length": 200, "vocab_size": 100})", changes)
      .generate(Split::train, 0, count, batch, true);
  return batch.latents;
}

/// Segments that every sequence has, however long they are: the later ones, and the last above
/// all, are there because the earlier ones were short, which biases their lengths.
std::vector<Span> early_segments(const std::vector<Latents>& latents, std::size_t longest) {
  std::vector<Span> segments;
  for (const Latents& each : latents) {
    segments.insert(segments.end(), each.spans.begin(),
                    each.spans.begin() + static_cast<std::ptrdiff_t>(200 / longest));
  }
  return segments;
}

std::vector<std::uint64_t> length_counts(const std::vector<Span>& segments, std::uint32_t shortest,
                                         std::uint32_t longest) {
  std::vector<std::uint64_t> counts(longest - shortest + 1);
  for (const Span& span : segments) ++counts.at(span.full_length - shortest);
  return counts;
}

TEST(PatternSegments, LengthsAreUniformAroundTheMean) {
  const struct {
    int mean;
    std::uint32_t shortest;  // ⌈m/2⌉
    std::uint32_t longest;   // ⌊3m/2⌋
  } cases[] = {{4, 2, 6}, {5, 3, 7}, {10, 5, 15}, {11, 6, 16}, {64, 32, 96}};
  for (const auto& [mean, shortest, longest] : cases) {
    const auto segments = early_segments(latents_of({{"pattern_length", mean}}, 800), longest);
    EXPECT_TRUE(testing::follows_uniform(length_counts(segments, shortest, longest))) << mean;
  }
}

TEST(PatternSegments, TheLastSegmentsAloneAreLengthBiased) {
  std::vector<Span> last;
  for (const Latents& latents : latents_of(Json::object(), 2000)) {
    last.push_back(latents.spans.back());
  }
  EXPECT_FALSE(testing::follows_uniform(length_counts(last, 5, 15)));
}

TEST(PatternSegments, ASegmentIsAPatternWithItsProbabilityWhateverItsLength) {
  for (const double probability : {0.05, 0.3, 0.9}) {
    const auto segments =
        early_segments(latents_of({{"pattern_probability", probability}}, 2000), 15);
    std::map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>> of_length;
    for (const Span& span : segments) {
      of_length[span.full_length].first += span.kind != SpanKind::fresh ? 1 : 0;
      ++of_length[span.full_length].second;
    }
    for (const auto& [length, counts] : of_length) {
      EXPECT_TRUE(testing::happens_with(probability, counts.first, counts.second)) << length;
    }
  }
}

TEST(PatternSegments, TypesAreUniformOverThoseAskedFor) {
  for (const Json& types : {Json{"rep", "alt", "prog", "rev"}, Json{"rev", "rep", "alt"}}) {
    std::map<SpanKind, std::uint64_t> kinds;
    for (const Latents& latents : latents_of({{"pattern_types", types}}, 1000)) {
      for (const Span& span : latents.spans) ++kinds[span.kind];
    }
    kinds.erase(SpanKind::fresh);
    std::vector<std::uint64_t> counts;
    for (const auto& [kind, count] : kinds) counts.push_back(count);
    ASSERT_EQ(counts.size(), types.size());
    EXPECT_TRUE(testing::follows_uniform(counts));
  }
}

TEST(PatternSegments, PeriodsAreUniformFromThreeToHalfTheLength) {
  const auto segments = early_segments(
      latents_of({{"pattern_types", {"rep"}}, {"pattern_probability", 1}, {"pattern_length", 12}},
                 3000),
      18);
  std::map<std::uint32_t, std::vector<std::uint64_t>> of_length;
  for (const Span& span : segments) {
    const std::uint32_t longest = std::max(3U, span.full_length / 2);
    auto& counts = of_length[span.full_length];
    counts.resize(longest - 2);
    ASSERT_GE(span.period, 3U);
    ASSERT_LE(span.period, longest);
    ++counts[span.period - 3];
  }
  EXPECT_EQ(of_length.size(), 13U);
  for (const auto& [length, counts] : of_length) {
    if (counts.size() < 2) continue;
    EXPECT_TRUE(testing::follows_uniform(counts)) << "length " << length;
  }
}

TEST(PatternSegments, NeighboursAreIndependent) {
  std::vector<std::uint64_t> pairs(4);
  for (const Latents& latents : latents_of({{"pattern_probability", 0.5}}, 2000)) {
    const bool first = latents.spans[0].kind != SpanKind::fresh;
    const bool second = latents.spans[1].kind != SpanKind::fresh;
    ++pairs[(first ? 2U : 0U) + (second ? 1U : 0U)];
  }
  EXPECT_TRUE(testing::follows_uniform(pairs));
}

TEST(PatternSegments, EveryPositionLiesInAPatternWithTheProbabilityExactly) {
  // At the start and at the end of a sequence as well as in its middle.
  constexpr std::uint64_t sequences = 4000;
  std::vector<std::uint64_t> inside(200);
  std::vector<double> shares;
  for (const Latents& latents : latents_of({{"pattern_probability", 0.3}}, sequences)) {
    double share = 0;
    for (const Span& span : latents.spans) {
      if (span.kind == SpanKind::fresh) continue;
      share += span.length / 200.0;
      for (std::uint32_t t = span.start; t < span.start + span.length; ++t) ++inside[t];
    }
    shares.push_back(share);
  }
  EXPECT_TRUE(testing::has_mean(shares, 0.3));
  for (const std::size_t t : {0U, 1U, 5U, 100U, 198U, 199U}) {
    EXPECT_TRUE(testing::happens_with(0.3, inside[t], sequences)) << "position " << t;
  }
}

TEST(PatternSegments, AShareOfSegmentsInsteadOfPositionsWouldShow) {
  // Were patterns longer than fresh stretches, the share of positions would leave the probability.
  std::vector<double> shares;
  for (const Latents& latents : latents_of({{"pattern_probability", 0.3}}, 4000)) {
    double pattern = 0;
    double all = 0;
    for (const Span& span : latents.spans) {
      const bool is_pattern = span.kind != SpanKind::fresh;
      const double length = is_pattern ? 1.2 * span.length : span.length;
      all += length;
      pattern += is_pattern ? length : 0;
    }
    shares.push_back(pattern / all);
  }
  EXPECT_FALSE(testing::has_mean(shares, 0.3));
}

}  // namespace
}  // namespace synthgen
