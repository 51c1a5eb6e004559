#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/expectation.hpp"
#include "synthgen/generate/layers/content.hpp"
#include "synthgen/generate/layers/latents.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/generate/layers/oracle.hpp"
#include "synthgen/law/predictor.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// One sequence in the making: what a family writes.
struct Draft {
  std::span<std::uint32_t> tokens;  ///< to be filled; its size is the sequence's length
  Latents* latents = nullptr;       ///< to be described, unless null
  std::span<PositionLaw> laws;      ///< one for each token when latents are wanted, else empty
  /// One for each token if the family has labels, else empty: `ignored_label` until the family sets
  /// ids.
  std::span<std::int64_t> labels = {};

  /// Positions first … first + count − 1 of the laws; empty when there are none.
  std::span<PositionLaw> laws_of(std::size_t first, std::size_t count) const {
    return laws.empty() ? laws : laws.subspan(first, count);
  }
};

/// A generator family, made for one config: content and structure of sequences, before noise.
/// Immutable, so threads share it.
class Family {
 public:
  /// `reserved` ids are not content.
  explicit Family(const Config& config, ReservedIds reserved = {})
      : content_(config, std::move(reserved)), lengths_(config) {}
  virtual ~Family() = default;
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;

  /// Tokens in that sequence, at least 1.
  virtual std::uint32_t length(const Item& item) const { return lengths_.draw(item); }

  /// Bounds on the lengths of its sequences.
  virtual LengthRange length_range() const { return lengths_.range(); }

  /// Writes content and structure of that sequence: ids before `first_content()`, ranks among the
  /// content ids from there on. Labels are ids everywhere. Returns the number of tokens before
  /// padding.
  virtual std::size_t write(const Item& item, Draft& draft) const = 0;

  /// Adds the latents that follow from the finished tokens, noise included, to those that `write`
  /// described.
  virtual void infer(std::span<const std::uint32_t> /*tokens*/, Latents& /*latents*/) const {}

  /// The first position that holds content; noise leaves the ones before it alone.
  virtual std::size_t first_content() const { return 0; }

  /// Whether its sequences have a label for each token.
  virtual bool has_labels() const { return false; }

  /// Whether noise may replace labelled tokens: those with a label, and those after one that are
  /// equal to it, which are its answer.
  virtual bool has_noisy_labels() const { return false; }

  /// What measurements are expected to show; `noise` is the rounded noise probability.
  virtual std::vector<Expectation> truth(double noise) const = 0;

  /// The shares of positions that kinds of tokens have before noise, as far as they are known.
  virtual std::vector<KindShare> clean_kinds() const { return {}; }

  /// What measurements of so many sequences together, at least 1, are expected to show: those that
  /// depend on how many there are.
  virtual std::vector<Expectation> dataset_truth(std::uint64_t /*sequences*/) const { return {}; }

  /// For each lag d = 1 … 64 the expected share of pairs x_t, x_{t+d} with equal tokens, over the
  /// pairs of all sequences together; NaN where no sequence is longer than d. Empty where no closed
  /// form is known.
  virtual std::vector<double> lag_equality(double /*noise*/) const { return {}; }

  /// The probability that a further sequence is among `sequences` others; none where no closed form
  /// is known.
  virtual std::optional<double> copy_chance(std::uint64_t /*sequences*/) const { return {}; }

  /// The exact law of its sequences, noise included, or the reason why this config has none (see
  /// `no_law`). `noise` is the rounded noise probability. A predictor may refer to the family.
  virtual MadePredictor predictor(double /*noise*/) const {
    return no_law("this family has no closed form for it");
  }

  const Content& content() const noexcept { return content_; }
  const LengthLayer& lengths() const noexcept { return lengths_; }

 private:
  Content content_;
  LengthLayer lengths_;
};

}  // namespace synthgen
