#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/sequence_batch.hpp"
#include "synthgen/generate/sequence_generator.hpp"
#include "synthgen/generate/source.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// Every problem of a config at once, beyond what reading it already refused: rules that tie
/// parameters together, the family's own, and those of the splits' overrides.
std::vector<Problem> check(const Config& config);

/// What a user should know about how a config is understood, one sentence each: which family was
/// chosen when none was named, which given keys that family does not use, padding that is also
/// content.
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

  /// A generator whose sequences come from code: `make` is called once for each split whose config
  /// differs. Fails (usage) also where `make` throws.
  static Result<Generator> create_custom(const Config& config, const CustomFactory& make);

  /// The same for a class that is derived from SequenceGenerator and made from a config.
  template <class Custom>
  static Result<Generator> create_custom(const Config& config) {
    return create_custom(config,
                         [](const Config& in_split) { return std::make_shared<Custom>(in_split); });
  }

  const Config& config() const noexcept { return config_; }

  /// The train split's custom generator; null when a family makes the sequences.
  const SequenceGenerator* custom() const noexcept { return custom_.get(); }

  /// Whether what it makes has labels.
  bool has_labels() const { return custom_ != nullptr && custom_->has_labels(); }

  /// Appends the sequences first … first + count − 1 of a split to `batch`, with latents and
  /// `oracle_bits` if asked. Indices beyond the split's own count are as good as any. Only custom
  /// generators fail (data), naming the sequence; `batch` then holds the ones before it.
  Result<void> generate(Split split, std::uint64_t first, std::uint64_t count, SequenceBatch& batch,
                        bool with_latents = false) const;

  /// Bounds on the lengths of a split's sequences.
  LengthRange length_range(Split split) const { return source(split).length_range(); }

  /// Closed-form expectations for a split.
  std::vector<Expectation> truth(Split split = Split::train) const { return source(split).truth(); }

  /// How many sequences of each split were measured together.
  using SequenceCounts = std::array<std::uint64_t, all_splits.size()>;

  /// Closed-form expectations for what so many sequences of each split show together: means over
  /// sequences and lengths, and what depends on the number of sequences. Empty without sequences.
  std::vector<Expectation> dataset_truth(const SequenceCounts& sequences) const;

  /// A split that has sequences, where all that have some are made alike; else none.
  std::optional<Split> common_split(const SequenceCounts& sequences) const;

  /// The probability that a sequence made as those of the split is among so many of them; none
  /// where no closed form is known.
  std::optional<double> copy_chance(Split split, std::uint64_t sequences) const {
    return source(split).copy_chance(sequences);
  }

 private:
  using MakeSource = std::function<std::shared_ptr<const SequenceSource>(const Config&)>;

  Generator() = default;
  static Result<Generator> create(const Config& config, const MakeSource& make);
  const SequenceSource& source(Split split) const {
    return *sources_[static_cast<std::size_t>(split)];
  }

  Config config_;
  std::shared_ptr<const SequenceGenerator> custom_;
  std::array<std::shared_ptr<const SequenceSource>, all_splits.size()> sources_;
};

}  // namespace synthgen
