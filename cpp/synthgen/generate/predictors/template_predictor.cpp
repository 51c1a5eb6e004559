#include "synthgen/generate/predictors/template_predictor.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/law/alternation_posterior.hpp"
#include "synthgen/law/evidence.hpp"
#include "synthgen/law/mixture_predictor.hpp"

#include <algorithm>
#include <memory>

namespace synthgen {
namespace {

using SlotKind = TemplateSlot::Kind;

/// What the pattern of a round may be.
struct PatternHypothesis {
  enum class Type : std::uint8_t { repetition, alternation, progression, reversal };
  Type type;
  std::uint32_t period = 0;
  double prior = 0;
};

/// The pattern slot that a pattern slot derives from: itself if it is fresh.
std::uint32_t origin(const PatternHypothesis& pattern, std::uint32_t index, std::uint32_t count) {
  switch (pattern.type) {
    case PatternHypothesis::Type::repetition:
      return index % pattern.period;
    case PatternHypothesis::Type::alternation:
      return index % 2;
    case PatternHypothesis::Type::progression:
      return 0;
    default:
      return index < (count + 1) / 2 ? index : count - 1 - index;
  }
}

std::vector<PatternHypothesis> pattern_hypotheses(const SegmentLaw& law, std::uint32_t count) {
  using Type = PatternHypothesis::Type;
  std::vector<PatternHypothesis> hypotheses;
  const std::uint32_t longest_period = std::max(3U, count / 2);
  for (std::uint32_t period = 3; period <= longest_period && law.repetition > 0; ++period) {
    hypotheses.push_back({Type::repetition, period, law.repetition / (longest_period - 2)});
  }
  if (law.alternation > 0) hypotheses.push_back({Type::alternation, 0, law.alternation});
  if (law.progression > 0) hypotheses.push_back({Type::progression, 0, law.progression});
  if (law.reversal > 0) hypotheses.push_back({Type::reversal, 0, law.reversal});
  return hypotheses;
}

/// Sequences that follow one template, round by round if it cycles. Tokens of a round that show the
/// same source, as copies or by the round's pattern, tell about one another; rounds do not.
class OneTemplatePredictor final : public Predictor {
 public:
  OneTemplatePredictor(const Template& form, const TemplateLaw& law,
                       std::shared_ptr<const FreshLaw> fresh)
      : Predictor(law.sampler.size()),
        form_(form),
        law_(law),
        fresh_(std::move(fresh)),
        pattern_count_(static_cast<std::uint32_t>(form.pattern_slots.size())),
        patterns_(pattern_hypotheses(law.patterns, pattern_count_)),
        pair_(*fresh_) {
    for (std::uint32_t i = 0; i < form.slots.size(); ++i) {
      const TemplateSlot& slot = form.slots[i];
      roots_.push_back(slot.kind == SlotKind::copy ? roots_[slot.source] : i);
    }
    pattern_index_.resize(form.slots.size());
    for (std::uint32_t j = 0; j < pattern_count_; ++j) pattern_index_[form.pattern_slots[j]] = j;
    reset();
  }

  void reset() override {
    position_ = 0;
    possible_ = true;
    begin_round();
  }

  double probability(std::uint32_t id) const override {
    if (!possible_ || id >= vocab_size() || slot() >= form_.slots.size()) return 0;
    if (root().kind != SlotKind::pattern) return noisy(unpatterned(id), id);
    Scaled sum;
    Scaled all;
    for (std::size_t h = 0; h < patterns_.size(); ++h) {
      if (weights_[h].is_zero()) continue;
      all += weights_[h];
      sum += weights_[h] * noisy(patterned(patterns_[h], id), id);
    }
    return all.is_zero() ? 0 : sum / all;
  }

  double observe(std::uint32_t id) override {
    const double p = probability(id);
    possible_ = p > 0;
    ++position_;
    if (!possible_) return p;
    if (root().kind == SlotKind::pattern) {
      for (std::size_t h = 0; h < patterns_.size(); ++h) {
        if (!weights_[h].is_zero()) weights_[h] *= noisy(patterned(patterns_[h], id), id);
      }
    }
    shown_.push_back(id);
    if (law_.cycles && shown_.size() == form_.slots.size()) begin_round();
    return p;
  }

  double continuation() const override {
    return slot() < form_.slots.size() ? law_.lengths.continues(position_) : 0;
  }

 private:
  void begin_round() {
    shown_.clear();
    weights_.clear();
    for (const PatternHypothesis& pattern : patterns_) weights_.emplace_back(pattern.prior);
  }

  /// The slot of the next token.
  std::size_t slot() const { return shown_.size(); }
  /// The slot that it is a copy of; itself for most.
  const TemplateSlot& root() const { return form_.slots[roots_[slot()]]; }

  double noisy(double clean, std::uint32_t id) const {
    return (1 - law_.noise) * clean + law_.noise * fresh_->content(id);
  }
  double odds(std::uint32_t id) const { return copy_odds(law_.noise, fresh_->content(id)); }

  /// The law of a source by itself.
  double prior(const TemplateSlot& source, std::uint32_t id) const {
    switch (source.kind) {
      case SlotKind::token:
        return id == source.ids.first ? 1 : 0;
      case SlotKind::range:
        return source.ids.contains(id) ? 1.0 / source.ids.size : 0;
      default:
        return fresh_->fresh(id);
    }
  }

  /// The clean law of a token outside of the pattern.
  double unpatterned(std::uint32_t id) const {
    const std::uint32_t source = roots_[slot()];
    if (source == slot() || root().kind == SlotKind::token) return prior(root(), id);
    if (law_.noise == 0) return id == shown_[source] ? 1 : 0;
    posterior_.clear();
    for (std::uint32_t i = source; i < slot(); ++i) {
      if (roots_[i] != source) continue;
      posterior_.add(shown_[i], odds(shown_[i]), prior(root(), shown_[i]));
    }
    return posterior_.probability(id, prior(root(), id));
  }

  /// The clean law of a token of the pattern, if that is the hypothesis.
  double patterned(const PatternHypothesis& pattern, std::uint32_t id) const {
    using Type = PatternHypothesis::Type;
    const std::uint32_t index = pattern_index_[roots_[slot()]];
    if (law_.noise == 0) return patterned_clean(pattern, index, id);
    if (pattern.type == Type::alternation) {
      pair_.clear(id);
    } else {
      posterior_.clear();
    }
    const bool progresses = pattern.type == Type::progression;
    const std::uint32_t own = origin(pattern, index, pattern_count_);
    for (std::uint32_t i = 0; i < slot(); ++i) {
      if (form_.slots[roots_[i]].kind != SlotKind::pattern) continue;
      const std::uint32_t other_index = pattern_index_[roots_[i]];
      const std::uint32_t other = origin(pattern, other_index, pattern_count_);
      const double each_odds = odds(shown_[i]);
      if (pattern.type == Type::alternation) {
        other == own ? pair_.add_this(shown_[i], each_odds) : pair_.add_other(shown_[i], each_odds);
      } else if (other == own) {
        const std::uint32_t value = progresses ? earlier(shown_[i], other_index) : shown_[i];
        posterior_.add(value, each_odds, fresh_->fresh(value));
      }
    }
    if (pattern.type == Type::alternation) return own == 0 ? pair_.as_first() : pair_.as_second();
    const std::uint32_t value = progresses ? earlier(id, index) : id;
    return posterior_.probability(value, fresh_->fresh(value));
  }

  double patterned_clean(const PatternHypothesis& pattern, std::uint32_t index,
                         std::uint32_t id) const {
    using Type = PatternHypothesis::Type;
    const std::uint32_t own_slot = form_.pattern_slots[index];
    if (own_slot < slot()) return id == shown_[own_slot] ? 1 : 0;  // a copy of it
    const std::uint32_t source = origin(pattern, index, pattern_count_);
    if (source != index) {
      const std::uint32_t value = shown_[form_.pattern_slots[source]];
      return id == (pattern.type == Type::progression ? later(value, index) : value) ? 1 : 0;
    }
    if (pattern.type == Type::alternation && index == 1) {
      return fresh_->other(id, shown_[form_.pattern_slots[0]]);
    }
    return fresh_->fresh(id);
  }

  std::uint32_t later(std::uint32_t rank, std::uint32_t steps) const {
    return static_cast<std::uint32_t>((std::uint64_t{rank} + steps) % vocab_size());
  }
  std::uint32_t earlier(std::uint32_t rank, std::uint32_t steps) const {
    return later(rank, vocab_size() - steps % vocab_size());
  }

  const Template& form_;
  TemplateLaw law_;
  std::shared_ptr<const FreshLaw> fresh_;
  std::uint32_t pattern_count_;
  std::vector<PatternHypothesis> patterns_;
  std::vector<std::uint32_t> roots_;          ///< for each slot
  std::vector<std::uint32_t> pattern_index_;  ///< for each slot that is a PATTERN slot

  std::uint64_t position_ = 0;
  bool possible_ = true;
  std::vector<std::uint32_t> shown_;  ///< the tokens of the round
  std::vector<Scaled> weights_;       ///< of each pattern, with the round's tokens
  mutable SourcePosterior posterior_;
  mutable AlternationPosterior pair_;
};

}  // namespace

MadePredictor template_predictor(const std::vector<Template>& templates,
                                 const WeightedChoice& choice, const TemplateLaw& law) {
  constexpr std::uint64_t most_work = std::uint64_t{1} << 22;
  const auto fresh = std::make_shared<const FreshLaw>(law.sampler, law.noise > 0);
  std::vector<WeightedPredictor> components;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    if (choice.probability(i) == 0) continue;
    const std::uint64_t slots = templates[i].pattern_slots.size();
    if (slots * (slots / 2 + 3) > most_work) {
      return no_law(
          formatted("templates[{}] has {} PATTERN slots, too many to weigh every pattern "
                    "for each token",
                    i, slots));
    }
    components.push_back(
        {choice.probability(i), std::make_unique<OneTemplatePredictor>(templates[i], law, fresh)});
  }
  return std::make_unique<MixturePredictor>(law.sampler.size(), std::move(components));
}

}  // namespace synthgen
