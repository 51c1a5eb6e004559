#include "synthgen/law/segment_filter.hpp"

#include <algorithm>

namespace synthgen {
namespace {

// The order of a beginning's hypotheses: these, then repetitions by period, reversals by length.
enum : std::uint32_t {
  fresh_hypothesis,
  alternation_hypothesis,
  progression_hypothesis,
  first_repetition
};

}  // namespace

void SegmentFilter::reset(const FreshLaw& fresh, const SegmentTables& tables) {
  fresh_ = &fresh;
  tables_ = &tables;
  tokens_.clear();
  beginnings_.clear();
  weights_.clear();
  free_.clear();
  const std::uint32_t ages = tables.ages();
  factors_.alternation.resize(ages);
  factors_.progression.resize(ages);
  factors_.mirrored.resize(ages);
  rounds_.clear();
  std::size_t rounds = 0;
  for (std::uint32_t period = SegmentTables::first_period;
       period < SegmentTables::first_period + tables.periods(); ++period) {
    rounds_.push_back(rounds);
    rounds += (ages - 1) / period;
  }
  factors_.repetition.resize(rounds);
  alternation_.emplace(fresh);
  begin(1);
}

void SegmentFilter::begin(const Scaled& weight) {
  std::size_t place = weights_.size();
  if (free_.empty()) {
    weights_.resize(place + tables_->hypotheses());
  } else {
    place = free_.back();
    free_.pop_back();
  }
  std::fill_n(weights_.begin() + static_cast<std::ptrdiff_t>(place), tables_->hypotheses(), weight);
  beginnings_.push_back({position(), place});
}

std::uint32_t SegmentFilter::reach() const noexcept {
  return std::min(position(), tables_->ages() - 1);
}

std::uint32_t SegmentFilter::later(std::uint32_t rank, std::uint32_t steps) const noexcept {
  const std::uint32_t size = fresh_->size();
  const std::uint32_t sum = rank + (steps < size ? steps : steps % size);  // below 2^32
  return sum < size ? sum : sum - size;
}

std::uint32_t SegmentFilter::earlier(std::uint32_t rank, std::uint32_t steps) const noexcept {
  const std::uint32_t size = fresh_->size();
  return later(rank, size - (steps < size ? steps : steps % size));
}

SegmentFilter::Token SegmentFilter::token(std::uint32_t rank) const noexcept {
  const double fresh = fresh_->fresh(rank);
  const double content = fresh_->content(rank);
  return {rank, fresh, content, noisy(fresh, content), noise_ > 0 ? copy_odds(noise_, content) : 0};
}

template <class Each>
void SegmentFilter::for_hypotheses(std::uint32_t age, const Each& each) const {
  const SegmentTables& tables = *tables_;
  const double fresh = factors_.fresh;
  each(fresh_hypothesis, fresh, tables.fresh_alive(age), tables.fresh_ends(age + 1));
  if (tables.has_alternation()) {
    each(alternation_hypothesis, age == 0 ? fresh : factors_.alternation[age],
         tables.alternation_alive(age), tables.alternation_ends(age + 1));
  }
  if (tables.has_progression()) {
    each(progression_hypothesis, age == 0 ? fresh : factors_.progression[age],
         tables.progression_alive(age), tables.progression_ends(age + 1));
  }
  for (std::uint32_t i = 0; i < tables.periods(); ++i) {
    const std::uint32_t period = SegmentTables::first_period + i;
    const double alive = tables.repetition_alive(period, age);
    if (alive == 0) break;  // longer periods need longer segments
    each(first_repetition + i,
         age < period ? fresh : factors_.repetition[rounds_[i] + age / period - 1], alive,
         tables.repetition_ends(period, age + 1));
  }
  const std::uint32_t first_length = std::max(tables.first_reversal(), age + 1);
  const std::uint32_t end_length = tables.first_reversal() + tables.reversals();
  const std::uint32_t first_reversal = first_repetition + tables.periods();
  const double reversal = tables.reversal();
  for (std::uint32_t length = first_length; length < end_length; ++length) {
    each(first_reversal + length - tables.first_reversal(),
         age < (length + 1) / 2 ? fresh : factors_.mirrored[2 * age + 1 - length], reversal,
         length == age + 1 ? reversal : 0);
  }
}

double SegmentFilter::probability(std::uint32_t rank) const {
  if (position() >= tables_->horizon()) return 0;
  find_factors(token(rank));
  ScaledSum before;
  ScaledSum after;
  for (const Beginning& beginning : beginnings_) {
    const Scaled* const weights = weights_.data() + beginning.weights;
    for_hypotheses(position() - beginning.start,
                   [&](std::uint32_t hypothesis, double factor, double alive, double /*ends*/) {
                     if (weights[hypothesis].is_zero()) return;
                     before.add(weights[hypothesis], alive);
                     after.add(weights[hypothesis], alive * factor);
                   });
  }
  const Scaled norm = before.total();
  return norm.is_zero() ? 0 : after.total() / norm;
}

double SegmentFilter::observe(std::uint32_t rank) {
  if (position() >= tables_->horizon()) return 0;
  const Token next = token(rank);
  find_factors(next);
  ScaledSum before;
  ScaledSum after;
  ScaledSum ended;
  for (const Beginning& beginning : beginnings_) {
    Scaled* const weights = weights_.data() + beginning.weights;
    for_hypotheses(position() - beginning.start,
                   [&](std::uint32_t hypothesis, double factor, double alive, double ends) {
                     Scaled& weight = weights[hypothesis];
                     if (weight.is_zero()) return;
                     before.add(weight, alive);
                     weight *= factor;
                     after.add(weight, alive);
                     ended.add(weight, ends);
                   });
  }
  tokens_.push_back(next);
  const std::uint32_t longest = tables_->longest();
  if (!beginnings_.empty() && position() - beginnings_.front().start == longest) {
    free_.push_back(beginnings_.front().weights);
    beginnings_.erase(beginnings_.begin());
  }
  if (!ended.total().is_zero() && position() < tables_->horizon()) begin(ended.total());
  const Scaled norm = before.total();
  return norm.is_zero() ? 0 : after.total() / norm;
}

void SegmentFilter::find_factors(const Token& next) const {
  factors_.fresh = next.shown;
  if (noise_ == 0) return find_clean_factors(next);
  if (tables_->reversals() > 0) find_noisy_mirrors(next);
  if (tables_->periods() > 0) find_noisy_repetitions(next);
  if (tables_->has_progression()) find_noisy_progressions(next);
  if (tables_->has_alternation()) find_noisy_alternations(next);
}

/// Without noise all copies of a class are equal, so the nearest one says what the next is.
void SegmentFilter::find_clean_factors(const Token& next) const {
  for (std::uint32_t distance = 1; distance <= reach(); ++distance) {
    const std::uint32_t shown = back(distance).rank;
    factors_.mirrored[distance] = shown == next.rank ? 1 : 0;
    factors_.alternation[distance] =
        distance == 1 ? fresh_->other(next.rank, shown) : factors_.mirrored[2];
    factors_.progression[distance] = later(back(1).rank, 1) == next.rank ? 1 : 0;
  }
  for (std::uint32_t i = 0; i < tables_->periods(); ++i) {
    const std::uint32_t period = SegmentTables::first_period + i;
    for (std::uint32_t round = 1; round * period <= reach(); ++round) {
      factors_.repetition[rounds_[i] + round - 1] = factors_.mirrored[period];
    }
  }
}

/// A class of two: P(source = x | z shown) = P(x)·P(z shown | source x)/P(z shown).
void SegmentFilter::find_noisy_mirrors(const Token& next) const {
  for (std::uint32_t distance = 1; distance <= reach(); ++distance) {
    const Token& shown = back(distance);
    const double likelihood = noisy(shown.rank == next.rank ? 1 : 0, shown.content);
    const double source = shown.shown > 0 ? next.fresh * likelihood / shown.shown : 0;
    factors_.mirrored[distance] = noisy(source, next.content);
  }
}

void SegmentFilter::find_noisy_repetitions(const Token& next) const {
  for (std::uint32_t i = 0; i < tables_->periods(); ++i) {
    const std::uint32_t period = SegmentTables::first_period + i;
    source_.clear();
    for (std::uint32_t round = 1; round * period <= reach(); ++round) {
      const Token& shown = back(round * period);
      source_.add(shown.rank, shown.odds, shown.fresh);
      factors_.repetition[rounds_[i] + round - 1] =
          noisy(source_.probability(next.rank, next.fresh), next.content);
    }
  }
}

/// All of a progression is one class, whose values are told by what they would show next. Where it
/// began decides which fresh token that would have been.
void SegmentFilter::find_noisy_progressions(const Token& next) const {
  progression_.clear();
  for (std::uint32_t age = 1; age <= reach(); ++age) {
    progression_.add(later(back(age).rank, age), back(age).odds);
    Scaled norm = 1;
    for (const Evidence::Entry& entry : progression_.entries()) {
      norm += entry.gain * fresh_->fresh(earlier(entry.value, age));
    }
    const double prior = fresh_->fresh(earlier(next.rank, age));
    const double source = progression_.ratio(next.rank) * prior / norm;
    factors_.progression[age] = noisy(source, next.content);
  }
}

void SegmentFilter::find_noisy_alternations(const Token& next) const {
  alternation_->clear(next.rank);
  for (std::uint32_t age = 1; age <= reach(); ++age) {
    const Token& shown = back(age);
    const bool same_parity = age % 2 == 0;  // then the next token shows the segment's first one
    if (same_parity) {
      alternation_->add_this(shown.rank, shown.odds);
    } else {
      alternation_->add_other(shown.rank, shown.odds);
    }
    factors_.alternation[age] =
        noisy(same_parity ? alternation_->as_first() : alternation_->as_second(), next.content);
  }
}

void SegmentFilter::law(std::span<double> probabilities) const {
  const std::uint32_t size = fresh_->size();
  if (!fresh_->is_uniform()) {
    for (std::uint32_t rank = 0; rank < size; ++rank) probabilities[rank] = probability(rank);
    return;
  }
  // Ranks of a kind differ only where the tokens so far have shown or lead to one, or where a
  // progression can have begun on the other side of a border of the band.
  const Band& band = fresh_->band();
  std::vector<std::uint32_t> special;
  for (std::uint32_t distance = 1; distance <= reach(); ++distance) {
    special.push_back(back(distance).rank);
    if (!tables_->has_progression()) continue;
    special.push_back(later(back(distance).rank, distance));
    if (band.size == 0 || band.size == size) continue;
    special.push_back(later(band.first, distance - 1));
    special.push_back(later(later(band.first, band.size), distance - 1));
  }
  std::sort(special.begin(), special.end());
  const auto fill = [&](std::uint32_t first, std::uint32_t end) {
    std::uint32_t plain = first;
    while (plain < end && std::binary_search(special.begin(), special.end(), plain)) ++plain;
    if (plain == end) return;
    std::fill(probabilities.begin() + first, probabilities.begin() + end, probability(plain));
  };
  fill(0, band.first);
  fill(band.first, band.first + band.size);
  fill(band.first + band.size, size);
  for (const std::uint32_t rank : special) probabilities[rank] = probability(rank);
}

}  // namespace synthgen
