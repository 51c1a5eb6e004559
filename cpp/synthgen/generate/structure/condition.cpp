#include "synthgen/generate/structure/condition.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace synthgen {
namespace {

constexpr Substream condition_substream{16};
enum ConditionWord : std::uint64_t { condition_word, length_steer_word, theme_word };

bool lists(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The sum of ⌊k·numerator/denominator⌋ over k = 0 … count − 1, without going through them.
std::uint64_t floor_sum(std::uint64_t count, std::uint64_t numerator, std::uint64_t denominator) {
  std::uint64_t sum = 0;
  std::uint64_t offset = 0;
  for (;;) {
    sum += count * (count - 1) / 2 * (numerator / denominator);
    numerator %= denominator;
    sum += count * (offset / denominator);
    offset %= denominator;
    const std::uint64_t last = numerator * count + offset;
    if (last < denominator) return sum;
    count = last / denominator;
    offset = last % denominator;
    std::swap(numerator, denominator);
  }
}

}  // namespace

Condition::Condition(const Config& config)
    : count_(static_cast<std::uint32_t>(config.num_conditions)),
      listed_(config.condition_tokens.begin(), config.condition_tokens.end()),
      rank_above_(listed_),
      strength_(config.condition_strength),
      controls_style_(lists(config.condition_controls, "style")),
      controls_pattern_(lists(config.condition_controls, "pattern")),
      controls_length_(lists(config.condition_controls, "length")) {
  std::sort(rank_above_.begin(), rank_above_.end());
  for (std::uint32_t i = 0; i < rank_above_.size(); ++i) rank_above_[i] -= i;
}

std::uint32_t Condition::unlisted(std::uint32_t rank) const noexcept {
  const auto above = std::upper_bound(rank_above_.begin(), rank_above_.end(), rank);
  return rank + static_cast<std::uint32_t>(above - rank_above_.begin());
}

std::uint32_t Condition::token(std::uint32_t condition) const noexcept {
  const auto listed = static_cast<std::uint32_t>(listed_.size());
  return condition < listed ? listed_[condition] : unlisted(condition - listed);
}

std::optional<std::uint32_t> Condition::condition_of(std::uint32_t id) const noexcept {
  const auto listed = std::find(listed_.begin(), listed_.end(), id);
  if (listed != listed_.end()) return static_cast<std::uint32_t>(listed - listed_.begin());
  const auto below = std::count_if(listed_.begin(), listed_.end(),
                                   [&](std::uint32_t other) { return other < id; });
  const auto condition =
      static_cast<std::uint32_t>(listed_.size()) + id - static_cast<std::uint32_t>(below);
  if (condition >= count_) return std::nullopt;
  return condition;
}

ReservedIds Condition::reserved() const {
  const auto listed = static_cast<std::uint32_t>(listed_.size());
  const std::uint32_t below = count_ > listed ? unlisted(count_ - listed - 1) + 1 : 0;
  std::vector<std::uint32_t> others = listed_;
  std::erase_if(others, [&](std::uint32_t id) { return id < below; });
  return {std::move(others), below};
}

std::uint32_t Condition::draw(const Item& item) const noexcept {
  const WordStream words(item, condition_substream);
  return Bounded(count()).draw(words, condition_word);
}

std::uint32_t Condition::steered_length(std::uint32_t condition, std::uint32_t count,
                                        const LengthLayer& lengths) noexcept {
  const std::uint64_t range = lengths.longest() - lengths.shortest();
  return lengths.shortest() +
         static_cast<std::uint32_t>(range * condition / std::max(1U, count - 1));
}

std::optional<std::uint32_t> Condition::length(const Item& item,
                                               const LengthLayer& lengths) const noexcept {
  if (!controls_length(lengths)) return std::nullopt;
  if (!strength_.holds(WordStream(item, condition_substream).word(length_steer_word)))
    return std::nullopt;
  return steered_length(draw(item), count(), lengths);
}

double Condition::mean_length(const LengthLayer& lengths) const noexcept {
  if (!controls_length(lengths)) return lengths.mean();
  const std::uint64_t range = lengths.longest() - lengths.shortest();
  const double steered = static_cast<double>(std::uint64_t{count()} * lengths.shortest() +
                                             floor_sum(count(), range, std::max(1U, count() - 1)));
  const double strength = strength_.probability();
  return strength * steered / count() + (1 - strength) * lengths.mean();
}

double Condition::reaches(std::uint32_t condition, std::uint64_t t,
                          const LengthLayer& lengths) const noexcept {
  const double unsteered = lengths.law().reaches(t);
  if (!controls_length(lengths)) return unsteered;
  const double steered = steered_length(condition, count(), lengths) >= t ? 1 : 0;
  const double strength = strength_.probability();
  return strength * steered + (1 - strength) * unsteered;
}

std::optional<std::uint32_t> Condition::theme(const Item& item, std::uint32_t condition,
                                              std::uint32_t themes) const noexcept {
  if (!controls_style_ ||
      !strength_.holds(WordStream(item, condition_substream).word(theme_word))) {
    return std::nullopt;
  }
  return condition % themes;
}

std::optional<PatternDecisions::Steer> Condition::pattern(
    std::uint32_t condition, const PatternDecisions& decisions) const noexcept {
  if (!controls_pattern_) return std::nullopt;
  return PatternDecisions::Steer{strength_,
                                 decisions.types()[condition % decisions.types().size()]};
}

PositionLaw condition_law(const Condition& condition) {
  PositionLaw law;
  law.kind = PositionLaw::Kind::choice;
  law.band = {0, condition.count()};
  return law;
}

std::vector<Problem> check_condition(const Config& config) {
  std::vector<Problem> problems;
  if (std::int64_t most = config.vocab_size / 2; config.num_conditions > most) {
    problems.push_back({"num_conditions", std::to_string(config.num_conditions),
                        formatted("at most {}: with vocab_size {}, every condition needs a token "
                                  "of its own and a content id",
                                  most, config.vocab_size)});
  } else if (config.vocab_size - config.num_conditions < 2 &&
             lists(config.pattern_types, "alternation")) {
    problems.push_back({"pattern_types",
                        {},
                        formatted("no alternation: with vocab_size {} and num_conditions {} there "
                                  "is one content id, and alternation needs two",
                                  config.vocab_size, config.num_conditions)});
  }
  if (static_cast<std::int64_t>(config.condition_tokens.size()) > config.num_conditions) {
    problems.push_back({"condition_tokens", formatted("{} ids", config.condition_tokens.size()),
                        formatted("at most num_conditions = {} ids", config.num_conditions)});
  }
  constexpr std::size_t most_problems = 100;
  for (const std::int64_t token : config.condition_tokens) {
    if (token >= config.vocab_size && problems.size() < most_problems) {
      problems.push_back({"condition_tokens", std::to_string(token),
                          formatted("ids below vocab_size = {}", config.vocab_size)});
    }
  }
  return problems;
}

// For an id x of band b, P(x | k) = p(x)·c with c = (1 − ε)(σ/P(b) + 1 − σ) + ε where k = b and
// c' = (1 − ε)(1 − σ) + ε elsewhere, so the sum over ids collapses to one over bands. The ids of a
// band that is too rare to have any weight (zipf) are drawn for its own condition alone, so each
// such draw reveals the condition.
double condition_information_bits(const Condition& condition, const TokenSampler& sampler,
                                  double style, double noise) {
  const double conditions = condition.count();
  const auto information = [&](const Band& band) {
    const double mass = sampler.probability(band);
    if (mass == 0) return (1 - noise) * style / conditions * std::log2(conditions);
    const double own = (1 - noise) * (style / mass + 1 - style) + noise;
    const double other = (1 - noise) * (1 - style) + noise;
    const double mean = (own + (conditions - 1) * other) / conditions;
    double bits = mass / conditions * own * std::log2(own / mean);
    if (other > 0) bits += mass / conditions * (conditions - 1) * other * std::log2(other / mean);
    return bits;
  };
  constexpr std::uint32_t most_one_by_one = 1U << 16;
  if (sampler.is_uniform() && condition.count() > most_one_by_one) {
    // Uniform bands of one size are alike, and there are two sizes.
    const std::uint32_t size = sampler.size() / condition.count();
    const std::uint32_t larger = sampler.size() % condition.count();
    return (conditions - larger) * information({0, size}) + larger * information({0, size + 1});
  }
  double bits = 0;
  for (std::uint32_t k = 0; k < condition.count(); ++k) {
    bits += information(condition.band(k, sampler.size()));
  }
  return bits;
}

}  // namespace synthgen
