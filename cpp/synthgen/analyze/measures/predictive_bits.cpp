#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace synthgen {
namespace {

constexpr double most_token_bits = 16777216;  // what a FixedSum takes

/// Positions 0 … 63 by themselves, then 16 stretches for each doubling.
constexpr std::size_t curve_place_of(std::size_t position) noexcept {
  if (position < 64) return position;
  const auto octave = static_cast<std::size_t>(std::bit_width(position)) - 7;
  return 64 + 16 * octave + ((position >> (octave + 2)) - 16);
}
constexpr std::size_t first_at_curve_place(std::size_t place) noexcept {
  if (place < 64) return place;
  const std::size_t octave = (place - 64) / 16;
  return (16 + (place - 64) % 16) << (octave + 2);
}
static_assert(curve_place_of(64) == 64 && curve_place_of(67) == 64 && curve_place_of(68) == 65);
static_assert(curve_place_of(128) == 80 && first_at_curve_place(80) == 128 &&
              first_at_curve_place(65) == 68);

/// `predictive_bits_per_token` and its course over positions: the batch's `predictive`, which says
/// what each token costs the best possible model. Absent from the report of data without.
class PredictiveBitsAccumulator final : public Accumulator {
 public:
  explicit PredictiveBitsAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  static constexpr std::size_t most_places = curve_place_of(SIZE_MAX >> 24) + 1;
  static constexpr std::uint32_t most_counted_ids = 1 << 16;

  /// What a token costs by the frequencies of ids; none if there are too many ids.
  std::optional<double> unigram_bits() const;
  Json curve() const;

  FixedMean all_;
  FixedMean oracle_;  ///< per token, of the sequences that have costs and latents
  std::vector<FixedMean> by_place_;
  std::vector<std::uint64_t> counts_;  ///< of ids, up to `most_counted_ids`
  bool has_rare_ids_ = false;          ///< whether there are others
};

void PredictiveBitsAccumulator::add(const MeasuredBatch& batch) {
  if (batch.batch().predictive_width != 1) return;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto tokens = batch.content(i);
    const auto bits = batch.batch().predictive_of(i);
    if (bits.empty() || tokens.empty()) continue;
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      if (!(bits[t] >= 0 && bits[t] <= most_token_bits)) continue;
      all_.add(bits[t]);
      const std::size_t place = curve_place_of(t);
      if (place >= by_place_.size()) by_place_.resize(place + 1);
      by_place_[place].add(bits[t]);
      has_rare_ids_ = has_rare_ids_ || tokens[t] >= most_counted_ids;
      if (tokens[t] >= most_counted_ids) continue;
      if (tokens[t] >= counts_.size()) counts_.resize(tokens[t] + 1);
      ++counts_[tokens[t]];
    }
    const Latents* latents = batch.batch().latents_of(i);
    if (latents == nullptr || !latents->oracle_bits) continue;
    const double each = *latents->oracle_bits / static_cast<double>(tokens.size());
    if (!(each >= 0 && each <= most_token_bits)) continue;
    for (std::size_t t = 0; t < tokens.size(); ++t) oracle_.add(each);
  }
}

void PredictiveBitsAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const PredictiveBitsAccumulator&>(other);
  all_.merge(from.all_);
  oracle_.merge(from.oracle_);
  if (by_place_.size() < from.by_place_.size()) by_place_.resize(from.by_place_.size());
  for (std::size_t i = 0; i < from.by_place_.size(); ++i) by_place_[i].merge(from.by_place_[i]);
  if (counts_.size() < from.counts_.size()) counts_.resize(from.counts_.size());
  for (std::size_t i = 0; i < from.counts_.size(); ++i) counts_[i] += from.counts_[i];
  has_rare_ids_ = has_rare_ids_ || from.has_rare_ids_;
}

std::optional<double> PredictiveBitsAccumulator::unigram_bits() const {
  if (has_rare_ids_) return std::nullopt;
  double total = 0;
  for (const std::uint64_t count : counts_) total += static_cast<double>(count);
  double bits = 0;
  for (const std::uint64_t count : counts_) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / total;
    bits -= share * std::log2(share);
  }
  return bits;
}

Json PredictiveBitsAccumulator::curve() const {
  Json places = Json::array();
  Json floor = Json::array();
  Json oracle = Json::array();
  Json unigram = Json::array();
  for (std::size_t place = 0; place < by_place_.size(); ++place) {
    places.push_back(first_at_curve_place(place));
    floor.push_back(or_null(by_place_[place].value()));
    oracle.push_back(or_null(oracle_.value()));
    unigram.push_back(or_null(unigram_bits()));
  }
  Json lists = Json::object();
  lists["position"] = std::move(places);
  lists["floor"] = std::move(floor);
  lists["mean_oracle"] = std::move(oracle);
  lists["unigram"] = std::move(unigram);
  return lists;
}

void PredictiveBitsAccumulator::report(ReportSections& sections) const {
  const std::optional<double> mean = all_.value();
  if (!mean) return;
  sections.numbers["predictive_bits_per_token"] = *mean;
  sections.details["predictive_bits_by_position"] = curve();
}

void PredictiveBitsAccumulator::exchange(StateArchive& archive) {
  archive(all_, oracle_, by_place_, counts_, has_rare_ids_);
  if (by_place_.size() > most_places || counts_.size() > most_counted_ids) {
    by_place_.clear();
    counts_.clear();
    archive.refuse();
  }
}

constexpr std::array predictive_bits_measures{
    MeasureInfo{.name = "predictive_bits_per_token",
                .unit = "bits/token",
                .formula = "mean of -log2 P(x_t | x_<t) by the generator's exact law",
                .range = "0 and up",
                .source = "synthgen",
                .expected = Expected::never,
                .listed = Listed::if_measured},
    MeasureInfo{.name = "predictive_bits_by_position",
                .unit = "bits/token",
                .formula =
                    "the same for each position, from 64 on for stretches of positions; next "
                    "to it the means over all positions of the oracle bound and of the "
                    "entropy of token frequencies",
                .range = "0 and up",
                .source = "synthgen",
                .kind = ValueKind::curve,
                .expected = Expected::never,
                .chart = Chart::curve,
                .curve = {.places = "position",
                          .lines = {"floor", "mean_oracle", "unigram"},
                          .has_peaks = false,
                          .title = "Cost of a token at position",
                          .across = "position",
                          .up = "bits"}},
};

}  // namespace

extern const MeasureEntry predictive_bits_entry;
const MeasureEntry predictive_bits_entry{"predictive_bits", predictive_bits_measures,
                                         &make_accumulator<PredictiveBitsAccumulator>, true,
                                         InPage::at_once};

}  // namespace synthgen
