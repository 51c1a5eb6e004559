#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/score/bootstrap.hpp"
#include "synthgen/score/floor.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// What a model made of each token of a batch, in bits; what no target belongs to means nothing.
struct ModelBits {
  std::vector<double> loss;
  /// Where the model's laws are known: Kullback–Leibler divergence of the model's law from the
  /// exact one, and half the sum of the absolute differences of probabilities. Else empty.
  std::vector<double> divergence;
  std::vector<double> variation;
};

/// Sums up how a model does against the floor: over all targets, by the kind of the token, by
/// position. Memory grows with the longest sequence alone.
class Excess {
 public:
  /// `with_laws`: the model's laws are known. Positions before `first_position` are left out.
  Excess(bool with_laws, std::uint64_t first_position)
      : with_laws_(with_laws), first_position_(first_position), means_(columns) {}

  /// Adds sequences; `index` is the first one's among all.
  void add(std::uint64_t index, const Floors& floors, const ModelBits& model);

  std::uint64_t targets() const noexcept { return all_.count; }
  std::optional<MeanInterval> excess() const { return means_.interval(excess_column); }
  /// Means over all targets.
  double loss() const noexcept { return all_.mean(all_.loss); }
  double floor() const noexcept { return all_.mean(all_.floor); }

  /// {"targets", "loss", "floor", "excess", "kl_divergence", "total_variation", "by_kind",
  /// "by_position"}, in units of which one is `bits` bits.
  Json report(double bits) const;

 private:
  static constexpr std::size_t kinds = token_kind_names.size();
  static constexpr std::size_t excess_column = 0;
  static constexpr std::size_t divergence_column = 1;
  static constexpr std::size_t variation_column = 2;
  static constexpr std::size_t kind_columns = 3;
  static constexpr std::size_t columns = kind_columns + kinds;

  struct Sums {
    std::uint64_t count = 0;
    double loss = 0;
    double floor = 0;
    double squares = 0;  ///< of excesses
    double divergence = 0;
    double variation = 0;

    void add(double loss_bits, double floor_bits) noexcept;
    double mean(double sum) const noexcept { return sum / static_cast<double>(count); }
    std::optional<double> standard_error() const noexcept;
  };

  Json of_kinds(double bits) const;
  Json of_positions(double bits) const;

  bool with_laws_;
  std::uint64_t first_position_;
  Sums all_;
  std::array<Sums, kinds> by_kind_;
  std::vector<Sums> by_position_;
  Bootstrap means_;
};

}  // namespace synthgen
