#include "synthgen/generate/latents/latent_shares.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace synthgen {
namespace {

/// One sequence that has tokens, with its latents.
struct KnownSequence {
  const Latents& latents;
  std::span<const std::uint32_t> tokens;  ///< without padding
  const Config& config;

  double length() const noexcept { return static_cast<double>(tokens.size()); }
};

bool is_pattern_kind(SpanKind kind) noexcept {
  return kind >= SpanKind::repetition && kind <= SpanKind::reversal;
}

/// The share of positions in spans for which `is_meant` holds.
template <class IsMeant>
double covered(const KnownSequence& sequence, const IsMeant& is_meant) {
  std::uint64_t positions = 0;
  for (const Span& span : sequence.latents.spans)
    positions += is_meant(span.kind) ? span.length : 0;
  return static_cast<double>(positions) / sequence.length();
}

std::optional<double> noise_rate(const KnownSequence& sequence) {
  return static_cast<double>(sequence.latents.noise.size()) / sequence.length();
}

std::optional<double> pattern_share(const KnownSequence& sequence) {
  return covered(sequence, is_pattern_kind);
}

std::optional<double> successor_rate(const KnownSequence& sequence) {
  return covered(sequence, [](SpanKind kind) { return kind == SpanKind::successor; });
}

std::optional<double> query_share(const KnownSequence& sequence) {
  return covered(sequence, [](SpanKind kind) { return kind == SpanKind::query; });
}

std::optional<double> theme_share(const KnownSequence& sequence) {
  const Latents& latents = sequence.latents;
  // Reserved condition tokens would shift the ids of the band.
  if (!latents.theme || latents.condition || latents.component) return std::nullopt;
  const auto ids = static_cast<std::uint32_t>(sequence.config.vocab_size);
  const Band theme = Band{0, ids}.part(*latents.theme, std::min(4U, ids));
  const auto inside = std::count_if(sequence.tokens.begin(), sequence.tokens.end(),
                                    [&](std::uint32_t id) { return theme.contains(id); });
  return static_cast<double>(inside) / sequence.length();
}

std::optional<double> condition_pattern_share(const KnownSequence& sequence) {
  const auto& [latents, tokens, config] = sequence;
  if (!latents.condition || latents.component || config.pattern_types.empty()) return std::nullopt;
  const std::string& wanted =
      config.pattern_types[*latents.condition % config.pattern_types.size()];
  double segments = 0;
  double followed = 0;
  for (const Span& span : latents.spans) {
    if (!is_pattern_kind(span.kind)) continue;
    ++segments;
    followed += name(span.kind) == wanted ? 1 : 0;
  }
  if (segments == 0) return std::nullopt;
  return followed / segments;
}

std::optional<double> oracle_bits_per_token(const KnownSequence& sequence) {
  if (!sequence.latents.oracle_bits) return std::nullopt;
  return *sequence.latents.oracle_bits / sequence.length();
}

struct LatentMeasure {
  std::string_view name;
  std::optional<double> (*value)(const KnownSequence&);
};

constexpr std::array latent_measures{
    LatentMeasure{"noise_rate", &noise_rate},
    LatentMeasure{"pattern_share", &pattern_share},
    LatentMeasure{"successor_rate", &successor_rate},
    LatentMeasure{"query_share", &query_share},
    LatentMeasure{"theme_share", &theme_share},
    LatentMeasure{"condition_pattern_share", &condition_pattern_share},
    LatentMeasure{"oracle_bits_per_token", &oracle_bits_per_token},
};

}  // namespace

LatentShares latent_shares(const SequenceBatch& batch, const TokenStructure& structure,
                           const Config& config) {
  LatentShares shares;
  for (const LatentMeasure& measure : latent_measures) {
    std::vector<double> values;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const Latents* latents = batch.latents_of(i);
      if (latents == nullptr || batch.content(i).empty()) continue;
      const auto value = measure.value({*latents, batch.content(i), config});
      if (value) values.push_back(*value);
    }
    shares.per_sequence.emplace_back(measure.name, std::move(values));
  }
  std::array<std::uint64_t, token_kind_names.size()> counts{};
  for (const TokenKind kind : structure.kinds) ++counts[static_cast<std::size_t>(kind)];
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    if (counts[kind] == 0) continue;
    shares.kinds.push_back({token_kind_names[kind], static_cast<double>(counts[kind]) /
                                                        static_cast<double>(batch.tokens.size())});
  }
  return shares;
}

Json to_json(const LatentShares& shares, const std::vector<KindShare>& expected) {
  Json per_sequence = Json::object();
  for (const auto& [name, values] : shares.per_sequence) per_sequence[std::string(name)] = values;
  Json kinds = Json::array();
  for (const auto& [kind, share] : shares.kinds) {
    Json entry{{"kind", kind}, {"share", share}};
    for (const KindShare& each : expected) {
      if (each.kind == kind) entry["expected"] = each.share;
    }
    kinds.push_back(std::move(entry));
  }
  return {{"per_sequence", std::move(per_sequence)}, {"kinds", std::move(kinds)}};
}

}  // namespace synthgen
