#include "synthgen/advise/situation.hpp"

#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace synthgen {

Situation::Situation(const Json& report, const Config* config)
    : report_(report), expected_(report), config_(config) {
  if (config != nullptr) family_ = &family_of(*config);
  const Json* distribution = detail("token_distribution");
  if (distribution == nullptr || !distribution->is_object()) return;
  double tokens = 0;
  double squares = 0;
  for (const auto& [id, count] : distribution->items()) {
    std::uint32_t number = 0;
    std::from_chars(id.data(), id.data() + id.size(), number);
    const auto times = count.get<double>();
    ids_end_ = std::max(ids_end_, number + 1.0);
    most_frequent_ = std::max(most_frequent_, times);
    tokens += times;
    squares += times * times;
  }
  if (tokens > 0) equal_pairs_ = squares / (tokens * tokens);
}

std::optional<double> Situation::number(const char* name) const {
  const Json* value = detail(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

double Situation::relative_standard_error(const char* name) const {
  const Json* bounds = detail("error_bounds");
  if (bounds == nullptr || !bounds->is_object() || !bounds->contains(name)) return 0;
  const Json error = bounds->at(name).value("relative_standard_error", Json());
  return error.is_number() ? error.get<double>() : 0;
}

const Json* Situation::detail(const char* name) const {
  const auto found = report_.find(name);
  return found == report_.end() ? nullptr : &*found;
}

bool Situation::uses(std::string_view parameter) const {
  return family_ != nullptr && find_parameter(parameter) != nullptr &&
         synthgen::uses(*family_, parameter);
}

double Situation::parameter(std::string_view key) const {
  const Parameter& known = *find_parameter(key);
  const Json value = config_ == nullptr ? known.default_value : known.get(*config_);
  return value.get<double>();
}

}  // namespace synthgen
