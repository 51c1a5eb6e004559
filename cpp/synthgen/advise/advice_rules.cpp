#include "synthgen/advise/advice_rules.hpp"

#include "synthgen/config/parameters.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen::rules {

Found below(std::optional<double> value, double threshold) {
  if (!value || !(*value < threshold)) return std::nullopt;
  return Finding{*value, threshold};
}
Found above(std::optional<double> value, double threshold) {
  if (!value || !(*value > threshold)) return std::nullopt;
  return Finding{*value, threshold};
}

Change integer(std::string_view parameter, double value, std::string_view reason) {
  const Parameter& known = *find_parameter(parameter);
  return {parameter, static_cast<std::int64_t>(std::clamp(value, known.minimum, known.maximum)),
          reason};
}
Change number(std::string_view parameter, double value, std::string_view reason) {
  const Parameter& known = *find_parameter(parameter);
  const double rounded = std::round(value * 1e6) / 1e6;
  return {parameter, std::clamp(rounded, known.minimum, known.maximum), reason};
}
double largest(std::string_view parameter) {
  return find_parameter(parameter)->maximum;
}
Change halved(const Situation& now, std::string_view parameter, std::string_view reason) {
  return number(parameter, now.parameter(parameter) / 2, reason);
}

Change more_noise(const Situation& now) {
  return number("noise_probability", std::max(0.1, 2 * now.parameter("noise_probability")),
                "noise brings in other ids");
}
bool has(const Situation& now, std::string_view parameter, double least) {
  return now.uses(parameter) && now.parameter(parameter) > least;
}
bool is_zipf(const Situation& now) {
  return now.config() != nullptr && now.config()->vocab_distribution == "zipf" &&
         now.config()->zipf_exponent > 0;
}
bool is_template(const Situation& now) {
  return now.uses("template_fill");
}

}  // namespace synthgen::rules
