#pragma once

#include "synthgen/generate/recall/label_rules.hpp"
#include "synthgen/generate/recall/recall_writer.hpp"
#include "synthgen/generate/source.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// A recall task: sequences of one length, whose labels are the answers to questions about pairs
/// of keys and values.
class RecallFamily : public Family {
 public:
  explicit RecallFamily(const Config& config)
      : Family(config),
        length_(static_cast<std::uint32_t>(config.seq_length)),
        vocab_size_(static_cast<std::uint32_t>(config.vocab_size)),
        rules_(config) {}

  bool has_labels() const override { return true; }

  std::vector<Expectation> truth(double /*noise*/) const override {
    std::vector<Expectation> expectations = recall_truth();
    expectations.insert(
        expectations.begin(),
        {"avg_length", static_cast<double>(length_), "seq_length", "tokens", {"seq_length"}});
    return expectations;
  }

 protected:
  std::uint32_t seq_length() const noexcept { return length_; }
  std::uint32_t vocab_size() const noexcept { return vocab_size_; }
  const LabelRules& rules() const noexcept { return rules_; }

  /// What the layout's own parameters lead to.
  virtual std::vector<Expectation> recall_truth() const = 0;

 private:
  std::uint32_t length_;
  std::uint32_t vocab_size_;
  LabelRules rules_;
};

// Each layout's source, or every problem of its parameters.

MadeSource make_mqar(const Config& config);
MadeSource make_pair_recall(const Config& config);
MadeSource make_fuzzy_recall(const Config& config);

}  // namespace synthgen
