#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace synthgen::testing {

/// All outcomes of a random program, by running it again for every combination of its choices.
///
///     ChoiceTree tree;
///     do {
///       outcome = program(tree);  // calls tree.choose
///       mass[outcome] += tree.probability();
///     } while (tree.advance());
class ChoiceTree {
 public:
  /// One of the alternatives, in proportion to their weights; those of weight 0 are left out.
  std::size_t choose(const std::vector<double>& weights) {
    double total = 0;
    for (const double weight : weights) total += weight;
    if (depth_ == path_.size()) path_.push_back(next_possible(weights, 0));
    const std::size_t chosen = path_[depth_];
    if (has_more_.size() <= depth_) has_more_.resize(depth_ + 1);
    following_.resize(std::max(following_.size(), depth_ + 1));
    following_[depth_] = next_possible(weights, chosen + 1);
    has_more_[depth_] = following_[depth_] < weights.size();
    probability_ *= weights[chosen] / total;
    ++depth_;
    return chosen;
  }

  /// One of so many, all alike.
  std::size_t choose(std::size_t count) { return choose(std::vector<double>(count, 1.0)); }

  /// Takes one element out of a list, all alike.
  template <class T>
  T take(std::vector<T>& list) {
    const std::size_t i = choose(list.size());
    const T taken = list[i];
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    return taken;
  }

  /// The probability of the choices of this run.
  double probability() const { return probability_; }

  /// Prepares the next run; false when there is none.
  bool advance() {
    path_.resize(depth_);
    while (!path_.empty() && !has_more_[path_.size() - 1]) path_.pop_back();
    const bool any = !path_.empty();
    if (any) path_.back() = following_[path_.size() - 1];
    depth_ = 0;
    probability_ = 1;
    return any;
  }

 private:
  static std::size_t next_possible(const std::vector<double>& weights, std::size_t from) {
    while (from < weights.size() && weights[from] == 0) ++from;
    return from;
  }

  std::vector<std::size_t> path_;
  std::vector<std::size_t> following_;
  std::vector<bool> has_more_;
  std::size_t depth_ = 0;
  double probability_ = 1;
};

}  // namespace synthgen::testing
