#pragma once

#include "synthgen/analyze/shortcuts/shortcut.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace synthgen {

/// A guess that the context gives, believed as often as it was right among guesses of its length.
/// Where there is none, and for all other ids, the counts of answers apply.
template <Follower (*guess_of)(const Question&)>
class CopyShortcut final : public Shortcut {
 public:
  explicit CopyShortcut(const AnswerCounts& counts) : counts_(counts) {}

  void fit(const Question& question, const Questions&, std::uint64_t times) override {
    const Follower guess = guess_of(question);
    if (guess.length == 0) return;
    Rate& rate = rates_[place(guess)];
    rate.cases += times;
    rate.right += guess.id == question.answer ? times : 0;
  }

  ShortcutAnswer answer(const Question& question, const Questions&) const override {
    const Follower guess = guess_of(question);
    const double common = counts_.probability(question.answer);
    if (guess.length == 0) return {common, counts_.best()};
    const double rate = rates_[place(guess)].value();
    if (guess.id == question.answer) return {rate, guess.id};
    return {(1 - rate) * common / (1 - std::min(counts_.probability(guess.id), 0.999999)),
            guess.id};
  }

 private:
  struct Rate {
    std::uint64_t cases = 0;
    std::uint64_t right = 0;

    double value() const noexcept {
      return (static_cast<double>(right) + 0.5) / (static_cast<double>(cases) + 1);
    }
  };
  static constexpr std::size_t longest = 16;
  static std::size_t place(const Follower& guess) noexcept {
    return std::min<std::size_t>(guess.length, longest);
  }

  const AnswerCounts& counts_;
  std::array<Rate, longest + 1> rates_{};
};

inline Follower previous_token(const Question& question) {
  return question.context.empty() ? Follower{} : Follower{question.context.back(), 1};
}
inline Follower last_value(const Question& question) {
  return question.last_value;
}
inline Follower longest_match(const Question& question) {
  return question.longest_match;
}

}  // namespace synthgen
