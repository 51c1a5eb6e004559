#include "synthgen/generate/layers/patterns.hpp"
#include "synthgen/generate/predictors/template_predictor.hpp"
#include "synthgen/generate/source.hpp"
#include "synthgen/generate/structure/template_plan.hpp"
#include "synthgen/random/weighted_choice.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace synthgen {
namespace {

constexpr Substream template_substream{20};

WeightedChoice choice_among(const std::vector<Template>& templates) {
  std::vector<double> weights;
  for (const Template& candidate : templates) weights.push_back(candidate.weight);
  return WeightedChoice(weights);
}

/// Sequences spelled by templates: fixed tokens, fresh ones, and slots that together hold a
/// pattern.
class TemplateFamily final : public Family {
 public:
  explicit TemplateFamily(const Config& config)
      : Family(config),
        fill_(config.template_fill),
        pad_token_(static_cast<std::uint32_t>(config.pad_token)),
        decisions_(config),
        templates_(expand_templates(config.templates, config.vocab_size)),
        plans_(templates_.begin(), templates_.end()),
        choice_(choice_among(templates_)) {}

  std::uint32_t length(const Item& item) const override {
    const std::uint32_t room = Family::length(item);
    if (fill_ != "natural") return room;
    return static_cast<std::uint32_t>(std::min<std::size_t>(room, chosen(item).slots.size()));
  }

  LengthRange length_range() const override {
    LengthRange range = lengths().range();
    if (fill_ == "cycle") return range;
    std::uint64_t longest = 0;
    for (const Template& form : templates_) {
      range.shortest = std::min<std::uint64_t>(range.shortest, form.slots.size());
      longest = std::max<std::uint64_t>(longest, form.slots.size());
    }
    if (fill_ == "natural") range.longest = std::min(range.longest, longest);
    return range;
  }

  std::size_t write(const Item& item, Draft& draft) const override {
    const Template& form = chosen(item);
    const std::size_t size = form.slots.size();
    const std::size_t room = draft.tokens.size();
    const std::size_t end = fill_ == "cycle" ? room : std::min(room, size);
    const auto index = static_cast<std::size_t>(&form - templates_.data());
    Rounds rounds(form, plans_[index], item, content().sampler());
    if (rounds.plan.draws) rounds.fresh.fill(0, draft.tokens.first(end));
    const auto tokens = draft.tokens.first(end);
    const auto each_round = [&](std::size_t slot, const auto& write_slot) {
      for (std::size_t t = slot; t < end; t += size) write_slot(t);
    };
    for (const TemplatePlan::Literal& literal : rounds.plan.literals) {
      each_round(literal.slot, [&](std::size_t t) { tokens[t] = literal.id; });
    }
    std::uint64_t cycle = 0;
    for (std::size_t start = 0; start < end; start += size, ++cycle) {
      for (const auto& [slot, ids] : rounds.plan.ranges) {
        if (start + slot >= end) break;
        tokens[start + slot] = ids.first + Bounded(ids.size).draw(rounds.words, start + slot);
      }
      write_pattern(rounds, start, std::min(size, end - start), cycle, draft);
    }
    for (const TemplatePlan::Copy& copy : rounds.plan.copies) {
      each_round(copy.slot,
                 [&](std::size_t t) { tokens[t] = tokens[t - copy.slot + copy.source]; });
    }
    std::fill(draft.tokens.begin() + static_cast<std::ptrdiff_t>(end), draft.tokens.end(),
              pad_token_);
    for (PositionLaw& law : draft.laws_of(end, room - end)) law.kind = PositionLaw::Kind::padding;
    if (draft.latents != nullptr) {
      draft.latents->template_index = static_cast<std::uint32_t>(index);
    }
    return end;
  }

  std::vector<Expectation> truth(double noise) const override {
    const TokenSampler& sampler = content().sampler();
    const ParameterKeys length_moves = joined_keys({length_keys(), {"templates", "template_fill"}});
    if (fill_ == "cycle") {
      return common_truth(
          sampler, {.noise = noise, .length = lengths().mean(), .length_depends_on = length_moves});
    }
    // Both min(size, L) and its mean over lengths L are exact sums.
    double measured = 0;
    for (std::size_t i = 0; i < templates_.size(); ++i) {
      measured += choice_.probability(i) * mean_shorter(templates_[i].slots.size());
    }
    std::vector<Expectation> expectations = common_truth(
        sampler, {.noise = noise, .length = measured, .length_depends_on = length_moves});
    expectations.front().formula = "mean of min(template's length, sequence's length)";
    return expectations;
  }

  MadePredictor predictor(double noise) const override {
    return template_predictor(templates_, choice_,
                              {.sampler = content().sampler(),
                               .patterns = decisions_.law(),
                               .cycles = fill_ == "cycle",
                               .lengths = lengths().law(),
                               .noise = noise});
  }

 private:
  const Template& chosen(const Item& item) const {
    return templates_[choice_.choose(WordStream(item, template_substream).word(0))];
  }

  /// Mean of min(size, L) over the lengths L.
  double mean_shorter(std::size_t size) const {
    const double shortest = lengths().shortest();
    const double longest = lengths().longest();
    const auto cap = static_cast<double>(size);
    if (cap <= shortest) return cap;
    if (cap >= longest) return lengths().mean();
    const double below = (cap - shortest) * (shortest + cap - 1) / 2;
    return (below + (longest - cap + 1) * cap) / (longest - shortest + 1);
  }

  /// What the rounds of one template in one sequence share.
  struct Rounds {
    Rounds(const Template& its_form, const TemplatePlan& its_plan, const Item& item,
           const TokenSampler& sampler)
        : form(its_form),
          plan(its_plan),
          fresh(sampler, item),
          words(WordStream(item, Substream::content)),
          structure(WordStream(item, Substream::structure)) {}

    const Template& form;
    const TemplatePlan& plan;
    FreshTokens fresh;
    WordReader words;
    WordReader structure;
    // Of PATTERN slots with others between them; kept for their memory.
    std::vector<std::uint32_t> ranks = {};
    std::vector<PositionLaw> laws = {};
    std::vector<std::uint32_t> positions = {};
  };

  /// Writes the pattern and describes the first `count` slots at positions from `start` on, which
  /// hold fresh tokens if the template has any.
  void write_pattern(Rounds& rounds, std::size_t start, std::size_t count, std::uint64_t cycle,
                     Draft& draft) const {
    const Template& form = rounds.form;
    const auto laws = draft.laws_of(start, count);
    if (!laws.empty()) write_laws(form, rounds.fresh.law(), laws);
    const auto slots = static_cast<std::uint32_t>(form.pattern_slots.size());
    const Span pattern = slots > 0 ? decisions_.pattern(rounds.structure, cycle, slots) : Span();
    if (slots > 0) spell_pattern(rounds, start, pattern, draft.tokens.subspan(start, count), laws);
    if (draft.latents != nullptr) describe(form, start, count, pattern, *draft.latents);
  }

  /// The laws of the first slots, one for each law asked for, before a pattern is written out.
  static void write_laws(const Template& form, const PositionLaw& fresh,
                         std::span<PositionLaw> laws) {
    for (std::size_t i = 0; i < laws.size(); ++i) {
      const TemplateSlot& slot = form.slots[i];
      laws[i] = fresh;
      if (slot.kind == TemplateSlot::Kind::token || slot.kind == TemplateSlot::Kind::copy) {
        laws[i].kind = PositionLaw::Kind::derived;
      } else if (slot.kind == TemplateSlot::Kind::range) {
        laws[i].kind = PositionLaw::Kind::uniform;
        laws[i].band = slot.ids;
      }
    }
  }

  /// Derives the pattern of the slots among `tokens`, which begin at position `start`.
  void spell_pattern(Rounds& rounds, std::size_t start, const Span& pattern,
                     std::span<std::uint32_t> tokens, std::span<PositionLaw> laws) const {
    const auto& slots = rounds.form.pattern_slots;
    const std::size_t first = slots.front();
    if (first >= tokens.size()) return;
    const auto derive = [&](const PatternTokens& spelled) {
      derive_pattern(pattern.kind, pattern.period, pattern.full_length, content().size(),
                     rounds.fresh, spelled);
    };
    if (rounds.plan.pattern_is_a_run) {
      const std::size_t count = std::min(slots.size(), tokens.size() - first);
      derive({.ranks = tokens.subspan(first, count),
              .laws = laws.empty() ? laws : laws.subspan(first, count),
              .start = start + first});
      return;
    }
    rounds.ranks.clear();
    rounds.laws.clear();
    rounds.positions.clear();
    for (const std::uint32_t slot : slots) {
      if (slot >= tokens.size()) break;
      rounds.ranks.push_back(tokens[slot]);
      rounds.positions.push_back(static_cast<std::uint32_t>(start) + slot);
      if (!laws.empty()) rounds.laws.push_back(laws[slot]);
    }
    derive({.ranks = rounds.ranks, .laws = rounds.laws, .positions = rounds.positions});
    for (std::size_t j = 0; j < rounds.ranks.size(); ++j) {
      tokens[slots[j]] = rounds.ranks[j];
      if (!laws.empty()) laws[slots[j]] = rounds.laws[j];
    }
  }

  /// Adds a fresh span for each run of fresh tokens and a slot span for each run of PATTERN slots.
  static void describe(const Template& form, std::size_t start, std::size_t count,
                       const Span& pattern, Latents& latents) {
    using Kind = TemplateSlot::Kind;
    std::uint32_t pattern_slots = 0;
    for (std::size_t i = 0; i < count;) {
      const auto is_fresh = [&](Kind kind) { return kind == Kind::random || kind == Kind::range; };
      const bool fresh_run = is_fresh(form.slots[i].kind);
      const bool pattern_run = form.slots[i].kind == Kind::pattern;
      const std::size_t begin = i++;
      if (!fresh_run && !pattern_run) continue;
      while (i < count &&
             (fresh_run ? is_fresh(form.slots[i].kind) : form.slots[i].kind == Kind::pattern)) {
        ++i;
      }
      Span span;
      span.start = static_cast<std::uint32_t>(start + begin);
      span.length = static_cast<std::uint32_t>(i - begin);
      span.full_length = span.length;
      if (pattern_run) {
        span.kind = SpanKind::slot;
        span.full_length = pattern.full_length;
        span.pattern = pattern.kind;
        span.period = pattern.period;
        span.first_slot = pattern_slots;
        pattern_slots += span.length;
      }
      latents.spans.push_back(span);
    }
  }

  std::string fill_;
  std::uint32_t pad_token_;
  PatternDecisions decisions_;
  std::vector<Template> templates_;
  std::vector<TemplatePlan> plans_;  ///< one for each template
  WeightedChoice choice_;
};

constexpr std::array<std::string_view, 3> template_keys{"pattern_types", "templates",
                                                        "template_fill"};

MadeSource make_template(const Config& config) {
  std::vector<Problem> problems;
  const std::uint64_t slots = count_template_slots(
      JsonField::required(config.templates, "templates", problems), config.vocab_size);
  if (!problems.empty()) return fail(std::move(problems));
  MadeSource plan = layered<TemplateFamily>(config);
  plan->table_bytes += slots * (sizeof(TemplateSlot) + sizeof(TemplatePlan::Range));
  return plan;
}

}  // namespace

extern const FamilyEntry template_family_entry;
const FamilyEntry template_family_entry{
    .name = "template",
    .summary =
        "Sequences spelled by templates: fixed tokens, fresh tokens, slots that hold a pattern.",
    .example = "[1, RANDOM, RANDOM, 2, PATTERN, PATTERN] -> 1 733 12 2 46 47",
    .keys = template_keys,
    .make = &make_template,
    .claim = 2,
};

}  // namespace synthgen
