#pragma once

#include "synthgen/law/predictor.hpp"
#include "synthgen/law/scaled.hpp"

#include <memory>
#include <vector>

namespace synthgen {

/// A hypothesis of a mixture: a predictor and its probability before any token.
struct WeightedPredictor {
  double weight = 1;
  std::unique_ptr<Predictor> predictor = {};
};

/// Sequences that each follow one of several laws, chosen once: the mean of the components' laws by
/// their posterior probabilities, which count how likely each makes the tokens and the length so
/// far. Components may know fewer ids than the mixture.
class MixturePredictor final : public Predictor {
 public:
  MixturePredictor(std::uint32_t vocab_size, std::vector<WeightedPredictor> components);

  void reset() override;
  double probability(std::uint32_t id) const override;
  double observe(std::uint32_t id) override;
  void law(std::span<double> probabilities) const override;
  double continuation() const override;

  bool has_label_law() const override { return has_label_law_; }
  double scored() const override;
  double label_probability(std::uint32_t id) const override;
  void label_law(std::span<double> probabilities) const override;

 private:
  struct Component {
    Scaled prior;
    std::unique_ptr<Predictor> predictor;
    Scaled weight;  ///< joint probability of the component and the tokens so far
  };

  /// P(component | the tokens so far, there is a next token), or, for labels, that the last
  /// position is scored; all 0 where nothing is possible.
  std::vector<double> shares(double (Predictor::*chance)() const) const;
  /// The mean of a chance over components.
  double chance_of(double (Predictor::*chance)() const) const;
  template <class Value>
  double mean(double (Predictor::*chance)() const, const Value& value) const;
  void mean_law(double (Predictor::*chance)() const,
                void (Predictor::*own_law)(std::span<double>) const,
                std::span<double> probabilities) const;

  std::vector<Component> components_;
  bool has_label_law_ = false;
};

}  // namespace synthgen
