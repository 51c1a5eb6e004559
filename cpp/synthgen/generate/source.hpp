#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/generate/family.hpp"
#include "synthgen/generate/noise_layer.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace synthgen {

/// Makes whole sequences, noise included. Immutable, so threads share it.
class SequenceSource {
 public:
  virtual ~SequenceSource() = default;

  /// Appends one sequence to `batch`, with latents if asked.
  virtual Result<void> append(const Item& item, SequenceBatch& batch, bool with_latents) const = 0;

  /// Bounds on the lengths of its sequences.
  virtual LengthRange length_range() const = 0;

  /// Closed-form expectations.
  virtual std::vector<Expectation> truth() const = 0;

  /// Those that depend on the number of sequences, at least 1.
  virtual std::vector<Expectation> dataset_truth(std::uint64_t /*sequences*/) const { return {}; }

  /// As `Family::copy_chance`.
  virtual std::optional<double> copy_chance(std::uint64_t /*sequences*/) const { return {}; }
};

/// A family with the noise layer on top.
class LayeredSource final : public SequenceSource {
 public:
  LayeredSource(const Config& config, std::unique_ptr<const Family> family)
      : family_(std::move(family)), noise_(config, family_->content()) {}

  Result<void> append(const Item& item, SequenceBatch& batch, bool with_latents) const override;
  LengthRange length_range() const override { return family_->length_range(); }
  std::vector<Expectation> truth() const override { return family_->truth(noise_.probability()); }
  std::vector<Expectation> dataset_truth(std::uint64_t sequences) const override {
    return family_->dataset_truth(sequences);
  }
  std::optional<double> copy_chance(std::uint64_t sequences) const override {
    return family_->copy_chance(sequences);
  }

 private:
  void append_plain(const Item& item, SequenceBatch& batch) const;
  void append_described(const Item& item, SequenceBatch& batch) const;

  std::unique_ptr<const Family> family_;
  NoiseLayer noise_;
};

/// A family's line in the registry.
struct FamilyEntry {
  std::string_view name;
  std::string_view summary;  ///< one sentence
  std::string_view example;  ///< a few tokens that show the structure
  /// What is wrong with a config beyond the single parameters' ranges.
  std::vector<Problem> (*check)(const Config&);
  /// Makes the source of a config that was checked; null for custom generators.
  std::unique_ptr<const SequenceSource> (*make)(const Config&);
};

/// `FamilyEntry::make` for a class that is constructed from the config.
template <class ConcreteFamily>
std::unique_ptr<const SequenceSource> make_layered(const Config& config) {
  return std::make_unique<LayeredSource>(config, std::make_unique<ConcreteFamily>(config));
}

}  // namespace synthgen
