#include "synthgen/random/successive_sampling.hpp"

#include "synthgen/random/portable_math.hpp"

#include <bit>
#include <cmath>
#include <numeric>

namespace synthgen {
namespace {

__extension__ using Wide = unsigned __int128;

/// An unbiased integer in [0, range) from the two words at 2j and 2j + 1, by Lemire's method. The
/// last attempt is taken as it is.
std::uint64_t bounded(const WordStream& words, std::uint64_t j, std::uint64_t range) {
  const std::uint64_t reject_below = (0 - range) % range;
  for (std::uint32_t attempt = 0;; ++attempt) {
    const std::uint64_t word =
        std::uint64_t{words.word(2 * j, attempt)} << 32 | words.word(2 * j + 1, attempt);
    const Wide product = static_cast<Wide>(word) * range;
    if (static_cast<std::uint64_t>(product) >= reject_below ||
        attempt + 1 >= WordStream::max_attempts) {
      return static_cast<std::uint64_t>(product >> 64);
    }
  }
}

}  // namespace

SuccessiveSampling::SuccessiveSampling(std::vector<std::uint64_t> weights)
    : weights_(std::move(weights)),
      tree_(weights_.size() + 1),
      total_(std::accumulate(weights_.begin(), weights_.end(), std::uint64_t{0})) {
  for (std::size_t i = 1; i < tree_.size(); ++i) {
    tree_[i] += weights_[i - 1];
    const std::size_t parent = i + (i & (0 - i));
    if (parent < tree_.size()) tree_[parent] += tree_[i];
  }
}

std::vector<std::uint32_t> SuccessiveSampling::draw(const WordStream& words,
                                                    std::uint32_t count) const {
  std::vector<std::uint64_t> tree = tree_;
  std::uint64_t left = total_;
  std::vector<std::uint32_t> drawn;
  for (std::uint32_t j = 0; j < count; ++j) {
    // The item whose part of the cumulative weights contains `place`.
    std::uint64_t place = bounded(words, j, left);
    std::size_t below = 0;
    for (std::size_t step = std::bit_floor(tree.size() - 1); step > 0; step /= 2) {
      if (below + step < tree.size() && tree[below + step] <= place) {
        below += step;
        place -= tree[below];
      }
    }
    drawn.push_back(static_cast<std::uint32_t>(below));
    left -= weights_[below];
    for (std::size_t i = below + 1; i < tree.size(); i += i & (0 - i)) tree[i] -= weights_[below];
  }
  return drawn;
}

std::vector<std::uint64_t> power_law_weights(std::uint32_t size, double a) {
  constexpr double one = 274877906944.0;  // 2^38: 2^24 such weights stay below 2^63
  std::vector<std::uint64_t> weights(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    weights[i] =
        static_cast<std::uint64_t>(std::floor(portable_inverse_power(i + 1.0, 1 - a) * one + 0.5));
  }
  return weights;
}

}  // namespace synthgen
