#include "synthgen/dataset/curriculum/curriculum.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 3> stage_keys{"min_complexity", "max_complexity",
                                                     "max_length"};

bool is_directory_name(std::string_view name) {
  constexpr std::size_t longest = 100;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  return !name.empty() && name.size() <= longest && name[0] != '.' && name[0] != '-' &&
         std::all_of(name.begin(), name.end(), allowed);
}

/// What a value is, in messages.
std::string shown_value(const Json& value) {
  if (value.is_string()) return quoted_start(value.get_ref<const std::string&>());
  return value.is_structured() ? value.type_name() : to_text(value);
}

/// Reads one stage's dictionary; puts what is wrong under its name.
class StageReader {
 public:
  StageReader(const std::string& name, const Json& object, std::vector<Problem>& problems)
      : name_(name), object_(object), problems_(problems) {}

  Stage stage() {
    if (!is_directory_name(name_)) {
      problems_.push_back({quoted_start(name_),
                           {},
                           "is not a name for a directory; allowed: letters, digits, '_', '-' and "
                           "'.', not first '-' or '.', at most 100"});
    }
    if (!object_.is_object()) {
      problems_.push_back({name_, shown_value(object_), "an object"});
      return {};
    }
    const std::size_t before = problems_.size();
    for (const auto& [key, value] : object_.items()) check_known(key);
    Stage stage{name_, {share("min_complexity"), share("max_complexity")}, length()};
    if (problems_.size() == before && stage.range.minimum > stage.range.maximum) {
      problems_.push_back({name_ + ".min_complexity", shown_value(object_["min_complexity"]),
                           formatted("at most max_complexity, {}", stage.range.maximum)});
    }
    return stage;
  }

 private:
  void check_known(const std::string& key) {
    if (std::find(stage_keys.begin(), stage_keys.end(), key) != stage_keys.end()) return;
    const std::string near = nearest(key, stage_keys);
    const std::string hint = near.empty() ? "" : formatted("; did you mean {}?", near);
    problems_.push_back({name_ + '.' + key, {}, "is not a known key" + hint});
  }
  const Json* member(const char* key) {
    const auto found = object_.find(key);
    if (found != object_.end()) return &*found;
    problems_.push_back({formatted("{}.{}", name_, key), {}, "is missing"});
    return nullptr;
  }
  void refuse(const char* key, const Json& value, const char* allowed) {
    problems_.push_back({formatted("{}.{}", name_, key), shown_value(value), allowed});
  }
  double share(const char* key) {
    const Json* value = member(key);
    if (value == nullptr) return 0;
    const double number = value->is_number() ? value->get<double>() : -1;
    if (number >= 0 && number <= 1) return number;
    refuse(key, *value, "a number from 0 to 1");
    return 0;
  }
  std::uint64_t length() {
    const Json* value = member("max_length");
    if (value == nullptr) return 1;
    const std::int64_t number = whole_number(*value).value_or(0);
    if (number >= 1) return static_cast<std::uint64_t>(number);
    refuse("max_length", *value, "an integer from 1 up");
    return 1;
  }

  const std::string& name_;
  const Json& object_;
  std::vector<Problem>& problems_;
};

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

std::int64_t vocab_size_of(const SequenceBatch& batch, const ComplexityOptions& options) {
  if (options.vocab_size) return *options.vocab_size;
  std::int64_t largest = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (const std::uint32_t id : batch.content(i)) largest = std::max<std::int64_t>(largest, id);
  }
  return largest + 1;
}

}  // namespace

Result<std::vector<Stage>> read_stages(const Json& stages) {
  std::vector<Problem> problems;
  std::vector<Stage> read;
  if (!stages.is_object() || stages.empty()) {
    const std::string allowed =
        "an object of stages, such as {\"stage1\": {\"min_complexity\": 0, "
        "\"max_complexity\": 0.3, \"max_length\": 128}}";
    const bool is_empty = stages.is_structured() && stages.empty();
    problems.push_back({"stages", is_empty ? "" : shown_value(stages),
                        is_empty ? "is empty; allowed: " + allowed : allowed});
    return fail(std::move(problems));
  }
  for (const auto& [name, object] : stages.items()) {
    read.push_back(StageReader(name, object, problems).stage());
  }
  if (!problems.empty()) return fail(std::move(problems));
  return read;
}

Result<std::vector<Stage>> parse_stages(std::string_view text, std::string_view name) {
  const Result<Json> json = parse_json(text, name);
  if (!json) return tl::unexpected(json.error());
  Result<std::vector<Stage>> stages = read_stages(*json);
  if (stages) return stages;
  std::vector<Problem> problems = std::move(stages.error().problems);
  for (Problem& problem : problems) problem.source = name;
  return fail(std::move(problems));
}

Result<ComplexityOptions> read_complexity_options(const Json& object) {
  ComplexityOptions options;
  std::vector<Problem> problems;
  const auto word = [&](const std::string& key, const Json& value, const auto& names,
                        auto& target) {
    const auto found = std::find(names.begin(), names.end(),
                                 value.is_string() ? value.get<std::string>() : std::string());
    if (found == names.end()) {
      problems.push_back({key, shown_value(value), "one of " + joined(names, ", ")});
    } else {
      target = static_cast<std::remove_reference_t<decltype(target)>>(found - names.begin());
    }
  };
  for (const auto& [key, value] : object.items()) {
    if (key == "complexity") {
      word(key, value, complexity_measure_names, options.measure);
    } else if (key == "complexity_scale") {
      word(key, value, complexity_scale_names, options.scale);
    } else if (key != "vocab_size") {
      problems.push_back({key, {}, "is not a known key"});
    } else if (whole_number(value).value_or(0) >= 1) {
      options.vocab_size = whole_number(value);
    } else {
      problems.push_back({key, shown_value(value), "an integer from 1 up"});
    }
  }
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
  ComplexityMeter complexity(options.measure, vocab_size_of(batch, options));
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
