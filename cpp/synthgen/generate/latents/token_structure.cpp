#include "synthgen/generate/latents/token_structure.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

namespace synthgen {
namespace {

/// The kind of tokens in spans of each kind, in the order of `SpanKind`.
constexpr auto kinds_of_spans = [] {
  std::array<TokenKind, span_kind_names.size()> kinds{};
  for (std::size_t span = 0; span < kinds.size(); ++span) {
    for (std::size_t kind = 0; kind < token_kind_names.size(); ++kind) {
      if (token_kind_names[kind] == span_kind_names[span])
        kinds[span] = TokenKind{std::uint8_t(kind)};
    }
  }
  return kinds;
}();

/// The structure of one sequence.
class SequenceStructure {
 public:
  SequenceStructure(TokenStructure& structure, std::size_t first, std::size_t size)
      : kinds_(std::span(structure.kinds).subspan(first, size)),
        spans_(std::span(structure.spans).subspan(first, size)),
        band_places_(std::span(structure.band_places).subspan(first, size)) {}

  /// The last `padding` tokens fill the row; `ids` is the size of the vocabulary, and a chain's
  /// rows begin after the first `lead` tokens.
  void describe(const Latents& latents, bool is_custom, std::size_t padding, double ids,
                std::span<const std::uint32_t> tokens, std::size_t lead) {
    const TokenKind uncovered = is_custom                ? TokenKind::custom
                                : latents.template_index ? TokenKind::fixed
                                                         : TokenKind::fresh;
    const std::size_t length = kinds_.size() - padding;
    fill(kinds_, 0, length, uncovered);
    if (latents.states.size() == length) show_states(latents);
    if (!latents.contexts.empty()) show_transitions(latents, tokens, lead);
    if (latents.condition && length > 0) kinds_[0] = TokenKind::condition;
    const bool has_bands = std::any_of(latents.spans.begin(), latents.spans.end(), is_band);
    std::uint32_t number = 0;
    for (const Span& span : latents.spans) {
      fill(spans_, span.start, span.length, ++number);
      // Fresh tokens inside a band are the band's.
      if (span.kind == SpanKind::fresh && has_bands) continue;
      const SpanKind kind = span.kind == SpanKind::slot ? span.pattern : span.kind;
      fill(kinds_, span.start, span.length, kinds_of_spans[static_cast<std::size_t>(kind)]);
      if (is_band(span)) fill(band_places_, span.start, span.length, place_of(span.band, ids));
    }
    for (const std::uint32_t position : latents.noise) kinds_[position] = TokenKind::noise;
    fill(kinds_, length, padding, TokenKind::padding);
  }

 private:
  static bool is_band(const Span& span) { return span.kind == SpanKind::band; }

  static std::uint8_t place_of(const Band& band, double ids) {
    const double middle = band.first + band.size / 2.0;
    return static_cast<std::uint8_t>(std::min(255.0, 256 * middle / ids));
  }

  /// The middle of one of `all` equal parts, in 256ths.
  static std::uint8_t place_in(std::size_t part, std::size_t all) {
    const double middle = (static_cast<double>(part) + 0.5) / static_cast<double>(all);
    return static_cast<std::uint8_t>(std::min(255.0, 256 * middle));
  }

  void show_states(const Latents& latents) {
    for (std::size_t t = 0; t < latents.states.size(); ++t) {
      const std::size_t all = std::max<std::size_t>(latents.beliefs.size() / latents.states.size(),
                                                    latents.states[t] + std::size_t{1});
      kinds_[t] = TokenKind::state;
      band_places_[t] = place_in(latents.states[t], all);
    }
  }

  void show_transitions(const Latents& latents, std::span<const std::uint32_t> tokens,
                        std::size_t lead) {
    const std::size_t symbols = latents.chain.size() / latents.contexts.size();
    for (std::size_t t = std::max<std::size_t>(lead, 1); t < tokens.size() && symbols > 0; ++t) {
      kinds_[t] = TokenKind::transition;
      band_places_[t] = place_in(std::min<std::size_t>(tokens[t - 1], symbols - 1), symbols);
    }
  }

  template <class Entry>
  static void fill(std::span<Entry> entries, std::size_t first, std::size_t count, Entry value) {
    const std::span<Entry> filled = entries.subspan(first, count);
    if constexpr (sizeof(Entry) == 1) {
      std::memset(filled.data(), static_cast<int>(value), filled.size());
    } else {
      std::fill(filled.begin(), filled.end(), value);
    }
  }

  std::span<TokenKind> kinds_;
  std::span<std::uint32_t> spans_;
  std::span<std::uint8_t> band_places_;
};

}  // namespace

TokenStructure token_structure(const SequenceBatch& batch, const Config& config) {
  const bool is_custom =
      config.generator == token_kind_names[static_cast<std::size_t>(TokenKind::custom)];
  // All tokens of a chain of order 0 are drawn from one row, whatever precedes them.
  const bool is_chain = config.generator == "markov";
  const std::size_t lead = !is_chain                  ? 1
                           : config.markov_order == 0 ? SIZE_MAX
                           : config.chain_start == "stationary"
                               ? 1
                               : static_cast<std::size_t>(config.markov_order);
  const std::size_t tokens = batch.tokens.size();
  TokenStructure structure;
  structure.kinds.resize(tokens);
  structure.spans.resize(tokens);
  structure.band_places.resize(tokens);
  static const Latents none;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Latents* latents = batch.latents_of(i);
    SequenceStructure(structure, static_cast<std::size_t>(batch.offsets[i]), batch[i].size())
        .describe(latents == nullptr ? none : *latents, is_custom, batch.padding_of(i),
                  static_cast<double>(config.vocab_size), batch.content(i), lead);
  }
  return structure;
}

}  // namespace synthgen
