#include "synthgen/dataset/curriculum/curriculum.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"

#include <algorithm>
#include <utility>

namespace synthgen {
namespace {

bool is_directory_name(std::string_view name) {
  constexpr std::size_t longest = 100;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  return !name.empty() && name.size() <= longest && name[0] != '.' && name[0] != '-' &&
         std::all_of(name.begin(), name.end(), allowed);
}

/// Reads one stage, whose name is a key.
Stage read_stage(const std::string& name, const JsonField& field, std::vector<Problem>& problems) {
  if (!is_directory_name(name)) {
    problems.push_back({quoted_start(name),
                        {},
                        "is not a name for a directory; allowed: letters, digits, '_', '-' and "
                        "'.', not first '-' or '.', at most 100"});
  }
  const std::size_t before = problems.size();
  Stage stage{.name = name, .range = {}, .max_length = 1};
  JsonObject object = field.object();
  if (!object) return stage;
  const JsonField minimum = object.required("min_complexity");
  minimum.number(stage.range.minimum, 0, 1);
  object.required("max_complexity").number(stage.range.maximum, 0, 1);
  object.required("max_length").integer(stage.max_length, 1);
  object.refuse_unknown();
  if (problems.size() == before && stage.range.minimum > stage.range.maximum) {
    minimum.refuse(formatted("at most max_complexity, {}", stage.range.maximum));
  }
  return stage;
}

/// The part of latents that lies before `end`.
Latents cut_latents(Latents latents, std::uint32_t end) {
  const auto cut = [end](auto& pieces) {
    std::erase_if(pieces, [end](const auto& piece) { return piece.start >= end; });
    for (auto& piece : pieces) piece.length = std::min(piece.length, end - piece.start);
  };
  cut(latents.spans);
  if (latents.followed) cut(latents.followed->style);
  std::erase_if(latents.noise, [end](std::uint32_t position) { return position >= end; });
  latents.oracle_bits.reset();
  return latents;
}

}  // namespace

std::int64_t smallest_vocab_size(const SequenceBatch& batch) {
  std::int64_t largest = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (const std::uint32_t id : batch.content(i)) largest = std::max<std::int64_t>(largest, id);
  }
  return largest + 1;
}

Result<std::vector<Stage>> read_stages(const Json& stages) {
  constexpr const char* allowed =
      "an object of stages, such as {\"stage1\": {\"min_complexity\": 0, "
      "\"max_complexity\": 0.3, \"max_length\": 128}}";
  std::vector<Problem> problems;
  std::vector<Stage> read;
  if (!stages.is_object() || stages.empty()) {
    JsonField(stages, "stages", problems).refuse(allowed);
    return fail(std::move(problems));
  }
  if (stages.size() > most_stages) {
    problems.push_back(
        {"stages", counted(stages.size(), "stage"), formatted("at most {} of them", most_stages)});
    return fail(std::move(problems));
  }
  JsonObject(JsonField(stages, "", problems))
      .each([&](const std::string& name, const JsonField& stage) {
        read.push_back(read_stage(name, stage, problems));
      });
  if (!problems.empty()) return fail(std::move(problems));
  return read;
}

Result<std::vector<Stage>> parse_stages(std::string_view text, std::string_view name) {
  const Result<Json> json = parse_json(text, name);
  if (!json) return tl::unexpected(json.error());
  Result<std::vector<Stage>> stages = read_stages(*json);
  if (stages) return stages;
  return fail(std::move(stages.error().problems), ErrorKind::usage, name);
}

Result<ComplexityOptions> read_complexity_options(const Json& object) {
  ComplexityOptions options;
  if (object.is_null()) return options;
  std::vector<Problem> problems;
  JsonObject members(JsonField(object, "", problems));
  members.optional("complexity").word(options.measure, complexity_measure_names);
  members.optional("complexity_scale").word(options.scale, complexity_scale_names);
  members.optional("vocab_size").integer(options.vocab_size, 1);
  members.refuse_unknown();
  if (!problems.empty()) return fail(std::move(problems));
  return options;
}

void append_cut(const SequenceBatch& from, std::size_t i, std::uint64_t max_length,
                SequenceBatch& to) {
  const auto sequence = from[i];
  const auto length =
      static_cast<std::size_t>(std::min<std::uint64_t>(sequence.size(), max_length));
  const std::size_t content = from.content(i).size();
  to.append(sequence.first(length));
  to.set_padding(length > content ? length - content : 0);
  const auto labels = from.labels_of(i);
  to.set_labels(labels.first(std::min(labels.size(), length)));
  const Latents* latents = from.latents_of(i);
  if (latents == nullptr) {
    to.set_latents(std::nullopt);
  } else if (length == sequence.size()) {
    to.set_latents(*latents);
  } else {
    to.set_latents(cut_latents(*latents, static_cast<std::uint32_t>(length)));
  }
}

SequenceBatch adjust_sequence_lengths(const SequenceBatch& batch, std::uint64_t max_length) {
  SequenceBatch adjusted;
  for (std::size_t i = 0; i < batch.size(); ++i) append_cut(batch, i, max_length, adjusted);
  return adjusted;
}

Result<SequenceBatch> filter_by_complexity(const SequenceBatch& batch, double min_complexity,
                                           double max_complexity,
                                           const ComplexityOptions& options) {
  const Json stage = {{"min_complexity", min_complexity},
                      {"max_complexity", max_complexity},
                      {"max_length", INT64_MAX}};
  Result<std::vector<Stage>> stages = read_stages({{"filter", stage}});
  if (!stages) return tl::unexpected(std::move(stages.error()));
  return std::move(create_curriculum_data(batch, *stages, options).front().sequences);
}

std::vector<StageData> create_curriculum_data(const SequenceBatch& batch,
                                              const std::vector<Stage>& stages,
                                              const ComplexityOptions& options) {
  std::vector<ComplexityRange> ranges;
  std::vector<StageData> data;
  for (const Stage& stage : stages) {
    ranges.push_back(stage.range);
    data.push_back({stage.name, {}});
  }
  ComplexityMeter complexity(options.measure,
                             options.vocab_size.value_or(smallest_vocab_size(batch)));
  std::vector<double> complexities;
  ComplexityOrder order(options.scale, ranges);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    complexities.push_back(complexity(batch.content(i)));
    order.learn(complexities.back());
  }
  order.finish();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const std::vector<char>& contained = order.contains(complexities[i]);
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
      if (contained[stage] == 0) continue;
      append_cut(batch, i, stages[stage].max_length, data[stage].sequences);
    }
  }
  return data;
}

}  // namespace synthgen
