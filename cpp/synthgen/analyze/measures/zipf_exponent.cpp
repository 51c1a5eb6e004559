#include "synthgen/analyze/measures/zipf_exponent.hpp"

#include "synthgen/analyze/measures/zipf_fit.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array zipf_exponent_measures{
    MeasureInfo{
        "zipf_exponent", "",
        "s >= 0 of greatest likelihood for p(r) ~ r^-s over the ranks of the ids' counts, "
        "largest first; too large where counts are few or nearly equal (equally likely ids: "
        "about 0.9 / sqrt(tokens per id))",
        "0 to 64", "Zipf 1935; Clauset, Shalizi, Newman 2009"},
    MeasureInfo{"zipf_exponent_error", "",
                "standard error 1 / sqrt(tokens Var_s(ln r)) of zipf_exponent", "0 and up",
                "asymptotic variance of a maximum-likelihood estimate"},
};

}  // namespace

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

const MeasureEntry zipf_exponent_entry{"zipf_exponent", zipf_exponent_measures,
                                       &make_accumulator<ZipfExponentAccumulator>, false};

}  // namespace synthgen
