#include "synthgen/generate/structure/condition.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace synthgen {
namespace {

constexpr Substream condition_substream{16};
enum ConditionWord : std::uint64_t { condition_word, length_steer_word, theme_word };

bool lists(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::uint32_t> condition_tokens(const Config& config) {
  std::vector<std::uint32_t> tokens(config.condition_tokens.begin(), config.condition_tokens.end());
  const std::set<std::uint32_t> listed(tokens.begin(), tokens.end());
  for (std::uint32_t id = 0; tokens.size() < static_cast<std::size_t>(config.num_conditions);
       ++id) {
    if (!listed.contains(id)) tokens.push_back(id);
  }
  return tokens;
}

}  // namespace

Condition::Condition(const Config& config)
    : tokens_(condition_tokens(config)),
      strength_(config.condition_strength),
      controls_style_(lists(config.condition_controls, "style")),
      controls_pattern_(lists(config.condition_controls, "pattern")),
      controls_length_(lists(config.condition_controls, "length")) {}

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
  double steered = 0;
  for (std::uint32_t k = 0; k < count(); ++k) steered += steered_length(k, count(), lengths);
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
  for (const std::int64_t token : config.condition_tokens) {
    if (token >= config.vocab_size) {
      problems.push_back({"condition_tokens", std::to_string(token),
                          formatted("ids below vocab_size = {}", config.vocab_size)});
    }
  }
  return problems;
}

// For an id x of band b, P(x | k) = p(x)·c with c = (1 − ε)(σ/P(b) + 1 − σ) + ε where k = b and
// c' = (1 − ε)(1 − σ) + ε elsewhere, so the sum over ids collapses to one over bands. The ids of a
// band that is too rare to have any weight (zipf) are drawn for its own condition alone, so each
// such draw tells the condition.
double condition_information_bits(const Condition& condition, const TokenSampler& sampler,
                                  double style, double noise) {
  const double conditions = condition.count();
  double bits = 0;
  for (std::uint32_t k = 0; k < condition.count(); ++k) {
    const double mass = sampler.probability(condition.band(k, sampler.size()));
    if (mass == 0) {
      bits += (1 - noise) * style / conditions * std::log2(conditions);
      continue;
    }
    const double own = (1 - noise) * (style / mass + 1 - style) + noise;
    const double other = (1 - noise) * (1 - style) + noise;
    const double mean = (own + (conditions - 1) * other) / conditions;
    bits += mass / conditions * own * std::log2(own / mean);
    if (other > 0) bits += mass / conditions * (conditions - 1) * other * std::log2(other / mean);
  }
  return bits;
}

}  // namespace synthgen
