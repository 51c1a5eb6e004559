#pragma once

#include "synthgen/formats/fault.hpp"
#include "synthgen/generate/layers/latents.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// What a record has apart from its ids.
struct RecordNotes {
  std::uint64_t padding = 0;                ///< how many tokens at the end are padding
  std::optional<Latents> latents = {};      ///< none when it has no such member, or null
  std::vector<std::int64_t> labels = {};    ///< one for each token, or none
  std::vector<float> predictive_bits = {};  ///< one for each token, NaN for null, or none
  std::vector<float> oracle_bits = {};      ///< likewise
  std::vector<std::string> others = {};     ///< the names of members that are not read, 20 at most
};

/// Appends the token ids of one line to `tokens`: an object with `input_ids` or `tokens`, or a bare
/// array. `notes` gets the object's `padding`, or what its `attention_mask` makes of it, `latents`,
/// `labels`, `predictive_bits` and `oracle_bits`. Padding that the mask has in front is moved to
/// the end. Other members are skipped. Returns the fault otherwise (without file and line),
/// `tokens` being as before.
std::optional<Fault> parse_jsonl_line(std::string_view line, std::vector<std::uint32_t>& tokens,
                                      RecordNotes& notes);

}  // namespace synthgen
