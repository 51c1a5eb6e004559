#pragma once

#include "synthgen/generate/structure/template_slots.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// The slots of a template, grouped by what fills them, so that writing it takes a few runs of the
/// same step. Each list is in ascending order of slots.
struct TemplatePlan {
  struct Literal {
    std::uint32_t slot;
    std::uint32_t id;
  };
  struct Range {
    std::uint32_t slot;
    Band ids;
  };
  struct Copy {
    std::uint32_t slot;
    std::uint32_t source;
  };

  explicit TemplatePlan(const Template& form);

  std::vector<Literal> literals;
  std::vector<Range> ranges;
  std::vector<Copy> copies;
  bool draws = false;            ///< whether it has RANDOM or PATTERN slots
  bool pattern_is_a_run = true;  ///< whether its PATTERN slots follow one another
};

}  // namespace synthgen
