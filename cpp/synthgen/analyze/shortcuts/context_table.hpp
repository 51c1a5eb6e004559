#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace synthgen {

/// How often each answer followed each context, and the law that this gives: Witten and Bell's, in
/// which a context that had T different answers in N cases leaves T / (N + T) to the back-off.
class ContextTable {
 public:
  void add(std::uint64_t context, std::uint32_t answer, std::uint64_t times);

  /// The answer's probability; `backoff` is its probability in a simpler law.
  double probability(std::uint64_t context, std::uint32_t answer, double backoff) const;

  /// The context's most common answer, the smallest of several; none for an unknown context.
  std::optional<std::uint32_t> best(std::uint64_t context) const;

 private:
  struct Context {
    std::uint64_t cases = 0;
    std::uint64_t kinds = 0;  ///< different answers
    std::uint64_t best_cases = 0;
    std::uint32_t best = 0;
  };

  /// Pairs that collide, one in 2^64, count as one.
  static std::uint64_t key_of(std::uint64_t context, std::uint32_t answer) noexcept;

  std::unordered_map<std::uint64_t, Context> contexts_;
  std::unordered_map<std::uint64_t, std::uint64_t> cases_;
};

}  // namespace synthgen
