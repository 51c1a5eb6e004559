#include "synthgen/random/engine.hpp"

#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <concepts>
#include <gtest/gtest.h>
#include <random>
#include <sstream>

#include "support/reference_words.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

// The requirements of a pseudo-random number engine, as Boost.Random and the standard state them.
static_assert(std::uniform_random_bit_generator<PhiloxEngine>);
static_assert(std::same_as<PhiloxEngine::result_type, std::uint32_t>);
static_assert(PhiloxEngine::min() == 0 && PhiloxEngine::max() == 0xFFFFFFFF);
static_assert(std::default_initializable<PhiloxEngine> && std::copyable<PhiloxEngine>);
static_assert(std::equality_comparable<PhiloxEngine>);
static_assert(std::constructible_from<PhiloxEngine, std::uint64_t>);
static_assert(!std::convertible_to<std::uint64_t, PhiloxEngine>);

const Item engine_item{42, Split::test, (std::uint64_t{1} << 40) + 3};

PhiloxEngine engine() {
  return {engine_item, Substream::custom};
}

TEST(PhiloxEngine, WordNIsWordNOfItsSubstream) {
  PhiloxEngine rng = engine();
  for (std::uint64_t n = 0; n < 200; ++n) {
    EXPECT_EQ(rng.position(), n);
    ASSERT_EQ(
        rng(),
        testing::reference_word(
            {.seed = 42, .split = 2, .index = engine_item.index, .substream = 64, .position = n}));
  }
}

TEST(PhiloxEngine, DiscardSkipsAsManyWordsAsDrawingDoes) {
  for (const unsigned skipped : {0U, 1U, 63U, 64U, 65U, 1000U}) {
    PhiloxEngine drawn = engine();
    PhiloxEngine jumped = engine();
    drawn();
    jumped();
    for (unsigned i = 0; i < skipped; ++i) drawn();
    jumped.discard(skipped);
    EXPECT_EQ(drawn, jumped);
    EXPECT_EQ(drawn(), jumped());
  }
}

TEST(PhiloxEngine, EqualEnginesGoOnEqually) {
  PhiloxEngine a = engine();
  a.discard(10);
  PhiloxEngine b = a;
  EXPECT_EQ(a, b);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a(), b());
  EXPECT_EQ(a, b);
  a();
  EXPECT_NE(a, b);
}

TEST(PhiloxEngine, EveryPartOfTheAddressTellsEnginesApart) {
  const PhiloxEngine reference = engine();
  EXPECT_NE(reference, PhiloxEngine({43, engine_item.split, engine_item.index}, Substream::custom));
  EXPECT_NE(reference, PhiloxEngine({42, Split::train, engine_item.index}, Substream::custom));
  EXPECT_NE(reference, PhiloxEngine({42, engine_item.split, 3}, Substream::custom));
  EXPECT_NE(reference, PhiloxEngine(engine_item, Substream::family));
}

TEST(PhiloxEngine, SeedingStartsAnew) {
  PhiloxEngine rng(5);
  const std::uint32_t first = rng();
  rng();
  rng.seed(5);
  EXPECT_EQ(rng, PhiloxEngine(5));
  EXPECT_EQ(rng(), first);
  rng.seed();
  EXPECT_EQ(rng, PhiloxEngine());
  EXPECT_NE(PhiloxEngine(5)(), PhiloxEngine(6)());
}

TEST(PhiloxEngine, TextFormRestoresTheStateInTheMiddle) {
  PhiloxEngine rng = engine();
  rng.discard(1000);
  std::stringstream text;
  text << rng;
  PhiloxEngine restored;
  text >> restored;
  ASSERT_TRUE(text);
  EXPECT_EQ(restored, rng);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(restored(), rng());
}

TEST(PhiloxEngine, BadTextSetsFailbitAndLeavesTheEngineAlone) {
  for (const char* text : {"", "1 2", "a b c d e", "1 3 0 64 0", "1 0 0 65536 0", "-"}) {
    std::istringstream in(text);
    PhiloxEngine rng = engine();
    in >> rng;
    EXPECT_TRUE(in.fail()) << text;
    EXPECT_EQ(rng, engine()) << text;
  }
}

TEST(PhiloxEngine, BoostsIntegersDrawFromItUniformly) {
  PhiloxEngine rng = engine();
  boost::random::uniform_int_distribution<int> die(1, 6);
  std::vector<std::uint64_t> counts(6);
  for (int i = 0; i < 60000; ++i) ++counts[static_cast<std::size_t>(die(rng) - 1)];
  EXPECT_TRUE(testing::follows_uniform(counts));
}

TEST(PhiloxEngine, BoostsIntegersAreTheSameForEveryVersionAndPlatform) {
  PhiloxEngine rng(42);
  boost::random::uniform_int_distribution<int> draw(0, 999);
  std::vector<int> drawn;
  for (int i = 0; i < 8; ++i) drawn.push_back(draw(rng));
  // Boost takes ⌊word / (2^32 / 1000)⌋ here; what it does not accept it draws again.
  std::vector<int> expected;
  for (std::uint64_t n = 0; expected.size() < 8; ++n) {
    const std::uint32_t word =
        testing::reference_word({.seed = 42, .substream = 64, .position = n});
    const std::uint32_t value = word / (4294967295U / 1000);
    if (value < 1000) expected.push_back(static_cast<int>(value));
  }
  EXPECT_EQ(drawn, expected);
}

TEST(PhiloxEngine, BoostsNormalsAndRealsHaveTheirMoments) {
  PhiloxEngine rng = engine();
  boost::random::normal_distribution<double> normal(3, 2);
  boost::random::uniform_real_distribution<double> real(0, 1);
  std::vector<double> normals;
  std::vector<double> squares;
  std::vector<double> reals;
  for (int i = 0; i < 20000; ++i) {
    normals.push_back(normal(rng));
    squares.push_back((normals.back() - 3) * (normals.back() - 3));
    reals.push_back(real(rng));
  }
  EXPECT_TRUE(testing::has_mean(normals, 3));
  EXPECT_TRUE(testing::has_mean(squares, 4));
  EXPECT_TRUE(testing::has_mean(reals, 0.5));
}

TEST(PhiloxEngine, TheStandardsDistributionsDrawFromItToo) {
  PhiloxEngine rng = engine();
  std::bernoulli_distribution coin(0.25);
  std::uint64_t heads = 0;
  for (int i = 0; i < 20000; ++i) heads += coin(rng) ? 1 : 0;
  EXPECT_TRUE(testing::happens_with(0.25, heads, 20000));
}

}  // namespace
}  // namespace synthgen
