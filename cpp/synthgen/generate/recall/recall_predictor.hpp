#pragma once

#include "synthgen/generate/recall/label_rules.hpp"
#include "synthgen/law/predictor.hpp"
#include "synthgen/law/sparse_law.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

namespace synthgen {

/// What the laws of all recall layouts have in common: sequences of one length, a law of the next
/// token that follows from what was read, and labels that are answers or all next tokens.
class RecallPredictor : public Predictor {
 public:
  void reset() final {
    position_ = 0;
    is_possible_ = true;
    forget();
    update();
  }

  double probability(std::uint32_t id) const final {
    if (!no_token_law_.empty()) return unknown;
    return is_possible_ ? next_.probability(id) : 0;
  }

  double observe(std::uint32_t id) final {
    const double p = probability(id);
    is_possible_ = is_possible_ && p != 0 && id < vocab_size();
    if (is_possible_) read(id);
    ++position_;
    update();
    return p;
  }

  void law(std::span<double> probabilities) const final {
    const auto entries = probabilities.first(vocab_size());
    if (!no_token_law_.empty() || !is_possible_) {
      std::fill(entries.begin(), entries.end(), no_token_law_.empty() ? 0 : unknown);
    } else {
      next_.fill(entries);
    }
  }

  double entropy_bits() const final {
    return no_token_law_.empty() ? is_possible_ ? next_.entropy_bits() : 0 : unknown;
  }

  double continuation() const final { return position_ < length_ ? 1 : 0; }
  std::string_view no_token_law() const final { return no_token_law_; }
  bool has_label_law() const final { return true; }

  double scored() const final {
    if (position_ == 0 || !is_possible_) return 0;
    if (rules_.scores_all) return has_label_ ? 1 : 0;
    return scored_;
  }

  double label_probability(std::uint32_t id) const final {
    if (position_ == 0 || !is_possible_) return 0;
    return label().probability(id);
  }

  void label_law(std::span<double> probabilities) const final {
    label().fill(probabilities.first(vocab_size()));
  }

  double label_entropy_bits() const final { return label().entropy_bits(); }

 protected:
  /// `no_token_law` outlives the predictor. `length` tokens are in a sequence; the last one has a
  /// label beyond it if `answers_beyond`.
  RecallPredictor(std::uint32_t vocab_size, std::uint32_t length, const LabelRules& rules,
                  bool answers_beyond, std::string_view no_token_law = {})
      : Predictor(vocab_size),
        length_(length),
        rules_(rules),
        answers_beyond_(answers_beyond),
        no_token_law_(no_token_law) {}

  /// Begins another sequence.
  virtual void forget() = 0;

  /// Takes the token at `position()`.
  virtual void read(std::uint32_t id) = 0;

  /// Sets the law of the token at `position()`, from an empty one. Only where tokens have a law.
  virtual void predict(SparseLaw& next) const = 0;

  /// Sets the law of the answer at the position of the last token from an empty one, and returns
  /// the probability that it is scored; NaN where that is not known.
  virtual double predict_answer(SparseLaw& answer) const = 0;

  /// How many tokens were read.
  std::uint32_t position() const noexcept { return position_; }
  const LabelRules& rules() const noexcept { return rules_; }

  static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

 private:
  const SparseLaw& label() const { return rules_.scores_all ? next_ : answer_; }

  void update() {
    next_.clear();
    answer_.clear();
    scored_ = 0;
    has_label_ = position_ < length_ || (position_ == length_ && answers_beyond_);
    if (!is_possible_) return;
    if (no_token_law_.empty() && has_label_) predict(next_);
    if (position_ > 0) scored_ = predict_answer(answer_);
  }

  std::uint32_t length_;
  LabelRules rules_;
  bool answers_beyond_;
  std::string_view no_token_law_;
  std::uint32_t position_ = 0;
  bool is_possible_ = true;
  bool has_label_ = false;
  double scored_ = 0;
  SparseLaw next_;
  SparseLaw answer_;
};

}  // namespace synthgen
