#pragma once

#include <array>
#include <string_view>

namespace synthgen::bench {

/// The members of a config's JSON that select what is made.
struct NamedConfig {
  std::string_view name;
  std::string_view settings;
};

inline constexpr std::array configs{
    NamedConfig{"random", R"("generator": "random")"},
    NamedConfig{"zipf", R"("generator": "random", "vocab_distribution": "zipf")"},
    NamedConfig{"pattern", R"("generator": "pattern")"},
    NamedConfig{"noisy pattern", R"("generator": "pattern", "noise_probability": 0.1)"},
    NamedConfig{"hierarchical", R"("generator": "hierarchical")"},
    NamedConfig{"conditional", R"("generator": "conditional")"},
    NamedConfig{"composed", R"("generator": "composed")"},
    NamedConfig{"template",
                R"("generator": "template", "templates": [[1, "RANDOM", "RANDOM", 2, "PATTERN",)"
                R"( "PATTERN", "PATTERN", "PATTERN", "PATTERN", "PATTERN"]], "template_fill": )"
                R"("cycle")"},
};

/// The type of ids in a format's files: NPY has numpy's own, the others their default.
constexpr std::string_view dtype_in(std::string_view format) {
  return format == "npy" ? "int32" : "";
}

}  // namespace synthgen::bench
