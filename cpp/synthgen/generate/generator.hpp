#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/family.hpp"
#include "synthgen/generate/noise_layer.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Every problem of a config at once, beyond what reading it already refused: rules that tie
/// parameters together, and the family's own.
std::vector<Problem> check(const Config& config);

/// What a user should know about how a config is understood, one sentence each: which family was
/// chosen when none was named, which given keys that family does not use.
std::vector<std::string> notes(const Config& config);

/// The config with its family named, as the manifest has it: the keys that the family uses and
/// those that were given.
Json canonical_config(const Config& config);

/// Makes the sequences of one config. Sequence i of a split is a pure function of (config, seed,
/// split, i): any order, any range, any number of threads. Immutable, so threads share it.
class Generator {
 public:
  /// Fails (usage) with every problem of the config.
  static Result<Generator> create(const Config& config);

  const Config& config() const noexcept { return config_; }
  const FamilyEntry& family() const noexcept { return *entry_; }

  /// Appends the sequences first … first + count − 1 of a split to `batch`, with latents and
  /// `oracle_bits` if asked. Indices beyond the split's own count are as good as any.
  void generate(Split split, std::uint64_t first, std::uint64_t count, SequenceBatch& batch,
                bool with_latents = false) const;

  /// Closed-form expectations of this config.
  std::vector<Expectation> truth() const { return family_->truth(noise_->probability()); }

 private:
  Generator(Config config, const FamilyEntry& entry);
  void append(const Item& item, SequenceBatch& batch) const;
  void append_described(const Item& item, SequenceBatch& batch) const;

  Config config_;
  const FamilyEntry* entry_;
  std::unique_ptr<const Family> family_;
  std::unique_ptr<const NoiseLayer> noise_;
};

}  // namespace synthgen
