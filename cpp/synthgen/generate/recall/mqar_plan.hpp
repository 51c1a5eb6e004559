#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/random/successive_sampling.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace synthgen {

/// How sequences of multi-query associative recall are laid out: a context of pairs (all of them
/// `passes` times, then `updates` of them with new values), then slots for queries, then what is
/// left. Pairs and slots are `key_tokens` + 1 tokens long.
struct MqarPlan {
  explicit MqarPlan(const Config& config);

  std::uint32_t pairs;
  std::uint32_t passes;
  std::uint32_t updates;
  std::uint32_t length;
  bool is_compositional;
  bool has_random_filler;
  bool shuffles;
  double power_a;
  std::uint32_t side = 0;  ///< compositional: first tokens, and second ones, of the keys
  /// The ids of keys' first and second tokens and of values.
  std::array<Band, 2> keys;
  Band values;

  std::uint32_t key_tokens() const noexcept { return is_compositional ? 2 : 1; }
  std::uint32_t pair_tokens() const noexcept { return key_tokens() + 1; }
  std::uint32_t context_pairs() const noexcept { return pairs * passes + updates; }
  std::uint32_t context_tokens() const noexcept { return context_pairs() * pair_tokens(); }
  std::uint32_t slots() const noexcept { return (length - context_tokens()) / pair_tokens(); }
  /// Where the context's pair number `pair` begins.
  std::uint32_t pair_start(std::uint32_t pair) const noexcept { return pair * pair_tokens(); }
  /// Where slot number `slot` begins.
  std::uint32_t slot_start(std::uint32_t slot) const noexcept {
    return context_tokens() + slot * pair_tokens();
  }
};

/// The pairs of one sequence, in the order of the context.
struct MqarPairs {
  /// A key: one token, or two.
  using Key = std::array<std::uint32_t, 2>;

  std::vector<Key> keys;               ///< of the pairs
  std::vector<std::uint32_t> order;    ///< compositional: number of the pair's combination
  std::vector<std::uint32_t> values;   ///< of the pairs, then of the updates
  std::vector<std::uint32_t> updated;  ///< which pair each update is of
  std::vector<std::uint32_t> latest;   ///< for each pair where in the context its value is

  MqarPairs(const MqarPlan& plan, const Item& item);
};

/// Which pair each slot asks for; `no_pair` for none.
inline constexpr std::uint32_t no_pair = UINT32_MAX;
std::vector<std::uint32_t> mqar_slots(const MqarPlan& plan, const SuccessiveSampling& sampling,
                                      const Item& item);

/// What a config's parameters of this layout break.
std::vector<Problem> check_mqar(const Config& config);

}  // namespace synthgen
