#include "synthgen/generate/sequence_request.hpp"

#include "synthgen/config/json_fields.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <vector>

namespace synthgen {
namespace {

/// The last index that a double holds exactly.
constexpr std::int64_t max_index = (std::int64_t{1} << 53) - 1;

void read_into(Split& split, const JsonField& field) {
  std::array<std::string_view, all_splits.size()> names;
  for (const Split candidate : all_splits) {
    names[static_cast<std::size_t>(candidate)] = name(candidate);
  }
  field.word(split, names);
}

}  // namespace

Result<SequenceRequest> read_sequence_request(const Json& object) {
  std::vector<Problem> problems;
  SequenceRequest request;
  JsonObject fields(JsonField(object, "", problems), "an object with a count");
  read_into(request.split, fields.optional("split"));
  fields.optional("first").integer(request.first, 0, max_index);
  fields.required("count").integer(request.count, 0, most_sequences);
  fields.optional("latents").boolean(request.latents);
  fields.optional("structure").boolean(request.structure);
  fields.refuse_unknown();
  if (!problems.empty()) return fail(std::move(problems));
  return request;
}

void reserve(SequenceBatch& batch, std::uint64_t count, const Config& config) {
  const double tokens = static_cast<double>(count) * static_cast<double>(config.seq_length);
  constexpr auto addressable = static_cast<double>(std::numeric_limits<std::size_t>::max());
  batch.tokens.reserve(static_cast<std::size_t>(std::min(tokens, addressable)));
  batch.offsets.reserve(static_cast<std::size_t>(count) + 1);
}

Result<Split> read_split(const Json& name) {
  std::vector<Problem> problems;
  Split split = Split::train;
  read_into(split, JsonField(name, "split", problems));
  if (!problems.empty()) return fail(std::move(problems));
  return split;
}

}  // namespace synthgen
