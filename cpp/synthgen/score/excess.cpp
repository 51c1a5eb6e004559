#include "synthgen/score/excess.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

/// {"mean", "low", "high"} in the unit.
Json to_json(const std::optional<MeanInterval>& interval, double bits) {
  if (!interval) return {};
  const auto in_unit = [&](std::optional<double> value) {
    return value ? Json(*value / bits) : Json();
  };
  return {{"mean", in_unit(interval->mean)},
          {"low", in_unit(interval->low)},
          {"high", in_unit(interval->high)}};
}

}  // namespace

void Excess::Sums::add(double loss_bits, double floor_bits) noexcept {
  ++count;
  loss += loss_bits;
  floor += floor_bits;
  squares += (loss_bits - floor_bits) * (loss_bits - floor_bits);
}

std::optional<double> Excess::Sums::standard_error() const noexcept {
  if (count < 2) return std::nullopt;
  const double excess = mean(loss - floor);
  const double variance = std::max(0.0, mean(squares) - excess * excess);
  return std::sqrt(variance / static_cast<double>(count - 1));
}

void Excess::add(std::uint64_t index, const Floors& floors, const ModelBits& model) {
  std::array<MeanTerm, columns> terms;
  for (std::size_t i = 0; i < floors.batch.size(); ++i) {
    terms = {};
    const auto begin = static_cast<std::size_t>(floors.batch.offsets[i]);
    const std::size_t length = floors.batch[i].size();
    for (std::size_t t = static_cast<std::size_t>(first_position_); t < length; ++t) {
      const double floor = floors.bits[begin + t];
      if (!Floors::is_target(floor)) continue;
      const double loss = model.loss[begin + t];
      const auto kind = static_cast<std::size_t>(floors.kinds[begin + t]);
      if (by_position_.size() <= t) by_position_.resize(t + 1);
      for (Sums* sums : {&all_, &by_kind_[kind], &by_position_[t]}) {
        sums->add(loss, floor);
        if (!with_laws_) continue;
        sums->divergence += model.divergence[begin + t];
        sums->variation += model.variation[begin + t];
      }
      for (const std::size_t column : {excess_column, kind_columns + kind}) {
        terms[column].sum += loss - floor;
        ++terms[column].count;
      }
      if (!with_laws_) continue;
      terms[divergence_column].sum += model.divergence[begin + t];
      terms[variation_column].sum += model.variation[begin + t];
      ++terms[divergence_column].count;
      ++terms[variation_column].count;
    }
    means_.add(index + i, terms);
  }
}

Json Excess::report(double bits) const {
  Json report = {{"targets", all_.count}};
  const auto mean = [&](double sum) { return all_.count == 0 ? Json() : Json(all_.mean(sum)); };
  report["loss"] = mean(all_.loss / bits);
  report["floor"] = mean(all_.floor / bits);
  report["excess"] = to_json(excess(), bits);
  if (with_laws_) {
    report["kl_divergence"] = to_json(means_.interval(divergence_column), bits);
    report["total_variation"] = to_json(means_.interval(variation_column), 1);
  }
  report["by_kind"] = of_kinds(bits);
  report["by_position"] = of_positions(bits);
  return report;
}

Json Excess::of_kinds(double bits) const {
  Json list = Json::array();
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    const Sums& sums = by_kind_[kind];
    if (sums.count == 0) continue;
    Json row = {{"kind", token_kind_names[kind]},
                {"targets", sums.count},
                {"loss", sums.mean(sums.loss) / bits},
                {"floor", sums.mean(sums.floor) / bits},
                {"excess", to_json(means_.interval(kind_columns + kind), bits)}};
    if (with_laws_) {
      row["kl_divergence"] = sums.mean(sums.divergence) / bits;
      row["total_variation"] = sums.mean(sums.variation);
    }
    list.push_back(std::move(row));
  }
  return list;
}

Json Excess::of_positions(double bits) const {
  Json lists = Json::object();
  for (const char* name : {"position", "targets", "loss", "floor", "excess", "standard_error"}) {
    lists[name] = Json::array();
  }
  for (std::size_t t = 0; t < by_position_.size(); ++t) {
    const Sums& sums = by_position_[t];
    if (sums.count == 0) continue;
    lists["position"].push_back(t);
    lists["targets"].push_back(sums.count);
    lists["loss"].push_back(sums.mean(sums.loss) / bits);
    lists["floor"].push_back(sums.mean(sums.floor) / bits);
    lists["excess"].push_back(sums.mean(sums.loss - sums.floor) / bits);
    const std::optional<double> error = sums.standard_error();
    lists["standard_error"].push_back(error ? Json(*error / bits) : Json());
    if (!with_laws_) continue;
    lists["kl_divergence"].push_back(sums.mean(sums.divergence) / bits);
    lists["total_variation"].push_back(sums.mean(sums.variation));
  }
  return lists;
}

}  // namespace synthgen
