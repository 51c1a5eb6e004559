#pragma once

#include "synthgen/generate/layers/content.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/generate/layers/patterns.hpp"
#include "synthgen/random/engine.hpp"

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace synthgen {

/// What a custom generator's draws come from, apart from the item: made for one config, shared by
/// all of its sequences.
struct CustomLaws {
  explicit CustomLaws(const Config& config)
      : content(config),
        lengths(config),
        patterns(config),
        pattern_length(static_cast<std::uint32_t>(config.pattern_length)),
        most_draws(draw_budget(lengths.longest())) {}

  /// The random words that one sequence may draw: 1024 for each token of the longest sequence and
  /// 65536 on top, at most 2^28, where the addresses of a stream end.
  static std::uint64_t draw_budget(std::uint32_t longest) noexcept;

  Content content;
  LengthLayer lengths;
  PatternDecisions patterns;
  std::uint32_t pattern_length;
  std::uint64_t most_draws;
};

/// Thrown by the draw that goes beyond the budget. Inside a custom generator only: what calls one
/// turns it into an error that names the sequence.
class DrawBudgetExceeded : public std::runtime_error {
 public:
  explicit DrawBudgetExceeded(std::uint64_t most);
};

/// The random draws of one sequence of a custom generator. They are addressed by the sequence, so
/// that it is the same regardless of thread and of what was made before it.
///
/// Models the engine concept of Boost.Random and the standard library:
/// `boost::random::poisson_distribution<>(4)(random)`. Three independent streams: words, `integer`,
/// `real` and `holds` share one (substream 64), `token` has one of its own (65, 66), patterns
/// another (content and structure).
class ItemRandom {
 public:
  using result_type = std::uint32_t;
  static constexpr bool has_fixed_range = false;
  static constexpr result_type min() noexcept { return PhiloxEngine::min(); }
  static constexpr result_type max() noexcept { return PhiloxEngine::max(); }

  /// `laws` must outlive it.
  ItemRandom(const CustomLaws& laws, const Item& item);

  /// Which sequence this is.
  const Item& item() const noexcept { return item_; }

  /// The next random word. Throws DrawBudgetExceeded, as everything below does.
  result_type operator()();

  /// An unbiased integer in [0, range); `range` is 1 … 2^32 − 1. Throws std::invalid_argument for
  /// 0.
  std::uint32_t integer(std::uint32_t range);

  /// A real number in [0, 1): a multiple of 2^−53, from two words.
  double real();

  /// True with that probability, rounded to a multiple of 2^−32.
  bool holds(double probability);

  /// The next token from the content distribution (`vocab_distribution`): the n-th one is the same
  /// however much else was drawn.
  std::uint32_t token();

  /// The length that the length layer draws for this sequence; always the same one.
  std::uint32_t length() const noexcept { return laws_.lengths.draw(item_); }

  /// The token at a position of patterns of `pattern_length` tokens laid end to end, each of its
  /// own type out of `pattern_types`. `position` is below 2^27.
  std::uint32_t pattern_token(std::uint64_t position);

  /// How many more words may be drawn.
  std::uint64_t draws_left() const noexcept { return draws_left_; }

 private:
  void spend(std::uint64_t words);

  const CustomLaws& laws_;
  Item item_;
  PhiloxEngine engine_;
  TokenWords token_words_;
  std::uint64_t tokens_drawn_ = 0;
  std::uint64_t draws_left_;
  std::uint64_t pattern_ = ~std::uint64_t{0};  ///< which one is in `pattern_ranks_`
  std::vector<std::uint32_t> pattern_ranks_;
};

}  // namespace synthgen
