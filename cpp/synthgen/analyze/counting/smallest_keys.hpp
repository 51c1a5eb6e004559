#pragma once

#include "synthgen/analyze/counting/state_archive.hpp"

#include <cstdint>
#include <iterator>
#include <map>
#include <optional>

namespace synthgen {

/// Counted values by key: all of them while they fit a budget, else those with the smallest keys
/// that fit together. Which keys are kept depends on the data alone, not on the order of counting
/// and merging; if keys are hashes, they are a sample. A value's `cost()`, always the same for the
/// same key, is its part of the budget.
template <class Key, class Value>
class SmallestKeys {
 public:
  struct Entry {
    Value value;
    std::uint64_t times = 0;

    void exchange(StateArchive& archive) { archive(value, times); }
  };

  explicit SmallestKeys(std::uint64_t budget) : budget_(budget) {}

  /// Counts a key `times` more; `make` gives its value if it is new.
  template <class Make>
  void count(const Key& key, std::uint64_t times, const Make& make) {
    if (first_dropped_ && key >= *first_dropped_) return;
    const auto [place, is_new] = entries_.try_emplace(key);
    place->second.times += times;
    if (!is_new) return;
    place->second.value = make();
    cost_ += place->second.value.cost();
    while (cost_ > budget_) {
      first_dropped_ = std::prev(entries_.end())->first;
      drop_last();
    }
  }

  void merge(const SmallestKeys& other) {
    if (other.first_dropped_ && (!first_dropped_ || *other.first_dropped_ < *first_dropped_)) {
      first_dropped_ = other.first_dropped_;
      while (!entries_.empty() && std::prev(entries_.end())->first >= *first_dropped_) drop_last();
    }
    for (const auto& [key, entry] : other.entries_) {
      count(key, entry.times, [&value = entry.value] { return value; });
    }
  }

  /// `is_sound(key, value)` decides what to accept when reading; the budget is kept in any case.
  template <class IsSound>
  void exchange(StateArchive& archive, const IsSound& is_sound) {
    archive(entries_, first_dropped_);
    if (!archive.reads()) return;
    bool sound = !archive.malformed();
    cost_ = 0;
    for (const auto& [key, entry] : entries_) {
      sound = sound && entry.times > 0 && is_sound(key, entry.value) &&
              (!first_dropped_ || key < *first_dropped_);
      cost_ += entry.value.cost();
    }
    if (sound && cost_ <= budget_) return;
    archive.refuse();
    *this = SmallestKeys(budget_);
  }

  /// By ascending key.
  const std::map<Key, Entry>& entries() const noexcept { return entries_; }
  /// Whether nothing was left out.
  bool is_complete() const noexcept { return !first_dropped_; }

 private:
  void drop_last() {
    const auto last = std::prev(entries_.end());
    cost_ -= last->second.value.cost();
    entries_.erase(last);
  }

  std::uint64_t budget_;
  std::map<Key, Entry> entries_;
  std::uint64_t cost_ = 0;
  std::optional<Key> first_dropped_;  ///< the smallest key that did not fit
};

}  // namespace synthgen
