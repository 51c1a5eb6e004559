#include "synthgen/law/mixture_predictor.hpp"

#include <algorithm>

namespace synthgen {

MixturePredictor::MixturePredictor(std::uint32_t vocab_size,
                                   std::vector<WeightedPredictor> components)
    : Predictor(vocab_size) {
  for (WeightedPredictor& component : components) {
    if (component.weight == 0) continue;
    has_label_law_ = has_label_law_ || component.predictor->has_label_law();
    components_.push_back({component.weight, std::move(component.predictor), component.weight});
  }
}

void MixturePredictor::reset() {
  for (Component& component : components_) {
    component.predictor->reset();
    component.weight = component.prior;
  }
}

std::vector<double> MixturePredictor::shares(double (Predictor::*chance)() const) const {
  Scaled sum;
  std::vector<Scaled> weights;
  for (const Component& component : components_) {
    const bool possible = !component.weight.is_zero();
    weights.push_back(possible ? component.weight * (component.predictor.get()->*chance)()
                               : Scaled());
    sum += weights.back();
  }
  std::vector<double> shares;
  for (const Scaled& weight : weights) shares.push_back(sum.is_zero() ? 0 : weight / sum);
  return shares;
}

template <class Value>
double MixturePredictor::mean(double (Predictor::*chance)() const, const Value& value) const {
  const std::vector<double> weights = shares(chance);
  double mean = 0;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    if (weights[i] > 0) mean += weights[i] * value(*components_[i].predictor);
  }
  return mean;
}

double MixturePredictor::probability(std::uint32_t id) const {
  return mean(&Predictor::continuation,
              [&](const Predictor& component) { return component.probability(id); });
}

double MixturePredictor::observe(std::uint32_t id) {
  const std::vector<double> weights = shares(&Predictor::continuation);
  double probability = 0;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    Component& component = components_[i];
    if (weights[i] == 0) {
      component.weight = {};
      continue;
    }
    component.weight *= component.predictor->continuation();
    const double own = component.predictor->observe(id);
    component.weight *= own;
    probability += weights[i] * own;
  }
  return probability;
}

void MixturePredictor::mean_law(double (Predictor::*chance)() const,
                                void (Predictor::*own_law)(std::span<double>) const,
                                std::span<double> probabilities) const {
  const std::vector<double> weights = shares(chance);
  std::fill_n(probabilities.begin(), vocab_size(), 0.0);
  std::vector<double> own;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    if (weights[i] == 0) continue;
    const Predictor& component = *components_[i].predictor;
    own.resize(component.vocab_size());
    (component.*own_law)(own);
    for (std::size_t id = 0; id < own.size(); ++id) probabilities[id] += weights[i] * own[id];
  }
}

void MixturePredictor::law(std::span<double> probabilities) const {
  mean_law(&Predictor::continuation, &Predictor::law, probabilities);
}

double MixturePredictor::chance_of(double (Predictor::*chance)() const) const {
  Scaled all;
  Scaled holds;
  for (const Component& component : components_) {
    if (component.weight.is_zero()) continue;
    all += component.weight;
    holds += component.weight * (component.predictor.get()->*chance)();
  }
  return all.is_zero() ? 0 : holds / all;
}

double MixturePredictor::continuation() const {
  return chance_of(&Predictor::continuation);
}

double MixturePredictor::scored() const {
  return chance_of(&Predictor::scored);
}

double MixturePredictor::label_probability(std::uint32_t id) const {
  return mean(&Predictor::scored,
              [&](const Predictor& component) { return component.label_probability(id); });
}

void MixturePredictor::label_law(std::span<double> probabilities) const {
  mean_law(&Predictor::scored, &Predictor::label_law, probabilities);
}

}  // namespace synthgen
