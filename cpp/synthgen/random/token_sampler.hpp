#pragma once

#include "synthgen/random/bounded.hpp"
#include "synthgen/random/stream.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace synthgen {

/// The two word streams that token draws of one sequence read: one for the id (or the column of
/// an alias table), one for the fraction that only non-uniform distributions use.
template <class Words>
struct TokenWordsOf {
  Words ids;
  Words fractions;

  static TokenWordsOf content(const Item& item) noexcept {
    return {Words(WordStream(item, Substream::content)),
            Words(WordStream(item, Substream::content_fraction))};
  }
  static TokenWordsOf noise(const Item& item) noexcept {
    return {Words(WordStream(item, Substream::noise_token)),
            Words(WordStream(item, Substream::noise_fraction))};
  }
};

/// For draws here and there.
using TokenWords = TokenWordsOf<WordStream>;
/// For draws at most positions, in ascending order.
using TokenReader = TokenWordsOf<WordReader>;

/// Consecutive ranks first … first + size − 1.
struct Band {
  std::uint32_t first = 0;
  std::uint32_t size = 0;

  constexpr bool contains(std::uint32_t rank) const noexcept { return rank - first < size; }
  /// Part i of `parts` nearly equal ones, cut at ⌊i·size/parts⌋.
  constexpr Band part(std::uint32_t i, std::uint32_t parts) const noexcept {
    const auto cut = [&](std::uint64_t k) { return static_cast<std::uint32_t>(k * size / parts); };
    return {first + cut(i), cut(std::uint64_t{i} + 1) - cut(i)};
  }
  friend constexpr bool operator==(const Band&, const Band&) = default;
};

/// A distribution over the ranks 0 … size − 1: uniform, or Zipf by an alias table with integer
/// weights. The same ranks on every platform; `probability` is exact for what is drawn.
class TokenSampler {
 public:
  static constexpr std::uint32_t max_zipf_size = 1U << 24;

  /// Uniform over the ranks. `size` is 1 … 2^31 − 1.
  static TokenSampler uniform(std::uint32_t size);

  /// p(r) ∝ (r + 1)^−exponent, in units of 1 / (size·2^32). `size` is 1 … 2^24, `exponent` at
  /// least 0. Walker's alias method, Vose's construction, in integers.
  static TokenSampler zipf(std::uint32_t size, double exponent);

  std::uint32_t size() const noexcept { return columns_.range(); }
  bool is_uniform() const noexcept { return table_ == nullptr; }

  /// The probability of a rank below `size()`.
  double probability(std::uint32_t rank) const noexcept { return probability(Band{rank, 1}); }
  /// The probability of a band as a whole.
  double probability(const Band& band) const noexcept {
    if (is_uniform()) return static_cast<double>(band.size) / size();
    return static_cast<double>(weight(band)) / (static_cast<double>(size()) * 4294967296.0);
  }
  /// The probability of a rank in the distribution conditioned on `band`, as `draw` has it.
  double probability(std::uint32_t rank, const Band& band) const noexcept;

  /// The rank drawn at `position`: the first attempt from `attempt` on that is accepted, which
  /// `attempt` then names. `words` are `TokenWords` or a `TokenReader`.
  template <class Words>
  std::uint32_t draw(Words&& words, std::uint64_t position, std::uint32_t& attempt) const noexcept {
    const std::uint32_t column = columns_.draw(words.ids, position, attempt);
    return is_uniform() ? column : resolve(column, words.fractions.word(position, attempt));
  }

  /// The rank drawn at `position` from this distribution conditioned on `band`, which has at least
  /// one rank; from the uniform one where every weight in the band is 0. Zipf inverts the
  /// cumulative weights, with the fraction word below the id word.
  template <class Words>
  std::uint32_t draw(const Band& band, Words&& words, std::uint64_t position,
                     std::uint32_t& attempt) const noexcept {
    const std::uint64_t total = is_uniform() ? 0 : weight(band);
    if (total == 0) return band.first + Bounded(band.size).draw(words.ids, position, attempt);
    const std::uint64_t reject_below = (0 - total) % total;
    for (;; ++attempt) {
      const std::uint64_t word = std::uint64_t{words.ids.word(position, attempt)} << 32 |
                                 words.fractions.word(position, attempt);
      const WideProduct product = WideProduct{word} * total;
      if (static_cast<std::uint64_t>(product) < reject_below &&
          attempt + 1 < WordStream::max_attempts) {
        continue;
      }
      return rank_at(band, static_cast<std::uint64_t>(product >> 64));
    }
  }

  /// The ranks at positions 0 … ranks.size() − 1, each as `draw` from attempt 0 gives it.
  void fill(const TokenWords& words, std::span<std::uint32_t> ranks) const noexcept;

 private:
  struct Column {
    std::uint32_t keep_below = 0;  ///< fraction words below this stay, the others go to `alias`
    std::uint32_t alias = 0;
  };
  struct Table {
    std::vector<Column> columns;
    std::vector<std::uint64_t> cumulative;  ///< of the weights: size + 1 entries, 0 … size·2^32
  };

  TokenSampler(std::uint32_t size, std::shared_ptr<const Table> table)
      : columns_(size), table_(std::move(table)) {}
  static TokenSampler from_weights(std::vector<std::uint64_t> weights);

  __extension__ using WideProduct = unsigned __int128;

  /// The rank that holds the unit of weight number `unit` of a band.
  std::uint32_t rank_at(const Band& band, std::uint64_t unit) const noexcept;

  std::uint64_t weight(const Band& band) const noexcept {
    return table_->cumulative[band.first + band.size] - table_->cumulative[band.first];
  }

  std::uint32_t resolve(std::uint32_t column, std::uint32_t fraction) const noexcept {
    const Column& cell = table_->columns[column];
    // Without a branch, which would be mispredicted for every third token or so.
    const std::uint32_t kept = 0U - (fraction < cell.keep_below ? 1U : 0U);
    return (column & kept) | (cell.alias & ~kept);
  }

  Bounded columns_;
  std::shared_ptr<const Table> table_;
};

}  // namespace synthgen
