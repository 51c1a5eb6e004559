#include "synthgen/analyze/counting/block_sample.hpp"
#include "synthgen/analyze/counting/class_pairs.hpp"
#include "synthgen/analyze/counting/token_counts.hpp"
#include "synthgen/analyze/measure.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

/// Tokens of a sample that takes one part in 64 of a memory limit in bytes, at 4 bytes a token.
std::uint64_t budget_tokens(std::uint64_t memory_limit_bytes) {
  constexpr std::uint64_t least = std::uint64_t{1} << 14;
  constexpr std::uint64_t most = std::uint64_t{1} << 28;
  return std::clamp(memory_limit_bytes / 256, least, most);
}

/// What a token says about later ones: `conditional_entropy` H(x_t | x_{t−1}) and
/// `mutual_information` at distances 1 … 64, over the 63 most common ids and one for all others,
/// each with a baseline: the same tokens in a random order. Exact while the data fits a share of
/// the memory limit (2^22 tokens by default), else from a sample of blocks of the data, with
/// standard errors. Which ids are the most common is always counted over all the data.
class DependenceAccumulator final : public Accumulator {
 public:
  static constexpr std::size_t longest_distance = 64;

  explicit DependenceAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override { return tokens_.failure(); }

 private:
  void report(ReportSections& sections, ClassPairs pairs) const;

  BlockSample sample_;
  TokenCounts tokens_;  ///< of sequences of 2 tokens or more
};

DependenceAccumulator::DependenceAccumulator(const AnalysisOptions& options)
    : sample_(budget_tokens(options.memory_limit_bytes)),
      tokens_({options.own_memory_bytes() / 16, options.approximate}) {}

void DependenceAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch.content(i);
    sample_.add(sequence);
    if (sequence.size() > 1) tokens_.add(sequence, batch.id_bits(i));
  }
}

void DependenceAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const DependenceAccumulator&>(other);
  sample_.merge(from.sample_);
  tokens_.merge(from.tokens_);
}

void DependenceAccumulator::exchange(StateArchive& archive) {
  archive(sample_, tokens_);
}

void DependenceAccumulator::report(ReportSections& sections) const {
  const auto commonest = tokens_.commonest(ClassPairs::classes - 1);
  if (!commonest) {
    sections.failure = commonest.error();
    return;
  }
  std::vector<std::uint32_t> own_classes;
  for (const auto& [id, count] : *commonest) own_classes.push_back(static_cast<std::uint32_t>(id));
  report(sections, ClassPairs(sample_, own_classes));
}

void DependenceAccumulator::report(ReportSections& sections, ClassPairs pairs) const {
  ClassPairs shuffled = pairs.shuffled();
  Json distances = Json::array();
  Json bits = Json::array();
  Json baseline = Json::array();
  for (std::size_t distance = 1; distance <= longest_distance; ++distance) {
    const std::optional<Dependence> real = pairs.at(distance);
    const std::optional<Dependence> random = shuffled.at(distance);
    distances.push_back(distance);
    bits.push_back(real ? Json(real->mutual_information) : Json());
    baseline.push_back(random ? Json(random->mutual_information) : Json());
    if (distance > 1) continue;
    sections.numbers["conditional_entropy"] = real ? Json(real->conditional_entropy) : Json();
    sections.numbers["conditional_entropy_baseline"] =
        random ? Json(random->conditional_entropy) : Json();
  }
  sections.details["mutual_information"] = {{"distance", std::move(distances)},
                                            {"bits", std::move(bits)},
                                            {"baseline", std::move(baseline)},
                                            {"exact", sample_.is_complete()},
                                            {"tokens", sample_.tokens()}};
  if (sample_.is_complete()) return;
  const auto bound = [&](std::optional<double> error) {
    return Json{{"sampled_tokens", sample_.tokens()}, {"standard_error", or_null(error)}};
  };
  const auto of_entropy = [](const std::optional<Dependence>& errors) {
    return errors ? std::optional(errors->conditional_entropy) : std::nullopt;
  };
  const std::optional<Dependence> of_neighbours = pairs.standard_errors(1);
  std::optional<double> largest;  // of all distances
  for (std::size_t distance = 1; distance <= longest_distance; ++distance) {
    const std::optional<Dependence> errors =
        distance == 1 ? of_neighbours : pairs.standard_errors(distance);
    if (errors) largest = std::max(largest.value_or(0), errors->mutual_information);
  }
  sections.error_bounds["conditional_entropy"] = bound(of_entropy(of_neighbours));
  sections.error_bounds["conditional_entropy_baseline"] =
      bound(of_entropy(shuffled.standard_errors(1)));
  sections.error_bounds["mutual_information"] = bound(largest);
}

Json lines_of(const Json& curve, unsigned) {
  return {{"bits", curve.at("bits")}, {"baseline", curve.at("baseline")}};
}

constexpr std::array dependence_measures{
    MeasureInfo{
        .name = "conditional_entropy",
        .unit = "bits",
        .formula =
            "H(x_t | x_{t-1}) = H(x_{t-1}, x_t) - H(x_{t-1}) over the 63 most common ids and "
            "one for all others, each entropy + (cells used - 1) / (2 n ln 2)",
        .range = "about 0 to 6",
        .source = "Miller 1955",
        .section = Section::quality,
        .listed = Listed::if_measured},
    MeasureInfo{.name = "conditional_entropy_baseline",
                .unit = "bits",
                .formula = "conditional_entropy of the same tokens in a random order",
                .range = "about 0 to 6",
                .source = "synthgen",
                .section = Section::quality},
    MeasureInfo{.name = "mutual_information",
                .unit = "bits",
                .formula =
                    "for each distance d = 1 ... 64: H(x_t) + H(x_{t+d}) - H(x_t, x_{t+d}), "
                    "entropies as for conditional_entropy; baseline: of the same tokens in a "
                    "random order",
                .range = "about 0 to 6",
                .source = "Miller 1955",
                .kind = ValueKind::curve,
                .predicted = &lines_of,
                .chart = Chart::curve,
                .curve = {.places = "distance",
                          .lines = {"bits", "baseline"},
                          .has_peaks = false,
                          .title = "Mutual information at distance",
                          .across = "distance in tokens",
                          .up = "bits"}},
};

}  // namespace

extern const MeasureEntry dependence_entry;
const MeasureEntry dependence_entry{"dependence", dependence_measures,
                                    &make_accumulator<DependenceAccumulator>, false,
                                    InPage::after_preview};

}  // namespace synthgen
