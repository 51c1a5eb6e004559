#pragma once

#include <array>
#include <gtest/gtest.h>
#include <ostream>
#include <string>

namespace synthgen::testing {

/// A config that the properties common to all families are tried on. Each family has a plain case
/// and some at the borders of its parameters; a new family adds its own here.
struct FamilyCase {
  const char* name;    ///< letters, digits and underscores
  const char* config;  ///< JSON
};

inline std::ostream& operator<<(std::ostream& out, const FamilyCase& family_case) {
  return out << family_case.config;
}

inline constexpr std::array family_cases{
    FamilyCase{"random", R"({"generator": "random", "vocab_size": 1000, "seq_length": 100})"},
    FamilyCase{"random_zipf", R"({"generator": "random", "vocab_size": 500, "seq_length": 70,
        "vocab_distribution": "zipf", "zipf_exponent": 1.3, "length_variation": 0.5})"},
    FamilyCase{"random_smallest", R"({"generator": "random", "vocab_size": 2, "seq_length": 1})"},
    FamilyCase{"random_largest_vocabulary", R"({"generator": "random", "vocab_size": 2147483647,
        "seq_length": 130})"},
    FamilyCase{"pattern", R"({"generator": "pattern", "vocab_size": 1000, "seq_length": 150})"},
    FamilyCase{"pattern_everywhere", R"({"generator": "pattern", "vocab_size": 50,
        "seq_length": 150, "pattern_probability": 1, "pattern_length": 17})"},
    FamilyCase{"pattern_zipf", R"({"generator": "pattern", "vocab_size": 300, "seq_length": 90,
        "vocab_distribution": "zipf", "pattern_probability": 0.6, "length_variation": 1})"},
    FamilyCase{"pattern_two_ids", R"({"generator": "pattern", "vocab_size": 2, "seq_length": 64,
        "pattern_probability": 0.5, "pattern_length": 4})"},
    FamilyCase{"pattern_one_token", R"({"generator": "pattern", "seq_length": 1,
        "pattern_probability": 1, "pattern_length": 1048576})"},
};

inline std::string family_case_name(const ::testing::TestParamInfo<FamilyCase>& info) {
  return info.param.name;
}

}  // namespace synthgen::testing
