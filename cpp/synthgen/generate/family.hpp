#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/content.hpp"
#include "synthgen/generate/latents.hpp"
#include "synthgen/generate/length_layer.hpp"
#include "synthgen/generate/oracle.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// One sequence in the making: what a family writes.
struct Draft {
  std::span<std::uint32_t> tokens;      ///< to be filled; its size is the sequence's length
  Latents* latents = nullptr;           ///< to be described, unless null
  std::vector<PositionLaw>* laws = {};  ///< one law a position when latents are wanted, else null
};

/// A closed-form expectation: what a family's parameters do to a measurement.
struct Expectation {
  std::string name;     ///< the measure's name
  double value;         ///< exact, apart from rounding
  std::string formula;  ///< with the parameters' keys as symbols
  std::string unit;     ///< empty for a pure number
};

/// A generator family, made for one config: content and structure of sequences, before noise.
/// Immutable, so threads share it.
class Family {
 public:
  explicit Family(const Config& config) : content_(config), lengths_(config) {}
  virtual ~Family() = default;
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;

  /// Tokens in that sequence, at least 1.
  virtual std::uint32_t length(const Item& item) const { return lengths_.draw(item); }

  /// Writes content and structure of that sequence.
  virtual void write(const Item& item, Draft& draft) const = 0;

  /// The first position that noise may touch.
  virtual std::size_t first_noisy() const { return 0; }

  /// What measurements are expected to show, noise included (`noise` is its rounded probability).
  virtual std::vector<Expectation> truth(double noise) const = 0;

  const Content& content() const noexcept { return content_; }
  const LengthLayer& lengths() const noexcept { return lengths_; }

 private:
  Content content_;
  LengthLayer lengths_;
};

/// A family's line in the registry.
struct FamilyEntry {
  std::string_view name;
  std::string_view summary;  ///< one sentence
  std::string_view example;  ///< a few tokens that show the structure
  /// What is wrong with a config beyond the single parameters' ranges.
  std::vector<Problem> (*check)(const Config&);
  std::unique_ptr<Family> (*make)(const Config&);
};

}  // namespace synthgen
