#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <algorithm>
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
/// what each token costs the best possible model, or each label in a batch with labels. Next to it
/// what the same targets cost by the frequencies of all targets, and, for tokens, a reader who is
/// told the structure. Absent from the report of data without.
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
  static constexpr std::size_t most_counters = 1 << 23;

  /// What a target is, and what it costs, at a place of the curve.
  struct Place {
    FixedMean floor;
    FixedMean oracle;
    std::vector<std::uint64_t> counts;  ///< of ids, up to the largest one

    void exchange(StateArchive& archive) { archive(floor, oracle, counts); }
  };

  void count(Place& place, std::uint32_t id);
  /// Drops the counts where they would take too much memory. Which data they are dropped for does
  /// not depend on how it is divided, since counters never become fewer.
  void bound_counts();
  /// What the targets at each place cost by the frequencies of all; none if there are too many ids.
  std::vector<std::optional<double>> unigram_bits() const;
  Json curve() const;

  FixedMean all_;
  std::vector<Place> places_;
  std::size_t counters_ = 0;
  bool is_uncounted_ = false;  ///< whether there are more ids than are counted
};

void PredictiveBitsAccumulator::add(const MeasuredBatch& measured) {
  const SequenceBatch& batch = measured.batch();
  if (batch.predictive_width != 1) return;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto tokens = batch.content(i);
    const auto bits = batch.predictive_of(i);
    const auto labels = batch.labels_of(i);
    const auto oracle = labels.empty() ? batch.oracle_of(i) : std::span<const float>();
    if (bits.empty()) continue;
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      if (!(bits[t] >= 0 && bits[t] <= most_token_bits)) continue;
      all_.add(bits[t]);
      const std::size_t index = curve_place_of(t);
      if (index >= places_.size()) places_.resize(index + 1);
      Place& place = places_[index];
      place.floor.add(bits[t]);
      if (!oracle.empty() && oracle[t] >= 0 && oracle[t] <= most_token_bits) {
        place.oracle.add(oracle[t]);
      }
      if (labels.empty()) {
        count(place, tokens[t]);
      } else if (labels[t] != ignored_label) {
        count(place, static_cast<std::uint32_t>(labels[t]));
      }
    }
  }
  bound_counts();
}

void PredictiveBitsAccumulator::count(Place& place, std::uint32_t id) {
  is_uncounted_ = is_uncounted_ || id >= most_counted_ids;
  if (is_uncounted_) return;
  if (id >= place.counts.size()) {
    counters_ += id + 1 - place.counts.size();
    place.counts.resize(std::size_t{id} + 1);
  }
  ++place.counts[id];
}

void PredictiveBitsAccumulator::bound_counts() {
  is_uncounted_ = is_uncounted_ || counters_ > most_counters;
  if (!is_uncounted_) return;
  for (Place& place : places_) place.counts = {};
  counters_ = 0;
}

void PredictiveBitsAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const PredictiveBitsAccumulator&>(other);
  all_.merge(from.all_);
  is_uncounted_ = is_uncounted_ || from.is_uncounted_;
  if (places_.size() < from.places_.size()) places_.resize(from.places_.size());
  for (std::size_t i = 0; i < from.places_.size(); ++i) {
    Place& place = places_[i];
    const Place& added = from.places_[i];
    place.floor.merge(added.floor);
    place.oracle.merge(added.oracle);
    if (added.counts.size() > place.counts.size()) {
      counters_ += added.counts.size() - place.counts.size();
      place.counts.resize(added.counts.size());
    }
    for (std::size_t id = 0; id < added.counts.size(); ++id) place.counts[id] += added.counts[id];
  }
  bound_counts();
}

std::vector<std::optional<double>> PredictiveBitsAccumulator::unigram_bits() const {
  std::vector<std::optional<double>> bits(places_.size());
  if (is_uncounted_) return bits;
  std::vector<double> costs;
  double total = 0;
  for (const Place& place : places_) {
    costs.resize(std::max(costs.size(), place.counts.size()));
    for (std::size_t id = 0; id < place.counts.size(); ++id) {
      costs[id] += static_cast<double>(place.counts[id]);
      total += static_cast<double>(place.counts[id]);
    }
  }
  for (double& cost : costs) cost = cost == 0 ? 0 : std::log2(total / cost);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    double sum = 0;
    double here = 0;
    for (std::size_t id = 0; id < places_[i].counts.size(); ++id) {
      const auto count = static_cast<double>(places_[i].counts[id]);
      sum += count * costs[id];
      here += count;
    }
    if (here > 0) bits[i] = sum / here;
  }
  return bits;
}

Json PredictiveBitsAccumulator::curve() const {
  Json places = Json::array();
  Json floor = Json::array();
  Json oracle = Json::array();
  Json unigram = Json::array();
  const std::vector<std::optional<double>> by_frequency = unigram_bits();
  for (std::size_t place = 0; place < places_.size(); ++place) {
    places.push_back(first_at_curve_place(place));
    floor.push_back(or_null(places_[place].floor.value()));
    oracle.push_back(or_null(places_[place].oracle.value()));
    unigram.push_back(or_null(by_frequency[place]));
  }
  Json lists = Json::object();
  lists["position"] = std::move(places);
  lists["floor"] = std::move(floor);
  lists["oracle"] = std::move(oracle);
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
  archive(all_, places_, is_uncounted_);
  counters_ = 0;
  bool is_sound = places_.size() <= most_places;
  for (const Place& place : places_) {
    counters_ += place.counts.size();
    is_sound = is_sound && place.counts.size() <= most_counted_ids;
  }
  if (is_sound && counters_ <= most_counters) return;
  places_.clear();
  counters_ = 0;
  archive.refuse();
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
                    "predictive_bits_per_token at each position, from 64 on in stretches of "
                    "positions; beside it the cost to a reader who is told the structure (oracle) "
                    "and to one who knows only how often each id occurs in the data (unigram)",
                .range = "0 and up",
                .source = "synthgen",
                .kind = ValueKind::curve,
                .expected = Expected::never,
                .chart = Chart::curve,
                .curve = {.places = "position",
                          .lines = {"floor", "oracle", "unigram"},
                          .has_peaks = false,
                          .title = "Bits at each position",
                          .across = "position",
                          .up = "bits"}},
};

}  // namespace

extern const MeasureEntry predictive_bits_entry;
const MeasureEntry predictive_bits_entry{"predictive_bits", predictive_bits_measures,
                                         &make_accumulator<PredictiveBitsAccumulator>, true,
                                         InPage::of_files};

}  // namespace synthgen
