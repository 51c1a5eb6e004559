#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace synthgen {

/// A value for each 32-bit id, 0 at first and again after `forget`: an array for small ids, a hash
/// table for the others. For passes over one sequence after another without clearing in between.
template <class Value>
class ScratchTable {
 public:
  Value& operator[](std::uint32_t id) {
    if (id >= dense_limit) return sparse_[id];
    if (id >= dense_.size()) dense_.resize(id + 1);
    return dense_[id];
  }

  /// Sets the values of these ids back to 0.
  template <class Ids>
  void forget(const Ids& ids) {
    for (const std::uint32_t id : ids) {
      if (id < dense_.size()) dense_[id] = Value();
    }
    sparse_.clear();
  }

 private:
  static constexpr std::uint32_t dense_limit = 1U << 20;

  std::vector<Value> dense_;
  std::unordered_map<std::uint32_t, Value> sparse_;
};

}  // namespace synthgen
