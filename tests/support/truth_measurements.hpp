#pragma once

#include "synthgen/generate/generator.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/content_law.hpp"
#include "support/reference_chain.hpp"
#include "support/reference_measures.hpp"
#include "support/statistical.hpp"

// What sequences show of the expectations that `Generator::truth` states, each measured from tokens
// and latents alone.

namespace synthgen::testing {

/// What a measurement sees of one sequence.
struct Seen {
  const Config& config;
  const ContentLaw& law;
  std::span<const std::uint32_t> tokens;
  const Latents& latents;
};

/// What a sequence adds to a rate: how often, out of how often. The expectation of a name is
/// E[count] / E[out_of]; a mean over sequences counts out of 1.
struct Part {
  double count = 0;
  double out_of = 1;
};

/// What a sequence adds that cannot be: nothing agrees with it.
inline constexpr Part impossible{std::numeric_limits<double>::infinity(), 1};

inline Part of_positions(double count, const Seen& seen) {
  return {count, static_cast<double>(seen.tokens.size())};
}

inline bool is_pattern(const Span& span) {
  return span.kind >= SpanKind::repetition && span.kind <= SpanKind::reversal;
}

/// Tokens in spans of the kinds that `counts` picks.
template <class Counts>
double covered_by(const Seen& seen, const Counts& counts) {
  double covered = 0;
  for (const Span& span : seen.latents.spans) covered += counts(span) ? span.length : 0;
  return covered;
}

/// The length that sequences of a condition have in the mean.
inline double mean_length(const Config& config, std::uint32_t condition) {
  const LengthLayer lengths(config);
  const auto& controls = config.condition_controls;
  if (std::find(controls.begin(), controls.end(), "length") == controls.end()) {
    return lengths.mean();
  }
  const std::int64_t steps = std::max<std::int64_t>(1, config.num_conditions - 1);
  const std::int64_t range = lengths.longest() - lengths.shortest();
  const auto steered = static_cast<double>(lengths.shortest() + range * condition / steps);
  return config.condition_strength * steered + (1 - config.condition_strength) * lengths.mean();
}

/// Σ log2 P(x | condition) / P(x) over the tokens of fresh segments, with
/// P(x | k) = (1 − ε)[σ p(x | band k) + (1 − σ) p(x)] + ε p(x). Conditions count alike, however
/// many tokens their lengths give them; none where one has no tokens at all.
inline std::optional<Part> information(const Seen& seen) {
  const auto conditions = static_cast<std::uint32_t>(seen.config.num_conditions);
  const auto& controls = seen.config.condition_controls;
  const bool styled = std::find(controls.begin(), controls.end(), "style") != controls.end();
  const double noise = seen.config.noise_probability;
  const double style = styled ? seen.config.condition_strength : 0;
  const Band ids{0, seen.law.size()};
  if (mean_length(seen.config, 0) == 1) return std::nullopt;
  const double weight = 1 / (mean_length(seen.config, *seen.latents.condition) - 1);
  Part part{0, 0};
  for (const Span& span : seen.latents.spans) {
    if (span.kind != SpanKind::fresh) continue;
    for (std::uint32_t t = span.start; t < span.start + span.length; ++t) {
      if (!seen.law.is_content(seen.tokens[t])) return impossible;
      const std::uint32_t rank = seen.law.rank(seen.tokens[t]);
      std::uint32_t band = 0;
      while (!ids.part(band, conditions).contains(rank)) ++band;
      const double other = ((1 - noise) * (1 - style) + noise) * seen.law.probability(rank);
      const double own =
          other + (1 - noise) * style * seen.law.probability(rank, ids.part(band, conditions));
      const double mean = (own + (conditions - 1) * other) / conditions;
      part.count += weight * std::log2((band == *seen.latents.condition ? own : other) / mean);
      part.out_of += weight;
    }
  }
  return part;
}

inline const Span& first_query(const Seen& seen) {
  const auto& spans = seen.latents.spans;
  return *std::find_if(spans.begin(), spans.end(),
                       [](const Span& span) { return span.kind == SpanKind::query; });
}

/// Whether a query asks for the key at the beginning of the sequence, however often that returned.
inline bool asks_for_first_key(const Span& query, const Seen& seen) {
  std::uint32_t start = *query.source;
  for (;;) {
    const auto& spans = seen.latents.spans;
    const auto key = std::find_if(spans.begin(), spans.end(),
                                  [&](const Span& span) { return span.start == start; });
    if (!key->source) return start == 0;
    start = *key->source;
  }
}

/// What a sequence shows of one expectation; none when it shows nothing.
using Measurement = std::function<std::optional<Part>(const Seen&)>;

/// The measurement of each expectation's name. A family's own expectations come here with theirs.
inline const std::map<std::string, Measurement> measurements{
    {"avg_length",
     [](const Seen& seen) { return std::optional(Part{static_cast<double>(seen.tokens.size())}); }},
    {"noise_rate",
     [](const Seen& seen) {
       return std::optional(of_positions(static_cast<double>(seen.latents.noise.size()), seen));
     }},
    {"content_entropy_bits",
     [](const Seen& seen) -> std::optional<Part> {
       // A noisy token is a content draw in every family.
       if (seen.latents.noise.empty()) return std::nullopt;
       Part part{0, 0};
       for (const std::uint32_t t : seen.latents.noise) {
         if (!seen.law.is_content(seen.tokens[t])) return impossible;
         part.count -= std::log2(seen.law.probability(seen.law.rank(seen.tokens[t])));
         part.out_of += 1;
       }
       return part;
     }},
    {"local_coherence",
     [](const Seen& seen) -> std::optional<Part> {
       if (seen.tokens.size() < 2) return std::nullopt;
       double equal = 0;
       for (std::size_t t = 1; t < seen.tokens.size(); ++t) {
         equal += seen.tokens[t] == seen.tokens[t - 1] ? 1 : 0;
       }
       return Part{equal / static_cast<double>(seen.tokens.size() - 1)};
     }},
    {"average_entropy",
     [](const Seen& seen) { return std::optional(Part{reference_entropy(seen.tokens)}); }},
    {"global_coherence",
     [](const Seen& seen) {
       std::map<std::uint32_t, double> counts;
       double largest = 0;
       for (const std::uint32_t token : seen.tokens) largest = std::max(largest, ++counts[token]);
       return std::optional(Part{largest / static_cast<double>(seen.tokens.size())});
     }},
    {"pattern_share",
     [](const Seen& seen) {
       return std::optional(of_positions(covered_by(seen, is_pattern), seen));
     }},
    {"successor_rate",
     [](const Seen& seen) {
       const auto is_successor = [](const Span& span) { return span.kind == SpanKind::successor; };
       return std::optional(of_positions(covered_by(seen, is_successor), seen));
     }},
    {"theme_share",
     [](const Seen& seen) {
       const std::uint32_t ids = seen.law.size();
       const Band theme = Band{0, ids}.part(*seen.latents.theme, std::min(4U, ids));
       double inside = 0;
       for (const std::uint32_t token : seen.tokens) inside += theme.contains(token) ? 1 : 0;
       return std::optional(of_positions(inside, seen));
     }},
    {"query_share",
     [](const Seen& seen) {
       const auto is_query = [](const Span& span) { return span.kind == SpanKind::query; };
       return std::optional(of_positions(covered_by(seen, is_query), seen));
     }},
    {"oracle_bits_per_token",
     [](const Seen& seen) { return std::optional(of_positions(*seen.latents.oracle_bits, seen)); }},
    {"different_keys",
     [](const Seen& seen) {
       double different = 0;
       for (const Span& span : seen.latents.spans) {
         different += span.kind == SpanKind::key && !span.source ? 1 : 0;
       }
       return std::optional(Part{different});
     }},
    {"first_key_in_first_slot",
     [](const Seen& seen) {
       const Span& query = first_query(seen);
       std::uint32_t context_end = 0;
       for (const Span& span : seen.latents.spans) {
         if (span.kind == SpanKind::value) context_end = span.start + span.length;
       }
       return std::optional(
           Part{query.start == context_end && asks_for_first_key(query, seen) ? 1.0 : 0.0});
     }},
    {"first_key_asked_first",
     [](const Seen& seen) {
       return std::optional(Part{asks_for_first_key(first_query(seen), seen) ? 1.0 : 0.0});
     }},
    {"condition_information_bits", information},
    {"oracle_bits_per_token",
     [](const Seen& seen) {
       return std::optional(
           Part{seen.latents.oracle_bits.value_or(-1), static_cast<double>(seen.tokens.size())});
     }},
    {"predictive_bits_per_token",
     [](const Seen& seen) {
       const double noise =
           std::floor(seen.config.noise_probability * 4294967296.0 + 0.5) / 4294967296.0;
       // The law of a config that was just asked for is kept: a batch has one config.
       static thread_local std::string last;
       static thread_local std::optional<ReferenceMachine> machine;
       static thread_local std::optional<ReferenceChain> chain;
       const bool is_hmm = family_of(seen.config).name == "hmm";
       const std::string now = to_text(canonical_config(seen.config));
       if (now != last) {
         machine.reset();
         chain.reset();
         if (is_hmm) {
           machine = reference_machine(seen.config);
         } else {
           chain = reference_chain(seen.config);
         }
         last = now;
       }
       const double bits = is_hmm ? reference_predictive_bits(*machine, noise, seen.tokens)
                                  : reference_predictive_bits(*chain, noise, seen.tokens);
       return std::optional(Part{bits, static_cast<double>(seen.tokens.size())});
     }},
    {"condition_pattern_share",
     [](const Seen& seen) {
       const auto& types = seen.config.pattern_types;
       Part part{0, 0};
       for (const Span& span : seen.latents.spans) {
         if (!is_pattern(span)) continue;
         part.out_of += 1;
         part.count += name(span.kind) == types[*seen.latents.condition % types.size()] ? 1 : 0;
       }
       return std::optional(part);
     }},
};

/// Expectations of the process that no finite sequence shows; they have tests of their own, against
/// known values.
inline const std::set<std::string, std::less<>> limits_of_processes{
    "entropy_rate_bits", "excess_entropy_bits", "statistical_complexity_bits"};

/// One expectation against what a batch shows of it.
struct Comparison {
  std::string name;
  ::testing::AssertionResult agrees;
  /// Whether sequences differed in it, so that their variance gave the bound.
  bool is_statistical = false;
};

/// The surplus of each sequence over what is expected decides: its mean is 0 within the bounds of
/// `has_mean`, and exactly 0 where it is the same in all sequences. Shown by too few sequences, an
/// expectation is left out.
inline std::optional<Comparison> compared(const Expectation& expectation, const Config& config,
                                          const ContentLaw& law, const SequenceBatch& batch) {
  constexpr std::size_t fewest = 100;
  const auto measurement = measurements.find(expectation.name);
  if (measurement == measurements.end()) {
    return Comparison{expectation.name, ::testing::AssertionFailure() << "is never measured"};
  }
  std::vector<double> surplus;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto part = measurement->second({config, law, batch.content(i), batch.latents[i]});
    if (part) surplus.push_back(part->count - expectation.value * part->out_of);
  }
  if (surplus.empty()) return std::nullopt;
  for (const double each : surplus) {
    if (std::isfinite(each)) continue;
    return Comparison{expectation.name, ::testing::AssertionFailure()
                                            << "a sequence shows what cannot be"};
  }
  const auto [least, most] = std::minmax_element(surplus.begin(), surplus.end());
  if (*most - *least < 1e-6) {  // nothing about it is random
    if (std::fabs(*most) < 1e-6) return Comparison{expectation.name, ::testing::AssertionSuccess()};
    return Comparison{expectation.name, ::testing::AssertionFailure()
                                            << "each sequence has " << *most << " more"};
  }
  if (surplus.size() < fewest) return std::nullopt;
  return Comparison{expectation.name, has_mean(surplus, 0), true};
}

/// Every expectation against what a batch with latents shows.
inline std::vector<Comparison> compared(const Config& config, const std::vector<Expectation>& truth,
                                        const SequenceBatch& batch) {
  const ContentLaw law(config);
  std::vector<Comparison> comparisons;
  for (const Expectation& expectation : truth) {
    if (limits_of_processes.contains(expectation.name)) continue;
    const auto comparison = compared(expectation, config, law, batch);
    if (comparison) comparisons.push_back(*comparison);
  }
  return comparisons;
}

/// The value of an expectation.
inline double expected(const std::vector<Expectation>& truth, std::string_view name) {
  for (const Expectation& expectation : truth) {
    if (expectation.name == name) return expectation.value;
  }
  ADD_FAILURE() << "no expectation " << name;
  return 0;
}

/// Whether a batch shows what a generator promises under one name.
inline ::testing::AssertionResult shows(const SequenceBatch& batch, const Generator& promise,
                                        std::string_view name) {
  for (const Comparison& comparison : compared(promise.config(), promise.truth(), batch)) {
    if (comparison.name == name) return comparison.agrees;
  }
  ADD_FAILURE() << name << " is not compared";
  return ::testing::AssertionFailure();
}

}  // namespace synthgen::testing
