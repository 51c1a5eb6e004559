// The one reader of JSON fields: configs, templates, latents, manifests, stages and options are all
// read through it, so that every error has the same form.

#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace synthgen {

/// Where a value is inside the JSON that is being read, e.g. `files[3].bytes`. A chain of parents
/// that live on the stack; the text is built only for an error.
struct JsonPlace {
  const JsonPlace* parent = nullptr;
  std::string_view key = {};
  std::optional<std::size_t> index = {};  ///< an entry of a list, which has no key

  std::string text() const;
};

class JsonObject;

/// One value to be read. Each read checks the type and the range, stores the value in its target
/// and returns true; otherwise it adds a problem with key, given value and what is allowed, and
/// leaves the target as it is. An optional field that is absent reads as nothing: false, and no
/// problem. Targets may be std::optional.
///
/// Refers to the JSON, the place's parents and the problems, which must outlive it.
class JsonField {
 public:
  /// Problems beyond this many are not collected, so that a hostile text cannot fill the memory.
  static constexpr std::size_t most_problems = 100;

  /// A whole value, called `name` in errors; with an empty name its members are called by their
  /// keys alone.
  JsonField(const Json& value, std::string_view name, std::vector<Problem>& problems)
      : JsonField(&value, {.key = name}, false, problems) {}

  /// A value that must be given; JSON's null means that it was not.
  static JsonField required(const Json& value, std::string_view name,
                            std::vector<Problem>& problems) {
    return {value.is_null() ? nullptr : &value, {.key = name}, value.is_null(), problems};
  }

  /// Whether there is a value.
  explicit operator bool() const noexcept { return value_ != nullptr; }
  /// The value; JSON's null where there is none.
  const Json& value() const noexcept;
  std::string place() const { return place_.text(); }
  /// Whether nothing was wrong so far, with this value or another.
  bool is_good() const noexcept { return problems_->empty(); }

  /// An integer from `minimum` to `maximum`; 1e6 is one too.
  template <class Target>
  bool integer(Target& target, std::int64_t minimum = 0,
               std::int64_t maximum = largest<Target>()) const {
    const std::optional<std::int64_t> number = read_integer(minimum, maximum);
    if (number) target = static_cast<ValueOf<Target>>(*number);
    return number.has_value();
  }

  /// A finite number from `minimum` to `maximum`.
  template <class Target>
  bool number(Target& target, double minimum = std::numeric_limits<double>::lowest(),
              double maximum = std::numeric_limits<double>::max()) const {
    const std::optional<double> number = read_number(minimum, maximum);
    if (number) target = *number;
    return number.has_value();
  }

  template <class Target>
  bool boolean(Target& target) const {
    const std::optional<bool> flag = read_boolean();
    if (flag) target = *flag;
    return flag.has_value();
  }

  template <class Target>
  bool string(Target& target) const {
    const std::string* text = read_string("a string");
    if (text != nullptr) target = *text;
    return text != nullptr;
  }

  /// One of `words`: as a string, or as the enumerator with the word's index.
  template <class Target>
  bool word(Target& target, std::span<const std::string_view> words) const {
    const std::optional<std::size_t> index = read_word(words);
    if (!index) return false;
    if constexpr (std::assignable_from<Target&, std::string>) {
      target = std::string(words[*index]);
    } else {
      target = static_cast<ValueOf<Target>>(*index);
    }
    return true;
  }

  /// A list: calls `use` with the field of each entry, until `use` returns false if it returns a
  /// bool. False when this is not a list of at least `fewest` entries.
  template <class Use>
  bool each(const Use& use, std::string_view allowed = "a list", std::size_t fewest = 0) const {
    if (!check_list(allowed, fewest)) return false;
    for (std::size_t i = 0; i < value_->size() && !full(); ++i) {
      const JsonField entry(&(*value_)[i], {.parent = &place_, .index = i}, false, *problems_);
      if constexpr (std::same_as<std::invoke_result_t<const Use&, const JsonField&>, bool>) {
        if (!use(entry)) break;
      } else {
        use(entry);
      }
    }
    return true;
  }

  /// The value as an object, whose members then are the fields to read.
  JsonObject object(std::string_view allowed = "an object") const;

  /// Adds the problem that the value is not one of those `allowed`. Returns false.
  bool refuse(std::string allowed) const;

 private:
  friend class JsonObject;

  template <class T>
  struct Unwrapped {
    using type = T;
  };
  template <class T>
  struct Unwrapped<std::optional<T>> {
    using type = T;
  };
  template <class T>
  using ValueOf = typename Unwrapped<T>::type;

  template <class Target>
  static constexpr std::int64_t largest() {
    using Value = ValueOf<Target>;
    return sizeof(Value) < sizeof(std::int64_t)
               ? static_cast<std::int64_t>(std::numeric_limits<Value>::max())
               : std::numeric_limits<std::int64_t>::max();
  }

  JsonField(const Json* value, const JsonPlace& place, bool missing, std::vector<Problem>& problems)
      : value_(value), place_(place), missing_(missing), problems_(&problems) {}

  bool full() const noexcept { return problems_->size() >= most_problems; }
  std::optional<std::int64_t> read_integer(std::int64_t minimum, std::int64_t maximum) const;
  std::optional<double> read_number(double minimum, double maximum) const;
  std::optional<bool> read_boolean() const;
  const std::string* read_string(const char* allowed) const;
  std::optional<std::size_t> read_word(std::span<const std::string_view> words) const;
  bool check_list(std::string_view allowed, std::size_t fewest) const;

  const Json* value_;
  JsonPlace place_;
  bool missing_;  ///< required, but absent
  std::vector<Problem>* problems_;
};

/// The members of an object. Where the value is no object, which is a problem of its own, every
/// member reads as an absent optional one.
///
///     JsonObject stage = field.object();
///     stage.required("max_length").integer(max_length, 1);
///     stage.optional("name").string(name);
///     stage.refuse_unknown();
class JsonObject {
 public:
  explicit JsonObject(const JsonField& field, std::string_view allowed = "an object");
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  /// Whether it is an object.
  explicit operator bool() const noexcept { return object_ != nullptr; }
  bool contains(std::string_view key) const;

  /// A member that must exist: reading it where it is absent is a problem.
  JsonField required(std::string_view key) { return member(key, true, false); }
  /// A member that may be absent.
  JsonField optional(std::string_view key) { return member(key, false, false); }
  /// A member that may be absent or null.
  JsonField nullable(std::string_view key) { return member(key, false, true); }

  /// Adds a problem for each member whose key was never asked for, with the key that was probably
  /// meant or, where none is near, those that are known.
  void refuse_unknown() const;

  /// Calls `use` with the key and the field of each member, in their order.
  template <class Use>
  void each(const Use& use) const {
    if (object_ == nullptr) return;
    for (auto member = object_->begin(); member != object_->end(); ++member) {
      use(member.key(),
          JsonField(&member.value(), {.parent = &place_, .key = member.key()}, false, *problems_));
    }
  }

  /// Adds the problem that this member's key is none of `known`.
  void refuse_key(std::string_view key, std::span<const std::string_view> known) const;

 private:
  JsonField member(std::string_view key, bool is_required, bool null_is_absent);

  const Json* object_;
  JsonPlace place_;
  std::vector<Problem>* problems_;
  std::vector<std::string_view> asked_;
};

inline JsonObject JsonField::object(std::string_view allowed) const {
  return JsonObject(*this, allowed);
}

/// A key as errors show it: as it is, unless that could steer a terminal or fill it.
std::string shown_key(std::string_view key);

/// A value as compact JSON text for an error: at most 80 bytes of it.
std::string shown(const Json& value);

/// The word among `known` that is nearest to `word` in edit distance, if near enough to be meant.
std::string nearest(std::string_view word, std::span<const std::string_view> known);

/// " (did you mean repetition?)" for a word that is near to a known one, else nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

}  // namespace synthgen
