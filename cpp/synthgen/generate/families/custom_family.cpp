#include "synthgen/generate/source.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 3> custom_keys{"pattern_length", "pattern_types",
                                                      "custom_params"};

/// Code makes the sequences: see `Generator::create_custom`.
MadeSource make_custom(const Config&) {
  return fail(
      {{"generator", "\"custom\"",
        "a family that is known by name; a custom generator is a class in C++, JavaScript or "
        "Python (SequenceGenerator). `synthgen-remake` of the npm package regenerates a "
        "dataset from its manifest and the JavaScript source"}});
}

}  // namespace

extern const FamilyEntry custom_family_entry;
const FamilyEntry custom_family_entry{
    .name = "custom",
    .summary =
        "Sequences from your own code: a class in C++, JavaScript or Python that makes one "
        "sequence.",
    .example = "whatever generate_sequence returns",
    .keys = custom_keys,
    .make = &make_custom,
    .claim = 1,
};

}  // namespace synthgen
