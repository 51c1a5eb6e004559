#include "synthgen/analyze/shortcuts/contest.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

/// A shortcut in the contest.
struct Contestant {
  const ShortcutEntry* entry;
  std::unique_ptr<Shortcut> shortcut;
  std::size_t against = 0;  ///< itself for the simplest
  double bits = 0;          ///< sums over questions
  double right = 0;
  double of_sequence = 0;  ///< bits of the current sequence
  double gain = 0;         ///< sums over sequences: of gains, of their squares, and times questions
  double gain_squares = 0;
  double gain_questions = 0;
};

std::vector<Contestant> contestants(const AnswerCounts& counts, bool about_labels) {
  std::vector<Contestant> all;
  for (const ShortcutEntry& entry : shortcuts()) {
    if (entry.needs_labels && !about_labels) continue;
    const auto against = std::find_if(all.begin(), all.end(), [&](const Contestant& other) {
      return other.entry->name == entry.against;
    });
    all.push_back({&entry, entry.make(counts), static_cast<std::size_t>(against - all.begin())});
  }
  return all;
}

/// One more than the largest id of tokens and labels.
double ids_of(const SequenceSample& sample) noexcept {
  std::int64_t largest = 0;
  for (const auto& [hash, entry] : sample.entries()) {
    for (const std::uint32_t id : entry.value.tokens) largest = std::max<std::int64_t>(largest, id);
    for (const std::int64_t label : entry.value.labels) largest = std::max(largest, label);
  }
  return static_cast<double>(largest + 1);
}

void fit(const SequenceSample& sample, Questions& questions, AnswerCounts& counts,
         std::vector<Contestant>& all) {
  for (const auto& [hash, entry] : sample.entries()) {
    questions.each(entry.value, [&, times = entry.times](const Question& question) {
      counts.table.add(0, question.answer, times);
      for (Contestant& each : all) each.shortcut->fit(question, questions, times);
    });
  }
}

/// Sums of questions, over sequences, that errors of ratios need.
struct QuestionSums {
  double questions = 0;
  double squares = 0;
};

QuestionSums ask(const SequenceSample& sample, Questions& questions, std::vector<Contestant>& all) {
  QuestionSums sums;
  for (const auto& [hash, entry] : sample.entries()) {
    double asked = 0;
    for (Contestant& each : all) each.of_sequence = 0;
    const auto times = static_cast<double>(entry.times);
    questions.each(entry.value, [&](const Question& question) {
      ++asked;
      for (Contestant& each : all) {
        const ShortcutAnswer answer = each.shortcut->answer(question, questions);
        each.of_sequence -= std::log2(answer.probability);
        each.right += times * answer.right(question.answer);
      }
    });
    sums.questions += times * asked;
    sums.squares += times * asked * asked;
    for (Contestant& each : all) {
      const double gain = all[each.against].of_sequence - each.of_sequence;
      each.bits += times * each.of_sequence;
      each.gain += times * gain;
      each.gain_squares += times * gain * gain;
      each.gain_questions += times * gain * asked;
    }
  }
  return sums;
}

}  // namespace

bool ShortcutScore::finds_something() const noexcept {
  constexpr double errors = 4;
  constexpr double least_bits = 1e-6;  // what rounding makes
  return gain_bits > errors * gain_error && gain_bits > least_bits && bits < simpler_bits;
}

bool has_labels(const SequenceSample& sample) noexcept {
  return std::any_of(sample.entries().begin(), sample.entries().end(), [](const auto& entry) {
    const std::vector<std::int64_t>& labels = entry.second.value.labels;
    return std::any_of(labels.begin(), labels.end(),
                       [](std::int64_t label) { return label != ignored_label; });
  });
}

ContestResult hold_contest(const SequenceSample& fitted, const SequenceSample& held_out,
                           std::optional<std::int64_t> vocab_size) {
  ContestResult result{has_labels(held_out), 0, {}};
  AnswerCounts counts;
  counts.ids =
      vocab_size ? static_cast<double>(*vocab_size) : std::max(ids_of(fitted), ids_of(held_out));
  std::vector<Contestant> all = contestants(counts, result.about_labels);
  Questions questions(result.about_labels);
  fit(fitted, questions, counts, all);
  const QuestionSums sums = ask(held_out, questions, all);
  result.questions = static_cast<std::uint64_t>(sums.questions);
  if (result.questions == 0) return result;
  const double n = sums.questions;
  for (const Contestant& each : all) {
    const double gain = each.gain / n;
    const double squares =
        each.gain_squares - 2 * gain * each.gain_questions + gain * gain * sums.squares;
    ShortcutScore score{each.entry, each.bits / n, each.right / n, gain,
                        std::sqrt(std::max(0.0, squares)) / n};
    score.simpler_bits = score.bits;
    if (each.against < result.scores.size()) {
      const ShortcutScore& simpler = result.scores[each.against];
      score.simpler_bits = std::min(simpler.bits, simpler.simpler_bits);
    }
    result.scores.push_back(score);
  }
  return result;
}

}  // namespace synthgen
