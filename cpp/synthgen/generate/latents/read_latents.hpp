#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/latents/latents.hpp"

#include <cstdint>

namespace synthgen {

/// The latents that a JSON object means for a sequence of `length` tokens: what `to_json` makes of
/// them is read back as it was. Members that are missing or null say nothing, others than the known
/// ones are skipped. Fails (data) at the first member that cannot be: of another type, an unknown
/// kind, a span or position outside of the sequence; the message names it, as in
/// `latents.spans[3].kind: got "loop"; allowed: …`.
Result<Latents> read_latents(const Json& object, std::uint64_t length);

}  // namespace synthgen
