#include "synthgen/dataset/curriculum/complexity_order.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>

namespace synthgen {

double ComplexityMeter::operator()(std::span<const std::uint32_t> sequence) {
  if (measure_ == ComplexityMeasure::lz) {
    return lz_complexity(phrases_(sequence), sequence.size(), vocab_size_);
  }
  const double alphabet = alphabet_size(sequence.size(), 0, vocab_size_);
  if (alphabet < 2) return 0;
  return std::min(1.0, counts_(sequence).entropy_bits / portable_log2(alphabet));
}

void ComplexityOrder::finish() {
  if (!must_learn()) return;
  std::sort(sorted_.begin(), sorted_.end());
  const std::uint64_t count = sorted_.size();
  const auto share_of = [&](std::uint64_t rank) {
    return count < 2 ? 0 : static_cast<double>(rank) / static_cast<double>(count - 1);
  };
  /// The first rank whose share fails `below`, which holds for small shares.
  const auto first_not = [&](const auto& below) {
    std::uint64_t low = 0;
    for (std::uint64_t high = count; low < high;) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (below(share_of(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  for (const ComplexityRange& range : ranges_) {
    const Ranks ranks{first_not([&](double share) { return share < range.minimum; }),
                      first_not([&](double share) { return share <= range.maximum; })};
    ranks_.push_back(ranks);
    for (const std::uint64_t end : {ranks.first, ranks.end}) {
      if (end < count) seen_.emplace(sorted_[static_cast<std::size_t>(end)], 0);
    }
  }
}

std::uint64_t ComplexityOrder::rank(double complexity) {
  const auto first = std::lower_bound(sorted_.begin(), sorted_.end(), complexity);
  const auto rank = static_cast<std::uint64_t>(first - sorted_.begin());
  // Equal ones lie together on one side of every end, unless one of them is at an end.
  const auto seen = seen_.find(complexity);
  return seen == seen_.end() ? rank : rank + seen->second++;
}

const std::vector<char>& ComplexityOrder::contains(double complexity) {
  const std::uint64_t at = must_learn() ? rank(complexity) : 0;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    contained_[i] = static_cast<char>(must_learn() ? at >= ranks_[i].first && at < ranks_[i].end
                                                   : complexity >= ranges_[i].minimum &&
                                                         complexity <= ranges_[i].maximum);
  }
  return contained_;
}

}  // namespace synthgen
