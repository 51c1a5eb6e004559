#pragma once

#include "synthgen/analyze/shortcuts/shortcut.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace synthgen {

/// 1 / V for each id.
class UniformShortcut final : public Shortcut {
 public:
  explicit UniformShortcut(const AnswerCounts& counts) : counts_(counts) {}
  void fit(const Question&, const Questions&, std::uint64_t) override {}
  ShortcutAnswer answer(const Question&, const Questions&) const override {
    return {1 / counts_.ids};
  }

 private:
  const AnswerCounts& counts_;
};

/// How often each id is the answer.
class UnigramShortcut final : public Shortcut {
 public:
  explicit UnigramShortcut(const AnswerCounts& counts) : counts_(counts) {}
  void fit(const Question&, const Questions&, std::uint64_t) override {}
  ShortcutAnswer answer(const Question& question, const Questions&) const override {
    return {counts_.probability(question.answer), counts_.best()};
  }

 private:
  const AnswerCounts& counts_;
};

/// Always the most common answer; all other ids are equal to it.
class MajorityShortcut final : public Shortcut {
 public:
  explicit MajorityShortcut(const AnswerCounts& counts) : counts_(counts) {}
  void fit(const Question&, const Questions&, std::uint64_t) override {}
  ShortcutAnswer answer(const Question& question, const Questions&) const override {
    const std::uint32_t best = counts_.best();
    const double share = counts_.probability(best);
    if (question.answer == best) return {share, best};
    return {(1 - share) / std::max(1.0, counts_.ids - 1), best};
  }

 private:
  const AnswerCounts& counts_;
};

/// How often each id is the answer at each position.
class PositionShortcut final : public Shortcut {
 public:
  explicit PositionShortcut(const AnswerCounts& counts) : counts_(counts) {}
  void fit(const Question& question, const Questions&, std::uint64_t times) override {
    table_.add(question.position, question.answer, times);
  }
  ShortcutAnswer answer(const Question& question, const Questions&) const override {
    return {table_.probability(question.position, question.answer,
                               counts_.probability(question.answer)),
            table_.best(question.position).value_or(counts_.best())};
  }

 private:
  const AnswerCounts& counts_;
  ContextTable table_;
};

/// How often each id is the answer after the context's last one or two tokens; backs off to fewer.
template <unsigned context_tokens>
class NgramShortcut final : public Shortcut {
 public:
  explicit NgramShortcut(const AnswerCounts& counts) : counts_(counts) {}

  void fit(const Question& question, const Questions&, std::uint64_t times) override {
    for (unsigned n = 1; n <= context_tokens && n <= question.context.size(); ++n) {
      tables_[n - 1].add(key_of(question, n), question.answer, times);
    }
  }

  ShortcutAnswer answer(const Question& question, const Questions&) const override {
    ShortcutAnswer answer{counts_.probability(question.answer), counts_.best()};
    for (unsigned n = 1; n <= context_tokens && n <= question.context.size(); ++n) {
      const std::uint64_t key = key_of(question, n);
      answer.probability = tables_[n - 1].probability(key, question.answer, answer.probability);
      answer.guess = tables_[n - 1].best(key).value_or(*answer.guess);
    }
    return answer;
  }

 private:
  static std::uint64_t key_of(const Question& question, unsigned n) noexcept {
    std::uint64_t key = 0;
    for (const std::uint32_t id : question.context.last(n)) key = key << 32 | id;
    return key;
  }

  const AnswerCounts& counts_;
  std::array<ContextTable, context_tokens> tables_;
};

}  // namespace synthgen
