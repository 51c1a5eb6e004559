#include "synthgen/advise/advice.hpp"

#include "synthgen/advise/advice_rules.hpp"
#include "synthgen/config/formatted.hpp"

#include <cmath>

namespace synthgen {
namespace {

/// A number with at most four decimals.
std::string short_number(double number) {
  constexpr double digits = 1e4;
  return formatted("{}", std::round(number * digits) / digits);
}

/// A share in percent.
std::string percent(double share) {
  constexpr double digits = 1e2;
  return formatted("{} %", std::round(share * 100 * digits) / digits);
}

/// The message with `<value>` and `<threshold>`, or `<value %>` and `<threshold %>`, filled in.
std::string filled(std::string_view message, const Finding& finding) {
  std::string text(message);
  const auto fill = [&](std::string_view field, const std::string& number) {
    const std::size_t place = text.find(field);
    if (place != text.npos) text.replace(place, field.size(), number);
  };
  fill("<value>", short_number(finding.value));
  fill("<value %>", percent(finding.value));
  fill("<threshold>", short_number(finding.threshold));
  fill("<threshold %>", percent(finding.threshold));
  return text;
}

/// All rules, in the order in which they give advice.
std::vector<AdviceRule> all_rules() {
  std::vector<AdviceRule> all;
  for (const auto& part : {repeat_rules(), content_rules(), size_rules()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

std::vector<Advice> advise(const Json& report, const Config* config) {
  const Situation situation(report, config);
  std::vector<Advice> advice;
  for (const AdviceRule& rule : all_rules()) {
    const std::optional<Finding> finding = rule.find(situation);
    if (!finding) continue;
    Change change = rule.change(situation);
    Advice entry{.rule = rule.name,
                 .trouble = rule.trouble,
                 .measure = rule.measure,
                 .value = finding->value,
                 .threshold = finding->threshold,
                 .message = {},
                 .parameter = std::string(change.parameter),
                 .change = std::move(change.value)};
    entry.message = formatted("{}; {}", filled(rule.message, *finding), change.reason);
    if (!entry.parameter.empty()) {
      entry.message += formatted(": try {} = {}", entry.parameter, to_text(entry.change));
    }
    advice.push_back(std::move(entry));
  }
  return advice;
}

Json to_json(const std::vector<Advice>& advice) {
  Json list = Json::array();
  for (const Advice& entry : advice) {
    Json row = Json::object();
    row["rule"] = entry.rule;
    row["trouble"] = entry.trouble;
    row["measure"] = entry.measure;
    row["value"] = entry.value;
    row["threshold"] = entry.threshold;
    row["message"] = entry.message;
    row["parameter"] = entry.parameter;
    row["change"] = Json::object();
    if (!entry.parameter.empty()) row["change"][entry.parameter] = entry.change;
    list.push_back(std::move(row));
  }
  return list;
}

std::vector<std::string_view> advice_rules() {
  std::vector<std::string_view> names;
  for (const AdviceRule& rule : all_rules()) names.push_back(rule.name);
  return names;
}

}  // namespace synthgen
