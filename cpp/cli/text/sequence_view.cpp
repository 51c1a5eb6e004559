#include "sequence_view.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "cli/text/format_text.hpp"

namespace synthgen::cli {
namespace {

/// How positions of one kind look. The colors are from the Okabe-Ito palette, which can be told
/// apart with any kind of color vision.
struct Style {
  std::string_view name;
  char mark;
  std::string_view escape;
};

enum StyleIndex : std::uint8_t {
  fresh,
  repetition,
  alternation,
  progression,
  reversal,
  successor,
  key,
  value,
  query,
  answer,
  noise
};

constexpr std::array styles{
    Style{"fresh", ' ', "\x1b[2m"},
    Style{"repetition", 'r', "\x1b[38;2;0;114;178m"},   // #0072B2
    Style{"alternation", 'a', "\x1b[38;2;230;159;0m"},  // #E69F00
    Style{"progression", 'p', "\x1b[38;2;0;158;115m"},  // #009E73
    Style{"reversal", 'v', "\x1b[38;2;204;121;167m"},   // #CC79A7
    Style{"successor", 's', "\x1b[38;2;86;180;233m"},   // #56B4E9
    Style{"key", 'k', "\x1b[38;2;127;176;230m"},        // #7FB0E6
    Style{"value", 'w', "\x1b[38;2;61;95;133m"},        // #3D5F85
    Style{"query", '?', "\x1b[38;2;242;193;78m"},       // #F2C14E
    Style{"answer", '!', "\x1b[38;2;240;138;168m"},     // #F08AA8
    Style{"noise", '*', "\x1b[38;2;213;94;0m"},         // #D55E00
};
constexpr std::string_view reset = "\x1b[0m";
constexpr std::size_t gutter_columns = 2;

StyleIndex style_of(SpanKind kind) noexcept {
  switch (kind) {
    case SpanKind::repetition:
      return repetition;
    case SpanKind::alternation:
      return alternation;
    case SpanKind::progression:
      return progression;
    case SpanKind::reversal:
      return reversal;
    case SpanKind::successor:
      return successor;
    case SpanKind::key:
      return key;
    case SpanKind::value:
      return value;
    case SpanKind::query:
      return query;
    case SpanKind::answer:
      return answer;
    default:
      return fresh;
  }
}

/// A style for each position; noise hides the structure below it.
std::vector<std::uint8_t> position_styles(const Latents& latents, std::size_t length) {
  std::vector<std::uint8_t> result(length, fresh);
  for (const Span& span : latents.spans) {
    const StyleIndex style = style_of(span.kind == SpanKind::slot ? span.pattern : span.kind);
    if (style != fresh) std::fill_n(result.begin() + span.start, span.length, style);
  }
  for (const std::uint32_t position : latents.noise) result[position] = noise;
  return result;
}

}  // namespace

SequenceView::SequenceView(const Options& options)
    : options_(options), id_width_(std::to_string(options.vocab_size - 1).size()) {}

std::string SequenceView::legend() const {
  std::string line;
  for (const Style& style : styles) {
    if (!line.empty()) line += "  ";
    if (options_.colored) {
      line.append(style.escape).append(style.name).append(reset);
    } else {
      line +=
          style.mark == ' ' ? std::string(style.name) : formatted("{} {}", style.mark, style.name);
    }
  }
  return line + '\n';
}

std::string SequenceView::row(std::span<const std::uint32_t> tokens,
                              std::span<const std::uint8_t> styles_of_tokens,
                              std::size_t first) const {
  std::string line(gutter_columns, ' ');
  constexpr std::uint8_t none = 255;
  std::uint8_t current = none;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::uint8_t style = styles_of_tokens[first + i];
    const std::string id = format_text("{:>{}}", tokens[i], id_width_);
    if (i > 0) line += ' ';
    if (options_.colored && style != current) {
      if (current != none) line += reset;
      line += styles[style].escape;
      current = style;
    }
    line += id;
    if (!options_.colored) line += styles[style].mark;
  }
  if (options_.colored) line += reset;
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

std::string SequenceView::text(const std::string& title, std::span<const std::uint32_t> tokens,
                               const Latents& latents) const {
  const std::vector<std::uint8_t> looks = position_styles(latents, tokens.size());
  const auto patterned = std::count_if(looks.begin(), looks.end(), [](std::uint8_t style) {
    return style != fresh && style != noise;
  });
  std::string text = formatted("{}: {} tokens, {} in patterns, {} noisy", title, tokens.size(),
                               patterned, latents.noise.size());
  if (latents.oracle_bits) text += format_text(", {:.1f} oracle bits", *latents.oracle_bits);
  text += '\n';

  const std::size_t cell = id_width_ + (options_.colored ? 1 : 2);
  const std::size_t per_row =
      options_.width > gutter_columns + cell ? (options_.width - gutter_columns + 1) / cell : 1;
  const std::size_t shown =
      options_.most_tokens == 0 ? tokens.size() : std::min(tokens.size(), options_.most_tokens);
  for (std::size_t first = 0; first < shown; first += per_row) {
    text += row(tokens.subspan(first, std::min(per_row, shown - first)), looks, first);
  }
  if (shown < tokens.size()) text += formatted("  … {} more\n", tokens.size() - shown);
  return text;
}

}  // namespace synthgen::cli
