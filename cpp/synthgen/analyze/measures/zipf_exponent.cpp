#include "synthgen/analyze/measures/zipf_exponent.hpp"

#include "synthgen/analyze/counting/token_counts.hpp"
#include "synthgen/analyze/measure.hpp"
#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace synthgen {
namespace {

/// `zipf_exponent` and `zipf_exponent_error`: the Zipf law that best fits the counts of the ids,
/// see `fit_zipf`.
class ZipfExponentAccumulator final : public Accumulator {
 public:
  explicit ZipfExponentAccumulator(const AnalysisOptions& options)
      : tokens_({options.own_memory_bytes() / 8, options.approximate}) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override { return tokens_.failure(); }

 private:
  TokenCounts tokens_;
};

constexpr std::array zipf_exponent_measures{
    MeasureInfo{
        .name = "zipf_exponent",
        .formula =
            "s >= 0 of greatest likelihood for p(r) ~ r^-s over the ranks of the ids' counts, "
            "largest first; too large if counts are few or nearly equal (equally likely ids: "
            "about 0.9 / sqrt(tokens per id))",
        .range = "0 to 64",
        .source = "Zipf 1935; Clauset, Shalizi, Newman 2009",
        .section = Section::quality,
        .listed = Listed::if_measured},
    MeasureInfo{.name = "zipf_exponent_error",
                .formula = "standard error 1 / sqrt(tokens Var_s(ln r)) of zipf_exponent",
                .range = "0 and up",
                .source = "asymptotic variance of a maximum-likelihood estimate",
                .section = Section::quality},
};

constexpr double log_of_2 = 0.69314718055994530942;

double natural_log(double x) {
  return log_of_2 * portable_log2(x);
}

/// Neighbouring ranks that share one logarithm.
struct RankBlock {
  double middle;
  double ranks;
  double log;
};

/// The ranks 1 … last in blocks that are at most one part in 1024 wide.
std::vector<RankBlock> rank_blocks(std::uint64_t last) {
  std::vector<RankBlock> blocks;
  for (std::uint64_t first = 1; first <= last;) {
    const std::uint64_t width =
        std::min(std::max<std::uint64_t>(1, first / 1024), last - first + 1);
    const double middle = static_cast<double>(first) + static_cast<double>(width - 1) / 2;
    blocks.push_back({middle, static_cast<double>(width), natural_log(middle)});
    first += width;
  }
  return blocks;
}

struct LogRank {
  double mean;
  double variance;
};

/// Of ln r when rank r has a probability ∝ r^−exponent.
LogRank log_rank(const std::vector<RankBlock>& blocks, double exponent) {
  double all = 0;
  double logs = 0;
  double squares = 0;
  for (const RankBlock& block : blocks) {
    const double weight = block.ranks * portable_inverse_power(block.middle, exponent);
    all += weight;
    logs += weight * block.log;
    squares += weight * block.log * block.log;
  }
  const double mean = logs / all;
  return {mean, std::max(0.0, squares / all - mean * mean)};
}

void ZipfExponentAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) tokens_.add(batch.content(i));
}

void ZipfExponentAccumulator::merge(const Accumulator& other) {
  tokens_.merge(static_cast<const ZipfExponentAccumulator&>(other).tokens_);
}

void ZipfExponentAccumulator::exchange(StateArchive& archive) {
  archive(tokens_);
}

void ZipfExponentAccumulator::report(ReportSections& sections) const {
  IdsByCount ids;
  const Result<void> visited =
      tokens_.visit([&](const TokenCounts::Entry& entry) { ++ids[entry.second]; });
  if (!visited) {
    sections.failure = visited.error();
    return;
  }
  const std::optional<ZipfFit> fit = fit_zipf(ids);
  sections.numbers["zipf_exponent"] = fit ? Json(fit->exponent) : Json();
  sections.numbers["zipf_exponent_error"] = fit ? Json(fit->error) : Json();
  if (tokens_.undercount() > 0) {
    sections.error_bounds["zipf_exponent"] = {{"counts_too_low_by_at_most", tokens_.undercount()}};
  }
}

}  // namespace

std::optional<ZipfFit> fit_zipf(const IdsByCount& ids) {
  double tokens = 0;
  double logs = 0;
  std::uint64_t rank = 0;
  for (const auto& [count, number] : ids) {
    const auto times = static_cast<double>(count);
    tokens += times * static_cast<double>(number);
    for (const std::uint64_t last = rank + number; rank < last;) {
      logs += times * natural_log(static_cast<double>(++rank));
    }
  }
  if (rank < 2) return std::nullopt;
  const double observed = logs / tokens;
  const std::vector<RankBlock> blocks = rank_blocks(rank);

  // The mean of ln r falls from s = 0 on; the likelihood is greatest where it is the observed one.
  // Newton's steps, halving the bracket where they leave it.
  double low = 0;
  double high = 64;
  double exponent = 1;
  LogRank model = log_rank(blocks, exponent);
  constexpr int most_steps = 100;
  constexpr double close = 1e-12;
  for (int step = 0; step < most_steps; ++step) {
    (model.mean > observed ? low : high) = exponent;
    double next = exponent + (model.mean - observed) / model.variance;
    if (!(next >= low && next <= high)) next = (low + high) / 2;
    const double moved = std::fabs(next - exponent);
    exponent = next;
    model = log_rank(blocks, exponent);
    if (moved < close) break;
  }
  if (exponent < 1e-9) exponent = 0;
  return ZipfFit{exponent, 1 / std::sqrt(tokens * model.variance)};
}

extern const MeasureEntry zipf_exponent_entry;
const MeasureEntry zipf_exponent_entry{"zipf_exponent", zipf_exponent_measures,
                                       &make_accumulator<ZipfExponentAccumulator>, false,
                                       InPage::after_preview};

}  // namespace synthgen
