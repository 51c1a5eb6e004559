#include "parameter_flags.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/presets.hpp"
#include "synthgen/io/whole_file.hpp"

#include <algorithm>

#include "flag_value.hpp"

namespace synthgen::cli {
namespace {

std::string placeholder(const Parameter& parameter) {
  if (parameter.type() == "integer") return "N";
  if (parameter.type() == "number") return "X";
  if (parameter.type() == "word") return "WORD";
  if (parameter.type() == "json") return "FILE|JSON";
  if (parameter.type() == "boolean") return "true|false";
  return parameter.type() == "words" ? "WORD,..." : "N,...";
}

std::string description(const Parameter& parameter) {
  std::string text = formatted("{} Allowed: {}.", parameter.help, parameter.allowed());
  if (parameter.type() == "json")
    text = formatted("{} Given directly or in a file.", parameter.help);
  const std::string standard = default_text(parameter);
  if (!standard.empty()) text += formatted(" Default: {}.", standard);
  return text;
}

}  // namespace

ParameterFlags::ParameterFlags(Arguments& arguments, std::string_view left_out) {
  arguments.add_text(
      "--config", "FILE",
      "JSON file of parameters, or the metadata.json of a dataset; flags override it.",
      config_path_);
  arguments.add_text("--preset", "NAME",
                     "Parameters of a paper's experiment or an example (see presets); the file and "
                     "flags override them.",
                     preset_);
  std::vector<std::string> names;
  for (const Preset& preset : presets()) names.emplace_back(preset.name);
  arguments.offer("--preset", names);
  for (const Parameter& parameter : parameters()) {
    if (parameter.key == left_out) continue;
    const auto store = [this, &parameter](const std::string& text) -> std::optional<Problem> {
      Result<Json> value = value_from_text(parameter, text);
      const bool is_read = value || value.error().kind == ErrorKind::usage;
      if (!is_read) {
        if (!unreadable_) unreadable_ = std::move(value.error());
        return std::nullopt;
      }
      if (!value) return Problem{flag_name(parameter.key), {}, value.error().message};
      set(parameter.key, std::move(*value));
      return std::nullopt;
    };
    arguments.add(flag_name(parameter.key), placeholder(parameter), description(parameter), store,
                  std::string(parameter.group));
    std::vector<std::string> words;
    for (const auto& choice : parameter.choices) words.emplace_back(choice.name);
    if (parameter.type() == "boolean") words = {"true", "false"};
    if (!words.empty()) arguments.offer(flag_name(parameter.key), words);
  }
}

const Result<std::string>& ParameterFlags::config_text(const std::string& path) const {
  if (!config_text_) config_text_ = read_file(path);
  return *config_text_;
}

Result<Json> ParameterFlags::read_config_file() const {
  if (config_path_.empty()) return Json::object();
  const Result<std::string>& text = config_text(config_path_);
  if (!text) return tl::unexpected(text.error());
  return parse_parameters(*text, config_path_);
}

std::vector<Problem> ParameterFlags::apply_to(Config& config, Json file) const {
  std::vector<Problem> problems;
  if (!preset_.empty()) {
    if (const Result<Json> preset = with_preset(preset_, {})) {
      set_parameters(config, *preset);
    } else {
      problems = preset.error().problems;
      for (Problem& problem : problems) problem.key = "--preset";
    }
  }
  for (Problem problem : set_parameters(config, std::move(file))) {
    problem.source = config_path_;
    problems.push_back(std::move(problem));
  }
  for (Problem& problem : set_parameters(config, flags_)) {
    problem.key = flag_name(problem.key);
    problems.push_back(std::move(problem));
  }
  // Rules on several parameters, unless one of them is wrong by itself.
  for (Problem& problem : check(config)) {
    const std::string flag = flag_name(problem.key);
    const bool by_flag = flags_.contains(problem.key);
    const auto is_same = [&](const Problem& other) {
      return other.key == problem.key || other.key == flag;
    };
    if (std::any_of(problems.begin(), problems.end(), is_same)) continue;
    (by_flag ? problem.key : problem.source) = by_flag ? flag : config_path_;
    problems.push_back(std::move(problem));
  }
  return problems;
}

Result<Generator> ParameterFlags::generator(
    std::vector<Problem> problems, const std::function<void(const Config&)>& announce) const {
  Result<Json> file = read_config_file();
  Config config = default_config();
  for (Problem& problem : apply_to(config, file ? std::move(*file) : Json::object())) {
    problems.push_back(std::move(problem));
  }
  if (!file || unreadable_) {
    Error error = file ? *unreadable_ : file.error();
    for (const Problem& problem : problems) error.message += '\n' + problem.text();
    return tl::unexpected(std::move(error));
  }
  if (!problems.empty()) return fail(std::move(problems));
  if (announce) announce(config);
  return Generator::create(config);
}

}  // namespace synthgen::cli
