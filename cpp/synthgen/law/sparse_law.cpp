#include "synthgen/law/sparse_law.hpp"

#include "synthgen/law/predictor.hpp"

#include <algorithm>

namespace synthgen {
namespace {

double share_of_entropy(double probability) {
  return probability > 0 ? probability * bits_of(probability) : 0;
}

}  // namespace

void SparseLaw::clear() {
  spreads_.clear();
  single_.clear();
}

void SparseLaw::spread(const Band& band, double each) {
  spreads_.push_back({band, each});
}

void SparseLaw::set(std::uint32_t id, double probability) {
  single_[id] = probability;
}

void SparseLaw::add(std::uint32_t id, double probability) {
  single_[id] += probability;
}

double SparseLaw::probability(std::uint32_t id) const {
  if (const auto found = single_.find(id); found != single_.end()) return found->second;
  for (const Spread& spread : spreads_) {
    if (spread.band.contains(id)) return spread.each;
  }
  return 0;
}

void SparseLaw::fill(std::span<double> probabilities) const {
  std::fill(probabilities.begin(), probabilities.end(), 0.0);
  for (const auto& [band, each] : spreads_) {
    for (std::uint32_t i = 0; i < band.size; ++i) probabilities[band.first + i] = each;
  }
  for (const auto& [id, probability] : single_) probabilities[id] = probability;
}

double SparseLaw::entropy_bits() const {
  std::vector<double> singles;
  std::vector<std::uint32_t> left;
  for (const auto& [band, each] : spreads_) left.push_back(band.size);
  for (const auto& [id, probability] : single_) {
    singles.push_back(probability);
    for (std::size_t i = 0; i < spreads_.size(); ++i) left[i] -= spreads_[i].band.contains(id);
  }
  // In ascending order, so that the sum does not depend on the order of a hash table.
  std::sort(singles.begin(), singles.end());
  double bits = 0;
  for (const double probability : singles) bits += share_of_entropy(probability);
  for (std::size_t i = 0; i < spreads_.size(); ++i) {
    bits += left[i] * share_of_entropy(spreads_[i].each);
  }
  return bits;
}

}  // namespace synthgen
