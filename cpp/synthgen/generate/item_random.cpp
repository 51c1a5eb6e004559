#include "synthgen/generate/item_random.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/layers/fresh_tokens.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr auto word_substream = Substream::custom;
constexpr Substream token_substream{65};
constexpr Substream token_fraction_substream{66};

}  // namespace

std::uint64_t CustomLaws::draw_budget(std::uint32_t longest) noexcept {
  return std::min(std::uint64_t{1024} * longest + 65536, WordStream::max_words);
}

DrawBudgetExceeded::DrawBudgetExceeded(std::uint64_t most)
    : std::runtime_error(formatted("drew more than {} random words", most)) {}

ItemRandom::ItemRandom(const CustomLaws& laws, const Item& item)
    : laws_(laws),
      item_(item),
      engine_(item, word_substream),
      token_words_{WordStream(item, token_substream), WordStream(item, token_fraction_substream)},
      draws_left_(laws.most_draws) {}

void ItemRandom::spend(std::uint64_t words) {
  if (draws_left_ < words) throw DrawBudgetExceeded(laws_.most_draws);
  draws_left_ -= words;
}

ItemRandom::result_type ItemRandom::operator()() {
  spend(1);
  return engine_();
}

std::uint32_t ItemRandom::integer(std::uint32_t range) {
  if (range == 0) throw std::invalid_argument("an integer from a range of 0 was asked for");
  const Bounded bounded(range);
  for (;;) {
    const std::uint32_t word = (*this)();
    if (bounded.accepts(word)) return bounded.value(word);
  }
}

double ItemRandom::real() {
  const std::uint64_t high = (*this)() >> 5;
  const std::uint64_t low = (*this)() >> 6;
  return static_cast<double>(high << 26 | low) / 9007199254740992.0;  // 27 and 26 bits of 2^53
}

bool ItemRandom::holds(double probability) {
  return Decision(std::clamp(probability, 0.0, 1.0)).holds((*this)());
}

std::uint32_t ItemRandom::token() {
  spend(1);
  std::uint32_t attempt = 0;
  return laws_.content.id(laws_.content.sampler().draw(token_words_, tokens_drawn_++, attempt));
}

std::uint32_t ItemRandom::pattern_token(std::uint64_t position) {
  constexpr std::uint64_t end = WordStream::max_words / 2;  // 8 words of structure for 4 tokens
  if (position >= end) throw std::invalid_argument(formatted("position {} of a pattern", position));
  const std::uint64_t pattern = position / laws_.pattern_length;
  if (pattern != pattern_) {
    spend(laws_.pattern_length);
    const std::uint64_t start = pattern * laws_.pattern_length;
    WordReader words(WordStream(item_, Substream::structure));
    const Span span = laws_.patterns.pattern(words, pattern, laws_.pattern_length);
    FreshTokens fresh(laws_.content.sampler(), item_);
    pattern_ranks_.resize(laws_.pattern_length);
    fresh.fill(start, pattern_ranks_);
    derive_pattern(span.kind, span.period, span.full_length, laws_.content.size(), fresh,
                   {.ranks = pattern_ranks_, .laws = {}, .start = static_cast<std::size_t>(start)});
    pattern_ = pattern;
  }
  return laws_.content.id(pattern_ranks_[position % laws_.pattern_length]);
}

}  // namespace synthgen
