#pragma once

#include "synthgen/generate/sequence_generator.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace synthgen {

/// A custom generator whose sequences a function makes, as where it comes from another language.
class FunctionGenerator final : public SequenceGenerator {
 public:
  struct Parts {
    /// Makes one sequence of its draws; see `SequenceGenerator::generate_sequence`.
    std::function<CustomSequence(ItemRandom& random)> generate;
    bool has_labels = false;
    std::string name = "custom";  ///< what the manifest calls it
    std::string source = {};      ///< its text, if any
  };

  FunctionGenerator(const Config& config, Parts parts)
      : SequenceGenerator(config), parts_(std::move(parts)) {}

  CustomSequence generate_sequence(ItemRandom& random) const override {
    return parts_.generate(random);
  }
  bool has_labels() const override { return parts_.has_labels; }
  std::string name() const override { return parts_.name; }
  std::string source() const override { return parts_.source; }

 private:
  Parts parts_;
};

/// A factory of such generators: `make` gives the parts for the config of one split.
inline CustomFactory function_factory(std::function<FunctionGenerator::Parts(const Config&)> make) {
  return [make = std::move(make)](const Config& in_split) {
    return std::make_shared<const FunctionGenerator>(in_split, make(in_split));
  };
}

}  // namespace synthgen
