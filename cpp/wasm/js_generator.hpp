#pragma once

#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/sequence_request.hpp"

#include <array>
#include <optional>
#include <vector>

#include "values.hpp"

namespace synthgen::wasm {

/// A generator for JavaScript.
class JsGenerator {
 public:
  explicit JsGenerator(Generator generator) : generator_(std::move(generator)) {}

  const Generator& generator() const { return generator_; }

  /// The canonical config.
  val config() const;
  val notes() const;

  val truth(const val& split) const;
  /// {vocab_size, min_length, max_length}: what validation holds a split's sequences to.
  val limits(const val& split) const;
  /// A list of shares at lags from 1 up, null where there is none; empty where none is known.
  val expected_lag_equality(const val& split) const;

  /// A batch; `request` is an object as `read_sequence_request` wants it.
  val generate(const val& request) const;

  /// The closed-form expectations of a split, computed once.
  const std::vector<Expectation>& known_truth(Split split) const;

  /// The sequences that are wanted.
  Result<SequenceBatch> sequences(const SequenceRequest& wanted, bool with_latents) const;

 private:
  Generator generator_;
  mutable std::array<std::optional<std::vector<Expectation>>, all_splits.size()> truths_;
};

/// Which sequences a plain object asks for.
Result<SequenceRequest> request_of(const val& object);

/// A generator as JavaScript gets it, or its error.
val handed_out(Result<Generator> generator);

/// The config that a plain object means, or the manifest that holds it.
Result<Config> config_of(const val& object);

}  // namespace synthgen::wasm
