#include "synthgen/random/draws.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::size_t most_groups = 8;  // at once, which takes less time than one by one
using GroupWords = std::array<std::uint32_t, most_groups * WordStream::group_size>;

/// Draws for the positions from `start` on. Each has its word and its decision already.
void draw_stretch(Decision decision, const std::uint32_t* decisions, const Bounded& range,
                  std::uint32_t first, const std::uint32_t* words, const WordStream& stream,
                  std::uint64_t start, std::span<std::uint32_t> values) {
  const bool accepted = word_kernels().draw_where({.words = words,
                                                   .decisions = decisions,
                                                   .last = decision.largest_word(),
                                                   .first = first,
                                                   .range = range.range(),
                                                   .reject_below = range.reject_below(),
                                                   .values = values.data(),
                                                   .count = values.size()});
  if (accepted) return;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!decision.holds(decisions[i])) continue;
    values[i] =
        first + (range.accepts(words[i]) ? range.value(words[i]) : range.draw(stream, start + i));
  }
}

}  // namespace

void draw_all(const Bounded& range, std::uint32_t first, WordReader& words, std::uint64_t position,
              std::span<std::uint32_t> values) {
  draw_where(Decision(1.0), words, range, first, words, position, values);
}

void draw_where(Decision decision, WordReader& decisions, const Bounded& range, std::uint32_t first,
                WordReader& words, std::uint64_t position, std::span<std::uint32_t> values) {
  constexpr std::size_t group_size = WordStream::group_size;
  while (!values.empty()) {
    const auto begin = static_cast<std::size_t>(position % group_size);
    const auto part = values.first(std::min(values.size(), most_groups * group_size - begin));
    if (begin + part.size() <= group_size) {
      draw_stretch(decision, decisions.rest_of_group(position).data(), range, first,
                   words.rest_of_group(position).data(), words.stream(), position, part);
    } else {
      GroupWords part_words;
      GroupWords part_decisions;
      const std::size_t groups = (begin + part.size() + group_size - 1) / group_size;
      const auto block = static_cast<std::uint32_t>(position / group_size * 16);
      const WordKernels& kernels = word_kernels();
      kernels.words(words.stream().address(), block, part_words.data(), groups);
      kernels.words(decisions.stream().address(), block, part_decisions.data(), groups);
      draw_stretch(decision, part_decisions.data() + begin, range, first, part_words.data() + begin,
                   words.stream(), position, part);
    }
    position += part.size();
    values = values.subspan(part.size());
  }
}

}  // namespace synthgen
