#pragma once

#include "synthgen/generate/generator.hpp"

#include <memory>
#include <string>

#include "values.hpp"

namespace synthgen::wasm {

/// A generator for JavaScript. Counts and indices come as doubles, which hold them exactly.
class JsGenerator {
 public:
  explicit JsGenerator(Generator generator) : generator_(std::move(generator)) {}

  const Generator& generator() const { return generator_; }

  std::string config() const;
  std::string truth(const std::string& split) const;
  /// A JSON list of shares at lags from 1 up, null where there is none; empty where none is known.
  std::string expected_lag_equality(const std::string& split) const;

  /// The section `expected` of a report, both as JSON, on so many sequences of each split that were
  /// measured with these options.
  val expected_measures(const std::string& report, const val& sequences, unsigned ngram,
                        unsigned top, double memory_limit_bytes, bool approximate) const;

  /// {tokens, offsets, latents as JSON where asked for, padding where there is any}.
  val generate(const std::string& split, double first, double count, bool with_latents);
  val encode_jsonl(const std::string& split, double first, double count, bool with_latents);

 private:
  Result<void> fill(const std::string& split, double first, double count, bool with_latents,
                    SequenceBatch& batch) const;

  Generator generator_;
};

/// A generator as JavaScript gets it, or its error.
val made(Result<Generator> generator);

}  // namespace synthgen::wasm
