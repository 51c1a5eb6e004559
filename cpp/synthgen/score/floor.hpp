#pragma once

#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/latents/latent_shares.hpp"
#include "synthgen/law/predictor.hpp"
#include "synthgen/score/loss_unit.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace synthgen {

/// Sequences and what each of their targets costs at least.
struct Floors {
  SequenceBatch batch;
  std::vector<TokenKind> kinds;  ///< of each token; the token that a label is scored at
  /// −log2 of the target's probability, for each token; NaN where there is no target: padding, and
  /// positions without a label.
  std::vector<double> bits;

  static bool is_target(double bits) noexcept { return bits == bits; }
};

/// Makes the sequences of a split and holds them against the exact law of the config. One for each
/// thread.
class FloorMaker {
 public:
  /// Called with a predictor that is about to see the target at a token of the batch: its index and
  /// the target's id.
  using AtTarget = std::function<Result<void>(const Predictor&, std::size_t token, std::uint32_t)>;

  /// Fails (usage) if the config has no exact law of the target, with the reason.
  static Result<FloorMaker> create(const Generator& generator, Split split, ScoreTarget target);

  /// Whether labels are scored where the family has them.
  static ScoreTarget natural_target(const Generator& generator, Split split);

  /// Replaces `floors` by the sequences first … first + count − 1.
  Result<void> make(std::uint64_t first, std::uint64_t count, Floors& floors,
                    const AtTarget& at_target = {});

 private:
  FloorMaker(const Generator& generator, Split split, ScoreTarget target,
             std::shared_ptr<Predictor> predictor)
      : generator_(&generator), split_(split), target_(target), predictor_(std::move(predictor)) {}
  Result<void> score(std::size_t sequence, Floors& floors, const AtTarget& at_target);

  const Generator* generator_;
  Split split_;
  ScoreTarget target_;
  std::shared_ptr<Predictor> predictor_;
};

}  // namespace synthgen
