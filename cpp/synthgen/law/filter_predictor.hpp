#pragma once

#include "synthgen/law/forward_filter.hpp"
#include "synthgen/law/length_law.hpp"
#include "synthgen/law/predictor.hpp"

namespace synthgen {

/// Tokens that are the symbols of a finite source: symbol i is id i.
class FilterPredictor final : public Predictor {
 public:
  /// `source` must outlive it.
  FilterPredictor(std::uint32_t vocab_size, const FiniteSource& source, LengthLaw lengths)
      : Predictor(vocab_size), symbols_(source.symbols()), filter_(source), lengths_(lengths) {}

  void reset() override {
    filter_.reset();
    position_ = 0;
  }

  double probability(std::uint32_t id) const override {
    return id < symbols_ ? filter_.probability(id) : 0;
  }

  double observe(std::uint32_t id) override {
    ++position_;
    if (id < symbols_) return filter_.observe(id);
    filter_.give_up();
    return 0;
  }

  double continuation() const override { return lengths_.continues(position_); }

 private:
  std::uint32_t symbols_;
  ForwardFilter filter_;
  LengthLaw lengths_;
  std::uint64_t position_ = 0;
};

}  // namespace synthgen
