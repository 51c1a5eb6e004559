#pragma once

#include "synthgen/analyze/shortcuts/shortcut.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

namespace synthgen {

/// How often the answer is what the context has at each place, its first occurrence counting:
/// regardless of the question, or for each rank of it. Ranks above 255 are one, and places from
/// 1024 on are none.
template <bool by_rank>
class SlotShortcut final : public Shortcut {
 public:
  explicit SlotShortcut(const AnswerCounts& counts) : counts_(counts) {}

  void fit(const Question& question, const Questions&, std::uint64_t times) override {
    Row& row = rows_[key_of(question)];
    row.cases += times;
    if (!question.slot || *question.slot >= most_slots) return;
    if (row.slots.size() <= *question.slot) row.slots.resize(*question.slot + 1);
    std::uint64_t& cases = row.slots[*question.slot];
    row.kinds += cases == 0 ? 1 : 0;
    cases += times;
  }

  ShortcutAnswer answer(const Question& question, const Questions& questions) const override {
    ShortcutAnswer answer{counts_.probability(question.answer), counts_.best()};
    const auto found = rows_.find(key_of(question));
    if (found == rows_.end()) return answer;
    const Row& row = found->second;
    const std::size_t slots = std::min(row.slots.size(), question.context.size());
    std::uint64_t known = 0;  // cases of places where a token of this context is first
    std::uint64_t most = 0;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      const std::uint64_t cases = row.slots[slot];
      if (cases == 0 || !questions.is_first(static_cast<std::uint32_t>(slot))) continue;
      known += cases;
      if (cases <= most) continue;
      most = cases;
      answer.guess = question.context[slot];
    }
    const std::uint64_t right =
        question.slot && *question.slot < slots ? row.slots[*question.slot] : 0;
    // What the other cases had is left to the counts of answers, and Witten and Bell's share too.
    const auto kinds = static_cast<double>(row.kinds + 1);
    const double left = static_cast<double>(row.cases - known) + kinds;
    answer.probability = (static_cast<double>(right) + left * answer.probability) /
                         (static_cast<double>(row.cases) + kinds);
    return answer;
  }

 private:
  static constexpr std::uint32_t most_slots = 1024;

  struct Row {
    std::uint64_t cases = 0;
    std::uint64_t kinds = 0;
    std::vector<std::uint64_t> slots;
  };

  static std::uint32_t key_of(const Question& question) noexcept {
    constexpr std::uint32_t most_ranks = 256;
    return by_rank ? std::min(question.rank, most_ranks - 1) : 0;
  }

  const AnswerCounts& counts_;
  std::map<std::uint32_t, Row> rows_;
};

}  // namespace synthgen
