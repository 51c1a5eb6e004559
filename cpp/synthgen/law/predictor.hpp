#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// −log2 of a probability: what an outcome of that probability costs; infinite for 0. The same bits
/// on every platform.
double bits_of(double probability) noexcept;

/// The entropy of a distribution in bits. The same bits on every platform.
double entropy_of(std::span<const double> probabilities) noexcept;

/// The exact law of the next token of a sequence, given the tokens before it and nothing else but
/// the config: what the best possible model outputs. It is conditioned on the sequence having a
/// next token, so the end of a sequence costs nothing. Tokens are ids of the vocabulary, as in the
/// data, with noise; padding is no token.
///
/// Feed it one sequence after another: `reset`, then for each position `probability` or `law` as
/// wanted, and `observe`. One thread at a time; it refers to the generator that made it.
class Predictor {
 public:
  explicit Predictor(std::uint32_t vocab_size) : vocab_size_(vocab_size) {}
  virtual ~Predictor() = default;
  Predictor(const Predictor&) = delete;
  Predictor& operator=(const Predictor&) = delete;

  /// Ids are below it; a law has an entry for each.
  std::uint32_t vocab_size() const noexcept { return vocab_size_; }

  /// Begins another sequence. A new predictor stands at the beginning of one.
  virtual void reset() = 0;

  /// P(the next token is `id` | the tokens so far, there is a next token); 0 for ids that are not
  /// in the vocabulary. After a token that the generator cannot produce it is 0 for every id. NaN
  /// where tokens have no law. Costs far less than a whole law.
  virtual double probability(std::uint32_t id) const = 0;

  /// Takes the next token and returns the probability that it had.
  virtual double observe(std::uint32_t id) = 0;

  /// Writes the probability of each id to the first `vocab_size()` entries.
  virtual void law(std::span<double> probabilities) const;

  /// The entropy of the law in bits. Costs a whole law unless a family knows better.
  virtual double entropy_bits() const;

  /// P(there is a next token | the tokens so far).
  virtual double continuation() const = 0;

  /// Why tokens have no law although labels have one; empty where they have.
  virtual std::string_view no_token_law() const { return {}; }

  /// Whether it gives the law of labels.
  virtual bool has_label_law() const { return false; }

  /// P(the position of the last token is scored | the tokens so far). The label at a position is
  /// predicted from the tokens up to that position, which is the last one observed.
  virtual double scored() const { return 0; }

  /// P(the label at the position of the last token is `id` | the tokens so far, it is scored).
  virtual double label_probability(std::uint32_t /*id*/) const { return 0; }

  /// Writes the probability of each id as the label to the first `vocab_size()` entries.
  virtual void label_law(std::span<double> probabilities) const;

  /// The entropy of the label's law in bits.
  virtual double label_entropy_bits() const;

  /// What `id` would cost as the next token.
  double bits(std::uint32_t id) const { return bits_of(probability(id)); }

  /// What `id` would cost as the label at the position of the last token.
  double label_bits(std::uint32_t id) const { return bits_of(label_probability(id)); }

 private:
  std::uint32_t vocab_size_;
};

/// A predictor, or the reason why a config has none.
using MadePredictor = Result<std::unique_ptr<Predictor>>;

/// The failure (usage) of a config without an exact law, for a reason that is part of a sentence:
/// "no exact law of the next token: {reason}".
tl::unexpected<Error> no_law(std::string_view reason);

/// Writes what each token of a sequence costs, from its beginning: −log2 P(x_t | x_<t).
void predictive_bits(Predictor& predictor, std::span<const std::uint32_t> tokens,
                     std::span<double> bits);

}  // namespace synthgen
