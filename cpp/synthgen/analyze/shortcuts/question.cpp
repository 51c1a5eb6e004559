#include "synthgen/analyze/shortcuts/question.hpp"

namespace synthgen {

void Questions::begin(const SampledSequence& sequence) {
  previous_.assign(sequence.tokens.size(), none);
  last_.clear();
  first_.clear();
  for (std::uint32_t t = 0; t < sequence.tokens.size(); ++t) {
    const std::uint32_t id = sequence.tokens[t];
    first_.try_emplace(id, t);
    const auto [last, is_new] = last_.try_emplace(id, t);
    if (is_new) continue;
    previous_[t] = last->second;
    last->second = t;
  }
}

Question Questions::question(std::span<const std::uint32_t> context, std::uint32_t answer,
                             std::size_t t, std::uint32_t rank) const {
  Question question{context, answer, static_cast<std::uint32_t>(t), rank, {}, {}, {}};
  const auto first = first_.find(answer);
  if (first != first_.end() && first->second < context.size()) question.slot = first->second;
  if (context.empty()) return question;
  const std::uint32_t before = previous_[context.size() - 1];
  if (before == none) return question;
  question.last_value = {context[before + 1], 1};
  question.longest_match = longest_match(context);
  return question;
}

Follower Questions::longest_match(std::span<const std::uint32_t> context) const noexcept {
  constexpr unsigned most_places = 32;
  constexpr std::uint32_t longest = 16;
  Follower best;
  const auto last = static_cast<std::uint32_t>(context.size() - 1);
  std::uint32_t place = previous_[last];
  for (unsigned i = 0; i < most_places && place != none; ++i, place = previous_[place]) {
    std::uint32_t length = 1;
    while (length < longest && length <= place && context[place - length] == context[last - length])
      ++length;
    if (length > best.length) best = {context[place + 1], length};
    if (best.length == longest) break;
  }
  return best;
}

}  // namespace synthgen
