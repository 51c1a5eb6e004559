#include "synthgen/expect/estimates.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace synthgen {
namespace {

Json estimate_from(const std::vector<Json>& samples) {
  std::vector<double> numbers;
  for (const Json& sample : samples) {
    if (sample.is_number()) numbers.push_back(sample.get<double>());
  }
  if (numbers.size() < 2) return {};
  const auto count = static_cast<double>(numbers.size());
  double from_first = 0;  // so that the mean of equal numbers is that number
  for (const double number : numbers) from_first += number - numbers.front();
  const double mean = numbers.front() + from_first / count;
  double squares = 0;
  for (const double number : numbers) squares += (number - mean) * (number - mean);
  return {{"value", mean}, {"standard_error", std::sqrt(squares / (count - 1) / count)}};
}

/// Adds the estimate of the entry at `key`, which `part` gets from each sample.
template <class Key, class Part>
void add_estimate(const std::vector<Json>& samples, const Key& key, const Part& part,
                  Json& estimates) {
  std::vector<Json> parts;
  for (const Json& sample : samples) parts.push_back(part(sample));
  Json entry = estimates_from(parts);
  for (const char* const name : {"value", "standard_error"}) {
    estimates[name][key] = entry.is_null() ? Json() : std::move(entry[name]);
  }
}

}  // namespace

Json estimates_from(const std::vector<Json>& samples) {
  const Json& first = samples.front();
  Json estimates;
  if (first.is_array()) {
    std::size_t longest = 0;
    for (const Json& sample : samples) longest = std::max(longest, sample.size());
    estimates = {{"value", Json::array()}, {"standard_error", Json::array()}};
    for (std::size_t i = 0; i < longest; ++i) {
      const auto part = [i](const Json& sample) { return i < sample.size() ? sample[i] : Json(0); };
      add_estimate(samples, i, part, estimates);
    }
    return estimates;
  }
  if (first.is_object()) {
    estimates = {{"value", Json::object()}, {"standard_error", Json::object()}};
    for (const Json& sample : samples) {
      for (const auto& [key, number] : sample.items()) {
        if (estimates["value"].contains(key)) continue;
        const auto part = [&key = key](const Json& each) { return each.value(key, Json(0)); };
        add_estimate(samples, key, part, estimates);
      }
    }
    return estimates;
  }
  return estimate_from(samples);
}

}  // namespace synthgen
