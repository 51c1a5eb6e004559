#pragma once

#include "synthgen/analyze/shortcuts/sequence_sample.hpp"
#include "synthgen/analyze/shortcuts/shortcut.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {

/// What one shortcut reaches on the sequences that are held out.
struct ShortcutScore {
  const ShortcutEntry* entry = nullptr;
  double bits = 0;          ///< mean of −log2 P(answer)
  double accuracy = 0;      ///< share of right guesses
  double gain_bits = 0;     ///< by which it is better than the one that it is held against
  double gain_error = 0;    ///< standard error of that, over sequences
  double simpler_bits = 0;  ///< the fewest of all that it is held against in turn

  /// Whether it is better by more than four standard errors, and the best of its line.
  bool finds_something() const noexcept;
};

/// What all shortcuts reach.
struct ContestResult {
  bool about_labels = false;
  std::uint64_t questions = 0;        ///< of the held-out sequences
  std::vector<ShortcutScore> scores;  ///< of those that apply; none without questions
};

/// Whether any sequence of the samples has a label.
bool has_labels(const SequenceSample& sample) noexcept;

/// Fits all shortcuts to some sequences and asks them about others: for the labels where these have
/// some, else for the next tokens. Ids are below `vocab_size`; without one, below the largest that
/// occurs.
ContestResult hold_contest(const SequenceSample& fitted, const SequenceSample& held_out,
                           std::optional<std::int64_t> vocab_size);

}  // namespace synthgen
