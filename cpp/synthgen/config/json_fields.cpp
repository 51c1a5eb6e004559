#include "synthgen/config/json_fields.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <numeric>

namespace synthgen {

std::string shown_key(std::string_view key) {
  constexpr std::size_t longest = 80;
  const auto is_plain = [](char c) { return c > ' ' && c < '\x7F'; };
  const bool plain = key.size() <= longest && std::all_of(key.begin(), key.end(), is_plain);
  return plain ? std::string(key) : quoted_start(key);
}

std::string JsonPlace::text() const {
  std::string text = parent == nullptr ? std::string() : parent->text();
  if (index) return formatted("{}[{}]", text, *index);
  if (parent == nullptr) return std::string(key);
  if (!text.empty()) text += '.';
  return text += shown_key(key);
}

const Json& JsonField::value() const noexcept {
  static const Json null;
  return value_ == nullptr ? null : *value_;
}

bool JsonField::refuse(std::string allowed) const {
  if (full()) return false;
  if (value_ != nullptr) {
    problems_->push_back({place(), shown(*value_), std::move(allowed)});
  } else if (missing_) {
    problems_->push_back({place(), {}, "is missing; allowed: " + allowed});
  }
  return false;
}

std::optional<std::int64_t> JsonField::read_integer(std::int64_t minimum,
                                                    std::int64_t maximum) const {
  const std::optional<std::int64_t> number =
      value_ == nullptr ? std::nullopt : whole_number(*value_);
  if (number && *number >= minimum && *number <= maximum) return number;
  refuse(maximum == INT64_MAX ? formatted("an integer from {} up", minimum)
                              : formatted("an integer from {} to {}", minimum, maximum));
  return std::nullopt;
}

std::optional<double> JsonField::read_number(double minimum, double maximum) const {
  using Limits = std::numeric_limits<double>;
  if (value_ != nullptr && value_->is_number()) {
    const double number = value_->get<double>();
    if (number >= minimum && number <= maximum) return number + 0.0;  // −0 becomes 0
  }
  if (maximum < Limits::max()) {
    refuse(formatted("a number from {} to {}", minimum, maximum));
  } else if (minimum > Limits::lowest()) {
    refuse(formatted("a number from {} up", minimum));
  } else {
    refuse("a number");
  }
  return std::nullopt;
}

std::optional<bool> JsonField::read_boolean() const {
  if (value_ != nullptr && value_->is_boolean()) return value_->get<bool>();
  refuse("true or false");
  return std::nullopt;
}

const std::string* JsonField::read_string(const char* allowed) const {
  if (value_ != nullptr && value_->is_string()) return value_->get_ptr<const std::string*>();
  refuse(allowed);
  return nullptr;
}

std::optional<std::size_t> JsonField::read_word(std::span<const std::string_view> words) const {
  const bool is_string = value_ != nullptr && value_->is_string();
  std::string_view word;
  if (is_string) word = value_->get_ref<const std::string&>();
  const auto found = std::find(words.begin(), words.end(), word);
  if (is_string && found != words.end()) return static_cast<std::size_t>(found - words.begin());
  refuse("one of " + joined(words, ", ") + did_you_mean(word, words));
  return std::nullopt;
}

bool JsonField::check_list(std::string_view allowed, std::size_t fewest) const {
  if (value_ != nullptr && value_->is_array() && value_->size() >= fewest) return true;
  return refuse(std::string(allowed));
}

JsonObject::JsonObject(const JsonField& field, std::string_view allowed)
    : object_(nullptr), place_(field.place_), problems_(field.problems_) {
  if (field.value().is_object()) {
    object_ = field.value_;
    asked_.reserve(8);
  } else {
    field.refuse(std::string(allowed));
  }
}

bool JsonObject::contains(std::string_view key) const {
  return object_ != nullptr && object_->contains(key);
}

JsonField JsonObject::member(std::string_view key, bool is_required, bool null_is_absent) {
  const JsonPlace place{.parent = &place_, .key = key};
  if (object_ == nullptr) return {nullptr, place, false, *problems_};
  asked_.push_back(key);
  const auto found = object_->find(key);
  if (found == object_->end() || (null_is_absent && found->is_null())) {
    return {nullptr, place, is_required, *problems_};
  }
  return {&*found, place, false, *problems_};
}

void JsonObject::refuse_unknown() const {
  each([&](const std::string& key, const JsonField&) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) refuse_key(key, asked_);
  });
}

void JsonObject::refuse_key(std::string_view key, std::span<const std::string_view> known) const {
  if (problems_->size() >= JsonField::most_problems) return;
  const JsonPlace place{.parent = &place_, .key = key};
  const std::string near = nearest(key, known);
  problems_->push_back({place.text(),
                        {},
                        near.empty() ? "is not a known key; known: " + joined(known, ", ")
                                     : formatted("is not a known key; did you mean {}?", near)});
}

std::string shown(const Json& value) {
  constexpr std::size_t longest = 80;
  std::string text = to_text(value);
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // whole UTF-8
  return text.substr(0, end) + "…";
}

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
  const auto distance = [&](std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < word.size(); ++i) {
      std::size_t diagonal = row[0]++;
      for (std::size_t j = 0; j < other.size(); ++j) {
        const std::size_t substituted = diagonal + (word[i] == other[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
      }
    }
    return row.back();
  };
  constexpr std::size_t longest = 100;  // no name is, and the time grows with the length
  if (word.size() > longest) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t d = distance(candidate);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return std::string(best);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  const std::string near = nearest(word, known);
  return near.empty() ? std::string() : formatted(" (did you mean {}?)", near);
}

}  // namespace synthgen
