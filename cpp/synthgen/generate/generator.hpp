#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/predictive.hpp"
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

/// About how much memory the tables of a config take while its generator is made; 0 for a config
/// that is wrong.
std::uint64_t table_bytes(const Config& config);

/// What a user should know about how a config is understood, one sentence each: which family was
/// chosen if none was named, which given keys that family does not use, padding that is also
/// content, tables of more than 1 GiB.
std::vector<std::string> notes(const Config& config);

/// The config with its family named, as in the manifest: the keys that the family uses and those
/// that were given.
Json canonical_config(const Config& config);

/// What every sequence of a split keeps to.
struct SplitLimits {
  LengthRange lengths;
  std::uint64_t vocab_size = 0;  ///< ids are below it; padding may be any id

  friend bool operator==(const SplitLimits&, const SplitLimits&) = default;
};

/// Makes the sequences of one config. Sequence i of a split is a pure function of (config, seed,
/// split, i): any order, any range, any number of threads. Immutable, so threads share it.
class Generator {
 public:
  /// Fails (usage) with every problem of the config.
  static Result<Generator> create(const Config& config);

  /// A generator whose sequences come from code: `make` is called once for the config and once for
  /// each split that overrides it. Fails (usage) also where `make` throws.
  static Result<Generator> create_custom(const Config& config, const CustomFactory& make);

  /// The same for a class that is derived from SequenceGenerator and made from a config.
  template <class Custom>
  static Result<Generator> create_custom(const Config& config) {
    return create_custom(config,
                         [](const Config& in_split) { return std::make_shared<Custom>(in_split); });
  }

  const Config& config() const noexcept { return config_; }

  /// The config of a split: the config with that split's overrides.
  const Config& config(Split split) const noexcept {
    return configs_[static_cast<std::size_t>(split)];
  }

  /// The train split's custom generator; null when a family makes the sequences.
  const SequenceGenerator* custom() const noexcept { return source(Split::train).custom(); }

  /// Whether the sequences of some split have labels.
  bool has_labels() const;

  /// Appends the sequences first … first + count − 1 of a split to `batch`, with latents and
  /// `oracle_bits` if asked. Indices beyond the split's own count are as good as any. Only custom
  /// generators fail (data), naming the sequence; `batch` then holds the ones before it.
  Result<void> generate(Split split, std::uint64_t first, std::uint64_t count, SequenceBatch& batch,
                        bool with_latents = false) const;

  /// Bounds on the lengths of a split's sequences.
  LengthRange length_range(Split split) const { return source(split).length_range(); }

  /// What validation holds a split's sequences to.
  SplitLimits limits(Split split) const {
    return {length_range(split), static_cast<std::uint64_t>(config(split).vocab_size)};
  }

  /// For each lag d = 1 … 64 the expected share of equal tokens at that distance in a split; see
  /// `Family::lag_equality`.
  std::vector<double> lag_equality(Split split) const { return source(split).lag_equality(); }

  /// Closed-form expectations for a split.
  std::vector<Expectation> truth(Split split = Split::train) const { return source(split).truth(); }

  /// The share of positions that each kind of token should have in a split, noise included, as far
  /// as it is known in closed form. `truth` is the split's, which takes longer to compute.
  std::vector<KindShare> kind_shares(Split split, const std::vector<Expectation>& truth) const;

  /// How many sequences of each split were measured together.
  using SequenceCounts = std::array<std::uint64_t, all_splits.size()>;

  /// Closed-form expectations for what so many sequences of each split show together: means over
  /// sequences and lengths, and what depends on the number of sequences. Empty without sequences.
  std::vector<Expectation> dataset_truth(const SequenceCounts& sequences) const;

  /// A split with sequences if all splits with sequences are made alike; else none.
  std::optional<Split> common_split(const SequenceCounts& sequences) const;

  /// The probability that a sequence made as those of the split is among so many of them; none
  /// where no closed form is known.
  std::optional<double> copy_chance(Split split, std::uint64_t sequences) const {
    return source(split).copy_chance(sequences);
  }

  /// The exact law of a split's sequences, or (usage) the reason why its config has none. Each
  /// thread needs a predictor of its own; the sequences' generator lives as long as its predictors.
  Result<std::shared_ptr<Predictor>> predictor(Split split = Split::train) const;

  /// Fills `predictive` of a batch of a split's sequences: what each token costs by the exact law,
  /// or the law at each token. Where `of_labels`, that of the labels: no number, or a
  /// law of zeros, where none is scored. Padding has 0. Fails (usage) where there is no such law.
  Result<void> predict(Split split, Predictive what, bool of_labels, SequenceBatch& batch) const;

 private:
  using Source = std::shared_ptr<const SequenceSource>;
  /// What makes a split's source; it may fail, where code makes it.
  struct Plan {
    std::function<Result<Source>(const Config&)> build;
    std::uint64_t table_bytes = 0;
  };
  using MakePlan = std::function<Result<Plan>(const Config&)>;
  /// The plan of all splits, and those of splits that override something.
  struct Planned;
  friend std::vector<Problem> check(const Config& config);
  friend std::uint64_t table_bytes(const Config& config);

  Generator() = default;
  static Result<Plan> plan_of(const Config& config);
  static Result<Planned> plan(const Config& config, const MakePlan& make);
  static Result<Generator> build(const Config& config, const Result<Planned>& planned);
  const SequenceSource& source(Split split) const noexcept {
    return *sources_[static_cast<std::size_t>(split)];
  }

  Config config_;
  std::array<Config, all_splits.size()> configs_;
  std::array<Source, all_splits.size()> sources_;
};

}  // namespace synthgen
