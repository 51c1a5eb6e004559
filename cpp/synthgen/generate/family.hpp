#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/content.hpp"
#include "synthgen/generate/latents/latents.hpp"
#include "synthgen/generate/length_layer.hpp"
#include "synthgen/generate/truth/oracle.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace synthgen {

/// One sequence in the making: what a family writes.
struct Draft {
  std::span<std::uint32_t> tokens;  ///< to be filled; its size is the sequence's length
  Latents* latents = nullptr;       ///< to be described, unless null
  std::span<PositionLaw> laws;      ///< one for each token when latents are wanted, else empty

  /// Positions first … first + count − 1 of the laws; empty when there are none.
  std::span<PositionLaw> laws_of(std::size_t first, std::size_t count) const {
    return laws.empty() ? laws : laws.subspan(first, count);
  }
};

/// A closed-form expectation: what a family's parameters do to a measurement.
struct Expectation {
  std::string name;     ///< the measure's name
  double value;         ///< exact, apart from rounding
  std::string formula;  ///< with the parameters' keys as symbols
  std::string unit;     ///< empty for a pure number
};

/// A list of {name, value, formula, unit}, for programs.
Json to_json(const std::vector<Expectation>& expectations);

/// A generator family, made for one config: content and structure of sequences, before noise.
/// Immutable, so threads share it.
class Family {
 public:
  /// `reserved` ids are not content.
  explicit Family(const Config& config, std::vector<std::uint32_t> reserved = {})
      : content_(config, std::move(reserved)), lengths_(config) {}
  virtual ~Family() = default;
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;

  /// Tokens in that sequence, at least 1.
  virtual std::uint32_t length(const Item& item) const { return lengths_.draw(item); }

  /// Bounds on the lengths of its sequences.
  virtual LengthRange length_range() const { return lengths_.range(); }

  /// Writes content and structure of that sequence: ids before `first_content()`, ranks among the
  /// content ids from there on. Returns the number of tokens before padding.
  virtual std::size_t write(const Item& item, Draft& draft) const = 0;

  /// The first position that holds content; noise leaves the ones before it alone.
  virtual std::size_t first_content() const { return 0; }

  /// What measurements are expected to show; `noise` is the rounded noise probability.
  virtual std::vector<Expectation> truth(double noise) const = 0;

  /// What measurements of so many sequences together, at least 1, are expected to show: those that
  /// depend on how many there are.
  virtual std::vector<Expectation> dataset_truth(std::uint64_t /*sequences*/) const { return {}; }

  /// The probability that a further sequence is among `sequences` others; none where no closed form
  /// is known.
  virtual std::optional<double> copy_chance(std::uint64_t /*sequences*/) const { return {}; }

  const Content& content() const noexcept { return content_; }
  const LengthLayer& lengths() const noexcept { return lengths_; }

 private:
  Content content_;
  LengthLayer lengths_;
};

}  // namespace synthgen
