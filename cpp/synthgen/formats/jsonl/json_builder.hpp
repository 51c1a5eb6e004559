#pragma once

#include "synthgen/config/json.hpp"

#include <string>
#include <utility>
#include <vector>

namespace synthgen {

/// Builds one JSON value from a parser's events, for the one part of a text that is wanted as a
/// value.
class JsonBuilder {
 public:
  /// A value without members: a number, a string, a boolean, null.
  void add(Json value) {
    if (open_.empty()) {
      built_ = std::move(value);
    } else if (open_.back().value.is_array()) {
      open_.back().value.push_back(std::move(value));
    } else {
      open_.back().value[open_.back().key] = std::move(value);
    }
  }
  /// Opens an empty object or list, which gets what follows until its `end`.
  void start(Json container) { open_.push_back({std::move(container), {}}); }
  /// Names the next member of the open object.
  void key(const std::string& key) { open_.back().key = key; }
  void end() {
    Json value = std::move(open_.back().value);
    open_.pop_back();
    add(std::move(value));
  }

  std::size_t depth() const noexcept { return open_.size(); }
  /// The last complete value; null if there is none.
  const Json& built() const noexcept { return built_; }

 private:
  struct Open {
    Json value;
    std::string key;
  };

  std::vector<Open> open_;
  Json built_;
};

}  // namespace synthgen
