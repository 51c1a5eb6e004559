#include "synthgen/generate/layers/patterns.hpp"
#include "synthgen/generate/predictors/template_predictor.hpp"
#include "synthgen/generate/source.hpp"
#include "synthgen/generate/structure/template_slots.hpp"
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
    FreshTokens fresh(content().sampler(), item);
    WordReader structure(WordStream(item, Substream::structure));
    std::uint64_t cycle = 0;
    for (std::size_t start = 0; start < end; start += size, ++cycle) {
      write_once(form, item, start, std::min(size, end - start), fresh,
                 decisions_.pattern(structure, cycle,
                                    static_cast<std::uint32_t>(form.pattern_slots.size())),
                 draft);
    }
    std::fill(draft.tokens.begin() + static_cast<std::ptrdiff_t>(end), draft.tokens.end(),
              pad_token_);
    for (PositionLaw& law : draft.laws_of(end, room - end)) law.kind = PositionLaw::Kind::padding;
    if (draft.latents != nullptr) {
      draft.latents->template_index = static_cast<std::uint32_t>(&form - templates_.data());
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

  /// Writes the first `count` slots at positions from `start` on.
  void write_once(const Template& form, const Item& item, std::size_t start, std::size_t count,
                  FreshTokens& fresh, Span pattern, Draft& draft) const {
    const auto tokens = draft.tokens.subspan(start, count);
    const auto laws = draft.laws_of(start, count);
    const WordStream words(item, Substream::content);
    for (std::size_t i = 0; i < count; ++i) {
      const TemplateSlot& slot = form.slots[i];
      PositionLaw law = fresh.law();
      switch (slot.kind) {
        case TemplateSlot::Kind::token:
          tokens[i] = slot.ids.first;
          law.kind = PositionLaw::Kind::derived;
          break;
        case TemplateSlot::Kind::range:
          tokens[i] = slot.ids.first + Bounded(slot.ids.size).draw(words, start + i);
          law.kind = PositionLaw::Kind::uniform;
          law.band = slot.ids;
          break;
        case TemplateSlot::Kind::copy:
          law.kind = PositionLaw::Kind::derived;
          break;
        default:
          tokens[i] = fresh.draw(start + i);
      }
      if (!laws.empty()) laws[i] = law;
    }
    spell_pattern(form, start, fresh, pattern, tokens, laws);
    for (std::size_t i = 0; i < count; ++i) {
      if (form.slots[i].kind == TemplateSlot::Kind::copy) tokens[i] = tokens[form.slots[i].source];
    }
    if (draft.latents != nullptr) describe(form, start, count, pattern, *draft.latents);
  }

  /// Derives the pattern of the slots among `tokens`, which begin at position `start`.
  void spell_pattern(const Template& form, std::size_t start, FreshTokens& fresh,
                     const Span& pattern, std::span<std::uint32_t> tokens,
                     std::span<PositionLaw> laws) const {
    std::vector<std::uint32_t> ranks;
    std::vector<PositionLaw> slot_laws;
    std::vector<std::uint32_t> positions;
    for (const std::uint32_t slot : form.pattern_slots) {
      if (slot >= tokens.size()) break;
      ranks.push_back(tokens[slot]);
      positions.push_back(static_cast<std::uint32_t>(start) + slot);
      if (!laws.empty()) slot_laws.push_back(laws[slot]);
    }
    if (ranks.empty()) return;
    derive_pattern(pattern.kind, pattern.period, pattern.full_length, content().size(), fresh,
                   {.ranks = ranks, .laws = slot_laws, .positions = positions});
    for (std::size_t j = 0; j < ranks.size(); ++j) {
      tokens[form.pattern_slots[j]] = ranks[j];
      if (!laws.empty()) laws[form.pattern_slots[j]] = slot_laws[j];
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
  plan->table_bytes += slots * sizeof(TemplateSlot);
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
