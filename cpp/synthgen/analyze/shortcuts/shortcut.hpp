#pragma once

#include "synthgen/analyze/shortcuts/context_table.hpp"
#include "synthgen/analyze/shortcuts/question.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace synthgen {

/// What a shortcut says to a question: the probability that it gives the right answer, and its
/// guess; without one it guesses at random.
struct ShortcutAnswer {
  double probability = 0;
  std::optional<std::uint32_t> guess = {};

  /// The chance that it guesses `answer`.
  double right(std::uint32_t answer) const noexcept {
    return guess ? (*guess == answer ? 1 : 0) : probability;
  }
};

/// The law of answers regardless of the question, which all shortcuts fall back on: how often each
/// id was the answer, smoothed towards the uniform law.
struct AnswerCounts {
  double ids = 1;  ///< in the vocabulary
  ContextTable table;

  double probability(std::uint32_t id) const { return table.probability(0, id, 1 / ids); }
  std::uint32_t best() const { return table.best(0).value_or(0); }
};

/// A simple rule that predicts answers without the structure of the data: fitted to some sequences,
/// then asked about others.
class Shortcut {
 public:
  virtual ~Shortcut() = default;
  /// A question of the sequences that it is fitted to, which occurs `times` times. `questions` is
  /// at its sequence.
  virtual void fit(const Question& question, const Questions& questions, std::uint64_t times) = 0;
  virtual ShortcutAnswer answer(const Question& question, const Questions& questions) const = 0;
};

/// A shortcut's description: whatever shows or measures it goes by it.
struct ShortcutEntry {
  std::string_view name;
  std::string_view summary;  ///< what it predicts from; part of a sentence
  /// The simpler shortcut that it must beat to have found anything; empty for the simplest.
  std::string_view against;
  bool needs_labels = false;
  /// `counts` are complete before `answer` is called.
  std::unique_ptr<Shortcut> (*make)(const AnswerCounts& counts);
};

/// Every shortcut; each comes after the one that it is held against.
std::span<const ShortcutEntry> shortcuts();

}  // namespace synthgen
