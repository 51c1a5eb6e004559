#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/family.hpp"
#include "synthgen/generate/item_random.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace synthgen {

/// What a custom generator makes: ids, the last `padding` of which only fill the row, and a label
/// for each of them where it `has_labels`.
struct CustomSequence {
  std::vector<std::int64_t> tokens;
  std::size_t padding = 0;
  std::vector<std::int64_t> labels = {};

  CustomSequence(std::vector<std::int64_t> ids, std::size_t padded = 0)  // NOLINT: from a list
      : tokens(std::move(ids)), padding(padded) {}
};

/// The base class of custom generators: derive from it, override `generate_sequence`, and pass the
/// class to `Generator::create_custom`. Its sequences then go through the same length check, noise
/// layer, writers, analysis and manifest as those of any family.
///
/// A sequence is a function of the config and the item alone: draw from the `ItemRandom` that is
/// handed in and keep no state between calls; threads share the object.
class SequenceGenerator {
 public:
  explicit SequenceGenerator(const Config& config) : config_(config), laws_(config) {}
  virtual ~SequenceGenerator() = default;
  SequenceGenerator(const SequenceGenerator&) = delete;
  SequenceGenerator& operator=(const SequenceGenerator&) = delete;

  /// One sequence: 1 to `max_length()` ids below `vocab_size()`. What it throws is reported with
  /// the sequence's index.
  virtual CustomSequence generate_sequence(ItemRandom& random) const = 0;

  /// What the manifest calls it.
  virtual std::string name() const { return "custom"; }

  /// Whether each sequence comes with a label for each token: an id, or `ignored_label` where none
  /// is scored. Noise changes tokens, never labels.
  virtual bool has_labels() const { return false; }

  /// The generator's source text, if any; the manifest has its hash.
  virtual std::string source() const { return {}; }

  /// Closed-form expectations, if you know some; `noise` is the rounded noise probability.
  virtual std::vector<Expectation> truth(double /*noise*/) const { return {}; }

  const Config& config() const noexcept { return config_; }
  std::int64_t vocab_size() const noexcept { return config_.vocab_size; }
  std::int64_t seq_length() const noexcept { return config_.seq_length; }
  /// seq_length, or the longest that length_variation allows.
  std::int64_t max_length() const noexcept { return laws_.lengths.longest(); }

  /// A member of `custom_params`, or `fallback` where it is not given. Throws
  /// std::invalid_argument when it is of another type.
  template <class T>
  T custom_param(const std::string& key, T fallback) const {
    if (!config_.custom_params.is_object()) return fallback;
    const auto found = config_.custom_params.find(key);
    if (found == config_.custom_params.end()) return fallback;
    try {
      return found->template get<T>();
    } catch (const Json::exception&) {
      throw std::invalid_argument("custom_params." + key + ": got " + to_text(*found) +
                                  "; another type is needed");
    }
  }

  /// Cuts a sequence to seq_length, or fills it up with `pad_token`.
  CustomSequence adjust_length(std::vector<std::int64_t> sequence) const;

  /// The token at a position of patterns of `pattern_length` tokens laid end to end.
  std::uint32_t generate_pattern_token(ItemRandom& random, std::uint64_t position) const {
    return random.pattern_token(position);
  }

  /// The first `num_samples` sequences of the train split, noise included. Fails (data) with the
  /// index of the sequence that is wrong.
  Result<SequenceBatch> generate_dataset(std::uint64_t num_samples) const;

  /// What `ItemRandom` draws from.
  const CustomLaws& laws() const noexcept { return laws_; }

 private:
  Config config_;
  CustomLaws laws_;
};

/// Makes a custom generator for the config of one split. May throw std::exception.
using CustomFactory = std::function<std::shared_ptr<const SequenceGenerator>(const Config&)>;

}  // namespace synthgen
