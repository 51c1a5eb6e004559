#include "synthgen/law/segment_law.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::uint64_t most_hypotheses = std::uint64_t{1} << 22;

std::uint32_t last_period_of(std::uint32_t length) noexcept {
  return std::max(SegmentTables::first_period, length / 2);
}

}  // namespace

SegmentTables::SegmentTables(const SegmentLaw& law, std::uint32_t horizon)
    : law_(law),
      horizon_(horizon),
      ages_(std::min(law.longest, horizon)),
      one_length_(1.0 / (law.longest - law.shortest + 1)),
      repetition_(law.pattern_probability * law.repetition),
      alternation_(law.pattern_probability * law.alternation),
      progression_(law.pattern_probability * law.progression),
      reversal_(law.pattern_probability * law.reversal) {
  // A period shows from its second round on, a reversal from its second half on.
  const std::uint32_t visible_periods = std::min(last_period_of(law.longest) + 1, horizon);
  periods_ = repetition_ > 0 && visible_periods > first_period ? visible_periods - first_period : 0;
  const std::uint32_t visible_length = std::min(law.longest, 2 * (ages_ - 1));
  reversals_ =
      reversal_ > 0 && visible_length >= law.shortest ? visible_length - law.shortest + 1 : 0;

  for (std::uint32_t length = law.shortest; length <= law.longest; ++length) {
    one_period_.push_back(one_length_ / (last_period_of(length) - first_period + 1));
  }
  one_period_from_ = one_period_;
  for (std::size_t i = one_period_.size() - 1; i-- > 0;) {
    one_period_from_[i] += one_period_from_[i + 1];
  }

  // Lengths of a reversal that never shows, and of a period that never does.
  const std::uint32_t first_hidden = law.shortest + reversals_;
  const auto hidden_periods = [&](std::uint32_t length) {
    const std::uint32_t last = last_period_of(length);
    return repetition_ > 0 && last >= first_period + periods_ ? last - first_period - periods_ + 1
                                                              : 0;
  };
  const auto of_length = [&](std::uint32_t length) {
    double probability = (1 - law.pattern_probability) * one_length_;
    if (length >= first_hidden) probability += reversal_ * one_length_;
    return probability + repetition_ * hidden_periods(length) * one_period_[length - law.shortest];
  };
  fresh_alive_.resize(ages_);
  fresh_ends_.resize(ages_ + 1);
  double longer = 0;
  for (std::uint32_t length = law.longest; length > 0; --length) {
    const double here = length >= law.shortest ? of_length(length) : 0;
    if (length <= ages_) fresh_ends_[length] = here;
    longer += here;
    if (length <= ages_) fresh_alive_[length - 1] = longer;
  }
}

bool SegmentTables::is_too_large() const noexcept {
  return std::uint64_t{beginnings()} * hypotheses() > most_hypotheses;
}

std::string SegmentTables::too_large() const {
  return formatted(
      "with segments of up to {} tokens it would have to weigh {} hypotheses for each token, and "
      "{} "
      "is the limit; a smaller pattern_length needs fewer",
      law_.longest, std::uint64_t{beginnings()} * hypotheses(), most_hypotheses);
}

double SegmentTables::alive(std::uint32_t age) const noexcept {
  return age < law_.shortest ? 1 : (law_.longest - age) * one_length_;
}

double SegmentTables::ends(std::uint32_t age) const noexcept {
  return age >= law_.shortest && age <= law_.longest ? one_length_ : 0;
}

double SegmentTables::repetition_alive(std::uint32_t period, std::uint32_t age) const noexcept {
  const std::uint32_t length = std::max({age + 1, shortest_with(period), law_.shortest});
  return length > law_.longest ? 0 : repetition_ * one_period_from_[length - law_.shortest];
}

double SegmentTables::repetition_ends(std::uint32_t period, std::uint32_t age) const noexcept {
  if (age < std::max(shortest_with(period), law_.shortest) || age > law_.longest) return 0;
  return repetition_ * one_period_[age - law_.shortest];
}

}  // namespace synthgen
