#include "synthgen/generate/structure/hierarchy.hpp"

#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "support/configs.hpp"
#include "support/statistical.hpp"

// The laws of the hierarchy's decisions, read from latents.

namespace synthgen {
namespace {

constexpr double structure = 0.4;

SequenceBatch hierarchies(const Json& changes = Json::object()) {
  SequenceBatch batch;
  Json all = {{"structure_probability", structure}};
  all.update(changes);
  testing::generator_of(R"({"generator": "hierarchical", "vocab_size": 256, "seq_length": 64})",
                        all)
      .generate(Split::train, 0, 2000, batch, true);
  return batch;
}

std::vector<Span> leaves(const Latents& latents) {
  std::vector<Span> bands;
  for (const Span& span : latents.spans) {
    if (span.kind == SpanKind::band) bands.push_back(span);
  }
  return bands;
}

TEST(Hierarchy, ThemesAreUniform) {
  std::vector<std::uint64_t> counts(4);
  for (const Latents& latents : hierarchies().latents) ++counts.at(*latents.theme);
  EXPECT_TRUE(testing::follows_uniform(counts));
}

TEST(Hierarchy, SpansNarrowWithTheirProbabilityToASubBandThatIsUniform) {
  // Of each place among the four children: its theme's whole band, or one of the four in it.
  std::vector<std::vector<std::uint64_t>> counts(4, std::vector<std::uint64_t>(5));
  for (const Latents& latents : hierarchies().latents) {
    const auto bands = leaves(latents);
    ASSERT_EQ(bands.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint32_t inside = bands[i].band.first - 64 * *latents.theme;
      ASSERT_EQ(bands[i].start, 16 * i);
      if (bands[i].band.size == 64) {
        ASSERT_EQ(inside, 0U);
        ++counts[i][0];
      } else {
        ASSERT_EQ(bands[i].band.size, 16U);
        ASSERT_EQ(inside % 16, 0U);
        ++counts[i].at(1 + inside / 16);
      }
    }
  }
  const double law[] = {1 - structure, structure / 4, structure / 4, structure / 4, structure / 4};
  for (const auto& of_place : counts) EXPECT_TRUE(testing::follows(of_place, law));
}

TEST(Hierarchy, AnEchoCopiesTheLatestEarlierSpanWithItsBand) {
  std::size_t echoes = 0;
  for (const Latents& latents : hierarchies({{"hierarchy_levels", 4}}).latents) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> latest;
    for (const Span& leaf : leaves(latents)) {
      const std::pair band{leaf.band.first, leaf.band.size};
      if (leaf.echo_of) {
        ASSERT_TRUE(latest.contains(band));
        ASSERT_EQ(*leaf.echo_of, latest[band]);
        ++echoes;
      }
      latest[band] = leaf.start;
    }
  }
  EXPECT_GT(echoes, 1000U);
}

TEST(Hierarchy, ASpanEchoesWithItsProbabilityWhetherItNarrowedOrNot) {
  std::map<bool, std::pair<std::uint64_t, std::uint64_t>> echoes;  // of narrowed spans or not
  for (const Latents& latents : hierarchies().latents) {
    std::set<std::uint32_t> seen[2];
    for (const Span& leaf : leaves(latents)) {
      const bool narrowed = leaf.band.size == 16;
      if (!seen[narrowed ? 1 : 0].insert(leaf.band.first).second) {
        echoes[narrowed].first += leaf.echo_of ? 1 : 0;
        ++echoes[narrowed].second;
      }
    }
  }
  for (const auto& [narrowed, counts] : echoes) {
    EXPECT_GT(counts.second, 300U);
    EXPECT_TRUE(testing::happens_with(structure, counts.first, counts.second)) << narrowed;
  }
}

TEST(Hierarchy, ATokenWhoseForerunnerLiesInTheBandIsItsSuccessorWithItsProbability) {
  const SequenceBatch batch = hierarchies({{"hierarchy_levels", 2}});
  std::uint64_t successors = 0;
  std::uint64_t chances = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Band band = leaves(batch.latents[i]).at(0).band;
    for (std::size_t t = 1; t < batch[i].size(); ++t)
      chances += band.contains(batch[i][t - 1]) ? 1 : 0;
    for (const Span& span : batch.latents[i].spans) {
      successors += span.kind == SpanKind::successor ? span.length : 0;
    }
  }
  EXPECT_TRUE(testing::happens_with(structure, successors, chances));
}

}  // namespace
}  // namespace synthgen
