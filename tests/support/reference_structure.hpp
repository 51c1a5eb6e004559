#pragma once

#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/layers/latents.hpp"
#include "synthgen/generate/registry.hpp"

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "support/configs.hpp"
#include "support/content_law.hpp"
#include "support/reference_chain.hpp"
#include "support/reference_content.hpp"
#include "support/reference_machine.hpp"
#include "support/reference_recall.hpp"
#include "support/reference_template.hpp"

// The design's rules once more, from the latents: where each token of a sequence comes from, and
// the tokens that follow from that. Nothing here comes from the families.

namespace synthgen::testing {

/// Where the clean token at a position comes from.
struct Origin {
  enum class Kind {
    fresh,      ///< a draw
    other,      ///< a draw that differs from the token at `source`
    copy,       ///< the token at `source`
    next,       ///< the id after the token at `source`, wrapping in `band`
    literal,    ///< `id`
    range,      ///< uniform on the ids of `band`
    condition,  ///< `id`, one of as many as there are conditions
    padding,
  };
  Kind kind = Kind::fresh;
  std::uint32_t source = 0;
  std::uint32_t id = 0;
  Band band = {};        ///< draws: the ranks that they prefer
  bool in_band = false;  ///< draws: whether this one comes from there

  bool is_draw() const { return kind == Kind::fresh || kind == Kind::other; }
};

/// The config that made a sequence: of a mixture, its component's, which inherits the keys that
/// every family has.
inline Config config_behind(const Config& config, const Latents& latents) {
  if (!latents.component) return config;
  Json object = Json::object();
  const Json mixture = canonical_config(config);
  for (const auto& [key, value] : mixture.items()) {
    const bool is_own = key == "generator" || key == "splits";
    if (!is_own && is_common(key)) object[key] = value;
  }
  object.update(config.components[*latents.component]["config"]);
  return value_of(read_config(object));
}

inline double rounded_probability(double p) {
  return std::floor(p * 4294967296.0 + 0.5) / 4294967296.0;
}

/// How likely a draw is to come from the band that it prefers.
inline double band_weight(const Config& config) {
  const std::string_view family = family_of(config).name;
  const auto& controls = config.condition_controls;
  const bool styled = std::find(controls.begin(), controls.end(), "style") != controls.end();
  if (family == "conditional") return styled ? rounded_probability(config.condition_strength) : 0;
  if (family == "hierarchical" || family == "composed") {
    return rounded_probability(config.global_coherence);
  }
  return 0;
}

/// Makes origins of a pattern's positions: repetition token i = x[i mod p]; alternation token
/// i = x[i mod 2], B never A; progression token i = x[0] + i, wrapping; reversal the first
/// ⌈len/2⌉ tokens, then mirrored, where len is the length before anything cut the pattern.
inline void spell(SpanKind kind, std::uint32_t period, std::uint32_t full_length,
                  std::uint32_t content_size, std::span<const std::uint32_t> positions,
                  std::vector<Origin>& origins) {
  using Kind = Origin::Kind;
  for (std::uint32_t i = 0; i < positions.size(); ++i) {
    Origin& origin = origins.at(positions[i]);
    if (kind == SpanKind::repetition && i >= period) {
      origin = {.kind = Kind::copy, .source = positions[i % period]};
    } else if (kind == SpanKind::alternation && i == 1) {
      origin.kind = Kind::other;
      origin.source = positions[0];
    } else if (kind == SpanKind::alternation && i > 1) {
      origin = {.kind = Kind::copy, .source = positions[i % 2]};
    } else if (kind == SpanKind::progression && i > 0) {
      origin = {.kind = Kind::next, .source = positions[i - 1], .band = {0, content_size}};
    } else if (kind == SpanKind::reversal && i >= (full_length + 1) / 2) {
      origin = {.kind = Kind::copy, .source = positions[full_length - 1 - i]};
    }
  }
}

inline std::vector<std::uint32_t> positions_of(const Span& span) {
  std::vector<std::uint32_t> positions;
  for (std::uint32_t i = 0; i < span.length; ++i) positions.push_back(span.start + i);
  return positions;
}

/// Origins of a template's fixed positions, fresh ones and padding; `end` is where it ends.
inline void lay_template(const Config& config, const Latents& latents,
                         std::vector<Origin>& origins) {
  const auto slots = unrolled(config.templates[*latents.template_index]);
  for (std::uint32_t t = 0; t < origins.size(); ++t) {
    Origin& origin = origins[t];
    if (t >= slots.size() && config.template_fill != "cycle") {
      origin = {.kind = Origin::Kind::padding, .id = static_cast<std::uint32_t>(config.pad_token)};
      continue;
    }
    const auto start = static_cast<std::uint32_t>(t / slots.size() * slots.size());
    const ReferenceSlot& slot = slots[t - start];
    if (slot.kind == ReferenceSlot::Kind::literal) {
      origin = {.kind = Origin::Kind::literal, .id = slot.ids.first};
    } else if (slot.kind == ReferenceSlot::Kind::range) {
      origin = {.kind = Origin::Kind::range, .band = slot.ids};
    } else if (slot.kind == ReferenceSlot::Kind::copy) {
      origin = {.kind = Origin::Kind::copy, .source = start + slot.source};
    }
  }
}

/// The spans' part in the origins.
inline void lay_spans(const Latents& latents, std::uint32_t content_size,
                      std::vector<Origin>& origins) {
  for (const Span& span : latents.spans) {
    if (span.kind != SpanKind::band) continue;
    for (const std::uint32_t t : positions_of(span)) origins[t].band = span.band;
    for (const Span& source : latents.spans) {
      if (source.kind != SpanKind::band || source.start != span.echo_of) continue;
      for (std::uint32_t i = 0; i < std::min(span.length, source.length); ++i) {
        origins[span.start + i] = {.kind = Origin::Kind::copy, .source = source.start + i};
      }
    }
  }
  std::vector<std::uint32_t> slots;  // the PATTERN slots of a template, over all its spans
  for (const Span& span : latents.spans) {
    if (span.kind == SpanKind::slot) {
      if (span.first_slot == 0) slots.clear();
      slots.resize(span.first_slot + span.length);
      for (std::uint32_t i = 0; i < span.length; ++i) slots[span.first_slot + i] = span.start + i;
      spell(span.pattern, span.period, span.full_length, content_size, slots, origins);
    } else if (span.kind == SpanKind::successor) {
      for (const std::uint32_t t : positions_of(span)) {
        if (origins[t].kind == Origin::Kind::copy) continue;  // what an echo copied
        origins[t].kind = Origin::Kind::next;
        origins[t].source = t - 1;
      }
    } else {
      spell(span.kind, span.period, span.full_length, content_size, positions_of(span), origins);
    }
  }
}

/// Origins of a chain's tokens: uniform draws at first (unless the chain starts stationary), then
/// what the row of the token's context makes of the word of substream 26.
inline void lay_chain(const Config& config, const Item& item, const Latents& latents,
                      std::vector<Origin>& origins) {
  const auto symbols = static_cast<std::uint32_t>(config.markov_symbols);
  const auto order = static_cast<std::size_t>(config.markov_order);
  const bool is_tree = config.chain == "tree";
  const ReferenceContent content(item, config);
  const auto row_of = [&](std::uint32_t number) -> std::ptrdiff_t {
    const auto found = std::find(latents.contexts.begin(), latents.contexts.end(), number);
    return found == latents.contexts.end() ? -1 : found - latents.contexts.begin();
  };
  std::vector<std::uint32_t> tokens;
  for (std::uint32_t t = 0; t < origins.size(); ++t) {
    std::uint32_t attempt = 0;
    if (t < order && (is_tree || config.chain_start == "uniform")) {
      tokens.push_back(content.draw(t, attempt));
      continue;
    }
    std::ptrdiff_t row = -1;
    if (is_tree) {
      for (std::size_t depth = 0; depth <= order && row < 0; ++depth) {
        row = row_of(tree_node_number(tokens, symbols, depth));
      }
    } else {
      const std::size_t known = std::min<std::size_t>(t, order);
      row = row_of(context_number({tokens.end() - static_cast<std::ptrdiff_t>(known), tokens.end()},
                                  symbols, order));
    }
    double below = 0;
    std::uint32_t token = 0;
    for (std::uint32_t x = 0; x < symbols; ++x) {
      const double share = latents.chain.at(static_cast<std::size_t>(row) * symbols + x);
      below += share * 4294967296.0;
      token = x;
      if (content.word(26, t) < below) break;
    }
    tokens.push_back(token);
    origins[t] = {.kind = Origin::Kind::literal, .id = token};
  }
}

/// Where each of the `length` tokens of a sequence comes from. Which fresh tokens come from their
/// band stands in the latents of the conditional family; in the hierarchy it is substream 19's word
/// that decides. A machine's symbols follow from its states and the words of substream 26.
inline std::vector<Origin> origins_of(const Config& config, const Item& item,
                                      const Latents& latents, std::size_t length) {
  const std::string_view family = family_of(config).name;
  const ContentLaw law(config);
  std::vector<Origin> origins(length);
  if (latents.template_index) lay_template(config, latents, origins);
  if (family == "conditional") {
    const auto conditions = static_cast<std::uint32_t>(config.num_conditions);
    const Band band = Band{0, law.size()}.part(*latents.condition, conditions);
    for (Origin& origin : origins) origin.band = band;
    for (const auto& run : latents.followed->style) {
      for (std::uint32_t i = 0; i < run.length; ++i) origins[run.start + i].in_band = true;
    }
  }
  if (family == "hierarchical" || family == "composed") {
    const ReferenceContent content(item, config);
    const double below = band_weight(config) * 4294967296.0;
    for (std::uint32_t t = 0; t < length; ++t) origins[t].in_band = content.word(19, t) < below;
  }
  if (family == "hmm") {
    const ReferenceMachine machine = reference_machine(config);
    const ReferenceContent content(item, config);
    for (std::uint32_t t = 0; t < length; ++t) {
      origins[t] = {.kind = Origin::Kind::literal,
                    .id = machine.outcome(latents.states.at(t), content.word(26, t)).symbol};
    }
  }
  if (family == "markov") lay_chain(config, item, latents, origins);
  lay_spans(latents, law.size(), origins);
  if (latents.condition) {
    origins[0] = {.kind = Origin::Kind::condition,
                  .id = static_cast<std::uint32_t>(law.condition_tokens().at(*latents.condition))};
  }
  return origins;
}

/// The clean tokens that follow from origins and the draws of a sequence.
inline std::vector<std::uint32_t> clean_tokens(const std::vector<Origin>& origins,
                                               const Config& config, const Item& item) {
  using Kind = Origin::Kind;
  const ContentLaw law(config);
  const ReferenceContent content(item, config);
  const auto all = Band{0, law.size()};
  std::vector<std::uint32_t> tokens;  // ranks
  for (std::uint32_t t = 0; t < origins.size(); ++t) {
    const Origin& origin = origins[t];
    std::uint32_t attempt = 0;
    std::uint32_t token = origin.id;
    if (origin.kind == Kind::fresh) {
      token = content.draw(origin.in_band ? origin.band : all, t, attempt);
    } else if (origin.kind == Kind::other) {
      // Where the band holds nothing else, from all content ids.
      const std::uint32_t not_this = tokens.at(origin.source);
      const bool in_band = origin.in_band && law.probability(not_this, origin.band) < 1;
      do token = content.draw(in_band ? origin.band : all, t, attempt);
      while (token == not_this);
    } else if (origin.kind == Kind::copy) {
      token = tokens.at(origin.source);
    } else if (origin.kind == Kind::next) {
      token = tokens.at(origin.source) + 1;
      if (!origin.band.contains(token)) token = origin.band.first;
    } else if (origin.kind == Kind::range) {
      token = content.uniform(origin.band, t);
    }
    tokens.push_back(token);
  }
  for (std::uint32_t t = 0; t < origins.size(); ++t) {
    if (origins[t].kind != Kind::condition && origins[t].kind != Kind::padding) {
      tokens[t] = law.id(tokens[t]);
    }
  }
  return tokens;
}

/// The tokens of a sequence from its latents and its draws, noise included.
inline std::vector<std::uint32_t> reconstructed(const Config& config, Item item,
                                                const Latents& latents, std::size_t length) {
  const Config own = config_behind(config, latents);
  item.seed = static_cast<std::uint64_t>(own.seed);
  if (family_of(own).name == "recall") return recall_tokens(own, item, latents, length);
  auto tokens = clean_tokens(origins_of(own, item, latents, length), own, item);
  const ContentLaw law(own);
  const ReferenceContent content(item, own);
  for (const std::uint32_t t : latents.noise) tokens[t] = law.id(content.noise(t));
  return tokens;
}

}  // namespace synthgen::testing
