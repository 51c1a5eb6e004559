#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/generate/family.hpp"
#include "synthgen/generate/layers/noise_layer.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

namespace synthgen {

class SequenceGenerator;

/// Makes whole sequences, noise included. Immutable, so threads share it.
class SequenceSource {
 public:
  virtual ~SequenceSource() = default;

  /// Appends one sequence to `batch`, with latents if asked.
  virtual Result<void> append(const Item& item, SequenceBatch& batch, bool with_latents) const = 0;

  /// Bounds on the lengths of its sequences.
  virtual LengthRange length_range() const = 0;

  /// Whether its sequences have a label for each token.
  virtual bool has_labels() const { return false; }

  /// Closed-form expectations.
  virtual std::vector<Expectation> truth() const = 0;

  /// As `Family::clean_kinds`.
  virtual std::vector<KindShare> clean_kinds() const { return {}; }

  /// Those that depend on the number of sequences, at least 1.
  virtual std::vector<Expectation> dataset_truth(std::uint64_t /*sequences*/) const { return {}; }

  /// As `Family::lag_equality`.
  virtual std::vector<double> lag_equality() const { return {}; }

  /// As `Family::copy_chance`.
  virtual std::optional<double> copy_chance(std::uint64_t /*sequences*/) const { return {}; }

  /// As `Family::predictor`.
  virtual MadePredictor predictor() const {
    return no_law("the sequences come from code, whose law is not known");
  }

  /// The custom generator that makes the sequences; null when a family does.
  virtual const SequenceGenerator* custom() const { return nullptr; }
};

/// A family with the noise layer on top.
class LayeredSource final : public SequenceSource {
 public:
  LayeredSource(const Config& config, std::unique_ptr<const Family> family)
      : family_(std::move(family)), noise_(config, family_->content()) {}

  Result<void> append(const Item& item, SequenceBatch& batch, bool with_latents) const override;
  LengthRange length_range() const override { return family_->length_range(); }
  bool has_labels() const override { return family_->has_labels(); }
  std::vector<Expectation> truth() const override { return family_->truth(noise_.probability()); }
  std::vector<KindShare> clean_kinds() const override { return family_->clean_kinds(); }
  std::vector<Expectation> dataset_truth(std::uint64_t sequences) const override {
    return family_->dataset_truth(sequences);
  }
  std::vector<double> lag_equality() const override {
    return family_->lag_equality(noise_.probability());
  }
  std::optional<double> copy_chance(std::uint64_t sequences) const override {
    return family_->copy_chance(sequences);
  }
  MadePredictor predictor() const override { return family_->predictor(noise_.probability()); }

 private:
  std::unique_ptr<const Family> family_;
  NoiseLayer noise_;
};

/// A config that was checked: `build` makes its source. What takes memory or time in proportion to
/// a number in the config, such as a table of ids, is made there, and checking makes none of it.
struct SourcePlan {
  /// Takes the config that was checked.
  std::function<std::unique_ptr<const SequenceSource>(const Config&)> build;
  std::uint64_t table_bytes = 0;  ///< about how much memory its tables take
};

/// The plan of a config's source, or every problem that the config has beyond its parameters'
/// ranges.
using MadeSource = Result<SourcePlan>;

/// A family's own description, from which help, schema, forms and checks follow.
struct FamilyEntry {
  std::string_view name;
  std::string_view summary;  ///< one sentence
  std::string_view example;  ///< a few tokens that show the structure
  /// The parameters that it uses beyond those of every family, which are those that no family
  /// lists. A key belongs to the first family of the registry that lists it.
  std::span<const std::string_view> keys;
  /// Null for a research task: see tasks.hpp.
  MadeSource (*make)(const Config&);
  /// A config that names no family means the one with the largest claim among those whose keys it
  /// has; `composed` where several claim the same. A family with a claim below 0 must be named.
  int claim = 0;
  /// Parameters of every family that this one takes at their defaults only.
  std::span<const std::string_view> untaken = {};
};

/// About how much memory the tables of a config's content distribution take while they are made.
std::uint64_t content_table_bytes(const Config& config) noexcept;

/// The plan for a family's class, made from the config and what else its constructor takes.
template <class ConcreteFamily, class... Arguments>
MadeSource layered(const Config& config, Arguments&&... arguments) {
  const auto build = [values = std::make_tuple(std::forward<Arguments>(arguments)...)](
                         const Config& checked) -> std::unique_ptr<const SequenceSource> {
    return std::apply(
        [&](const auto&... each) {
          return std::make_unique<LayeredSource>(
              checked, std::make_unique<ConcreteFamily>(checked, each...));
        },
        values);
  };
  return SourcePlan{build, content_table_bytes(config)};
}

/// `FamilyEntry::make` for a class that every config can construct.
template <class ConcreteFamily>
MadeSource make_layered(const Config& config) {
  return layered<ConcreteFamily>(config);
}

}  // namespace synthgen
