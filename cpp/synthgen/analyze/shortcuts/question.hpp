#pragma once

#include "synthgen/analyze/shortcuts/sequence_sample.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace synthgen {

/// A token that followed an earlier part of the sequence which equals its end.
struct Follower {
  std::uint32_t id = 0;
  std::uint32_t length = 0;  ///< of the equal part, in tokens; 0: there is none
};

/// What a model is asked: a next token, or the label of a scored position.
struct Question {
  std::span<const std::uint32_t> context;  ///< the tokens that the answer follows
  std::uint32_t answer = 0;
  std::uint32_t position = 0;  ///< of the token that the answer is, or is scored at
  std::uint32_t rank = 0;      ///< how many questions the sequence has before this one
  /// After the latest earlier place of the context's last token.
  Follower last_value;
  /// The token that followed the longest earlier match with the end of the context (at most 16
  /// tokens, among the last 32 places of its last token).
  Follower longest_match;
  /// Where the context has the answer first; none if it lacks it.
  std::optional<std::uint32_t> slot;
};

/// One sequence after another as questions. Keeps its memory.
class Questions {
 public:
  /// Whether labels are asked for: those of the sequences that have some.
  explicit Questions(bool about_labels) : about_labels_(about_labels) {}

  /// Calls `use` with each question of a sequence in order.
  template <class Use>
  void each(const SampledSequence& sequence, const Use& use) {
    begin(sequence);
    std::uint32_t rank = 0;
    const std::span<const std::uint32_t> tokens(sequence.tokens);
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      if (!about_labels_) {
        use(question(tokens.first(t), tokens[t], t, rank++));
      } else if (!sequence.labels.empty() && sequence.labels[t] != ignored_label) {
        const auto label = static_cast<std::uint32_t>(sequence.labels[t]);
        use(question(tokens.first(t + 1), label, t, rank++));
      }
    }
  }

  /// Whether the context's token at that place occurs there first, in the sequence of the question.
  bool is_first(std::uint32_t place) const noexcept { return previous_[place] == none; }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;

  void begin(const SampledSequence& sequence);
  Question question(std::span<const std::uint32_t> context, std::uint32_t answer, std::size_t t,
                    std::uint32_t rank) const;
  Follower longest_match(std::span<const std::uint32_t> context) const noexcept;

  bool about_labels_;
  std::vector<std::uint32_t> previous_;  ///< for each token its latest earlier place
  std::unordered_map<std::uint32_t, std::uint32_t> last_;
  std::unordered_map<std::uint32_t, std::uint32_t> first_;
};

}  // namespace synthgen
