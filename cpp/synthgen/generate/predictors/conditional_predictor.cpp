#include "synthgen/generate/predictors/conditional_predictor.hpp"

#include "synthgen/law/segment_filter.hpp"

#include <algorithm>
#include <map>
#include <memory>

namespace synthgen {
namespace {

/// Once the first token is seen its condition is known, and with it the laws of fresh tokens, of
/// segments and of the length.
class ConditionalPredictor final : public Predictor {
 public:
  ConditionalPredictor(const Condition& condition, const Content& content,
                       const PatternDecisions& decisions, const LengthLayer& lengths, double noise)
      : Predictor(content.size() + condition.count()),
        condition_(condition),
        content_(content),
        decisions_(decisions),
        lengths_(lengths),
        noise_(noise),
        filter_(noise) {}

  void reset() override {
    position_ = 0;
    chosen_.reset();
  }

  double probability(std::uint32_t id) const override {
    if (position_ == 0) return condition_.condition_of(id) ? 1.0 / condition_.count() : 0;
    return chosen_ && is_body(id) ? filter_.probability(content_.rank(id)) : 0;
  }

  double observe(std::uint32_t id) override {
    if (position_++ > 0) {
      if (!chosen_) return 0;
      if (is_body(id)) return filter_.observe(content_.rank(id));
      chosen_.reset();
      return 0;
    }
    chosen_ = condition_.condition_of(id);
    if (!chosen_) return 0;
    filter_.reset(fresh_law(*chosen_), tables(*chosen_));
    return 1.0 / condition_.count();
  }

  void law(std::span<double> probabilities) const override {
    std::fill_n(probabilities.begin(), vocab_size(), 0.0);
    if (position_ == 0) {
      for (std::uint32_t k = 0; k < condition_.count(); ++k) {
        probabilities[condition_.token(k)] = 1.0 / condition_.count();
      }
    }
    if (!chosen_) return;
    std::vector<double> by_rank(content_.size());
    filter_.law(by_rank);
    for (std::uint32_t rank = 0; rank < by_rank.size(); ++rank) {
      probabilities[content_.id(rank)] = by_rank[rank];
    }
  }

  double continuation() const override {
    if (position_ == 0) return 1;
    if (!chosen_) return 0;
    const double reaches = condition_.reaches(*chosen_, position_, lengths_);
    return reaches > 0 ? condition_.reaches(*chosen_, position_ + 1, lengths_) / reaches : 0;
  }

 private:
  bool is_body(std::uint32_t id) const { return id < vocab_size() && content_.is_content(id); }

  const FreshLaw& fresh_law(std::uint32_t condition) {
    const double weight = condition_.style().probability();
    const Band band = condition_.band(condition, content_.size());
    std::unique_ptr<const FreshLaw>& law = fresh_laws_[weight > 0 ? condition : 0];
    if (law == nullptr) {
      law = std::make_unique<FreshLaw>(content_.sampler(), noise_ > 0, band, weight);
    }
    return *law;
  }

  const SegmentTables& tables(std::uint32_t condition) {
    const std::optional<PatternDecisions::Steer> steer = condition_.pattern(condition, decisions_);
    const SpanKind type = steer ? steer->type : SpanKind::fresh;
    std::unique_ptr<const SegmentTables>& tables = tables_[type];
    if (tables == nullptr) {
      const std::uint32_t body = std::max(1U, lengths_.longest() - 1);
      tables = std::make_unique<SegmentTables>(decisions_.law(steer), body);
    }
    return *tables;
  }

  const Condition& condition_;
  const Content& content_;
  const PatternDecisions& decisions_;
  const LengthLayer& lengths_;
  double noise_;
  SegmentFilter filter_;
  std::map<std::uint32_t, std::unique_ptr<const FreshLaw>> fresh_laws_;  ///< by condition
  std::map<SpanKind, std::unique_ptr<const SegmentTables>> tables_;      ///< by steered type
  std::uint64_t position_ = 0;
  std::optional<std::uint32_t> chosen_;  ///< the condition; none after an impossible token
};

}  // namespace

MadePredictor conditional_predictor(const Condition& condition, const Content& content,
                                    const PatternDecisions& decisions, const LengthLayer& lengths,
                                    double noise) {
  const SegmentTables tables(decisions.law(), std::max(1U, lengths.longest() - 1));
  if (tables.is_too_large()) return no_law(tables.too_large());
  return std::make_unique<ConditionalPredictor>(condition, content, decisions, lengths, noise);
}

}  // namespace synthgen
