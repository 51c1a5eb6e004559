#pragma once

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/config.hpp"

#include <optional>

#include "values.hpp"

namespace synthgen::wasm {

/// An analyzer for JavaScript.
class JsAnalyzer {
 public:
  JsAnalyzer(Analyzer analyzer, std::optional<Config> config)
      : analyzer_(std::move(analyzer)), config_(std::move(config)) {}

  Analyzer& analyzer() { return analyzer_; }
  const Analyzer& analyzer() const { return analyzer_; }

  val add(const val& object);
  /// With the advice that follows from it.
  val report() const;

 private:
  Analyzer analyzer_;
  std::optional<Config> config_;  ///< of the data, where it is known
};

}  // namespace synthgen::wasm
