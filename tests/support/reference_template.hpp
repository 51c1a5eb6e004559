#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace synthgen::testing {

/// What one position of an unrolled template is.
struct ReferenceSlot {
  enum class Kind { literal, fresh, pattern, range, copy };
  Kind kind = Kind::literal;
  Band ids = {};             ///< literal: its only one
  std::uint32_t source = 0;  ///< copy: an earlier slot
};

/// Appends the tokens of an element of a template. `named` holds the slot that each name last
/// had.
inline void unroll(const Json& element, std::vector<ReferenceSlot>& slots,
                   std::map<std::string, std::uint32_t>& named) {
  using Kind = ReferenceSlot::Kind;
  const auto next = static_cast<std::uint32_t>(slots.size());
  if (element.is_number()) {
    slots.push_back({Kind::literal, {element.get<std::uint32_t>(), 1}});
  } else if (element.is_string()) {
    slots.push_back({element == "PATTERN" ? Kind::pattern : Kind::fresh});
  } else if (element.contains("repeat")) {
    for (int i = 0; i < element["repeat"].get<int>(); ++i) {
      for (const Json& repeated : element["of"]) unroll(repeated, slots, named);
    }
  } else if (element.contains("range")) {
    const auto low = element["range"][0].get<std::uint32_t>();
    slots.push_back({Kind::range, {low, element["range"][1].get<std::uint32_t>() - low + 1}});
  } else if (element.contains("name")) {
    unroll(element["of"], slots, named);
    named[element["name"].get<std::string>()] = next;
  } else {
    slots.push_back({Kind::copy, {}, named.at(element["ref"].get<std::string>())});
  }
}

/// The slots of one template of a config.
inline std::vector<ReferenceSlot> unrolled(const Json& form) {
  std::vector<ReferenceSlot> slots;
  std::map<std::string, std::uint32_t> named;
  const Json& elements = form.is_object() ? form["elements"] : form;
  for (const Json& element : elements) unroll(element, slots, named);
  return slots;
}

}  // namespace synthgen::testing
