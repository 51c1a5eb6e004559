#pragma once

#include "synthgen/config/json_fields.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen {

/// What one position of an expanded template holds.
struct TemplateSlot {
  enum class Kind : std::uint8_t {
    token,    ///< the id `ids.first`
    random,   ///< a fresh token
    range,    ///< a token uniform on `ids`
    pattern,  ///< the next token of the template's pattern
    copy,     ///< the token of slot `source`
  };
  Kind kind = Kind::token;
  Band ids = {};
  std::uint32_t source = 0;
};

/// A template with its repeats unrolled and its references resolved.
struct Template {
  double weight = 1;
  std::vector<TemplateSlot> slots;
  std::vector<std::uint32_t> pattern_slots;  ///< indices of the PATTERN slots
};

/// Slots that one template may expand to.
inline constexpr std::size_t max_template_slots = std::size_t{1} << 24;

/// Checks a list of templates; the slots that they expand to in all. A template is a list of
/// elements, or `{"weight": w, "elements": [...]}`. An element is an id, `"RANDOM"`, `"PATTERN"`,
/// `{"repeat": n, "of": [...]}`, `{"range": [lo, hi]}` (one token, uniform on lo … hi),
/// `{"name": "k", "of": element}` or `{"ref": "k"}` (the token that k last had). Adds what is wrong
/// to the field's problems, each with template and element in its key. Takes time in proportion to
/// the text, whatever the repeats say.
std::uint64_t count_template_slots(const JsonField& list, std::int64_t vocab_size);

/// The templates of a list that was checked.
std::vector<Template> expand_templates(const Json& list, std::int64_t vocab_size);

}  // namespace synthgen
