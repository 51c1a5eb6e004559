#pragma once

#include "synthgen/config/config.hpp"

namespace synthgen {

/// What `label_layout` and `label_scope` ask for.
struct LabelRules {
  explicit LabelRules(const Config& config)
      : is_stream(config.label_layout == "stream"), scores_all(config.label_scope == "all") {}

  bool is_stream;   ///< answers are in the sequence, after their questions
  bool scores_all;  ///< every position that has a next token is scored, else answers alone
};

}  // namespace synthgen
