#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace synthgen {
namespace {

constexpr double unit_bits = 65536;
constexpr double most_bits = unit_bits * 16777216;  // what a FixedSum takes

/// `oracle_bits_per_token`: bits that it takes to predict a token if the structure is known: the
/// latents' `oracle_bits` over the tokens of the sequences that have latents. A lower bound on the
/// loss of any model on this data. Absent from the report of data without latents.
class OracleBitsAccumulator final : public Accumulator {
 public:
  explicit OracleBitsAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  /// None if no sequence with tokens has latents.
  std::optional<double> bits_per_token() const noexcept;

  FixedSum sum_;  ///< in units of 2^16 bits: sequences reach 2^40
  std::uint64_t tokens_ = 0;
};

void OracleBitsAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Latents* latents = batch.batch().latents_of(i);
    const double bits = latents == nullptr ? -1 : latents->oracle_bits.value_or(-1);
    if (!(bits >= 0 && bits <= most_bits)) continue;
    sum_.add(bits / unit_bits);
    tokens_ += batch.content(i).size();
  }
}

void OracleBitsAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const OracleBitsAccumulator&>(other);
  sum_.merge(from.sum_);
  tokens_ += from.tokens_;
}

std::optional<double> OracleBitsAccumulator::bits_per_token() const noexcept {
  if (tokens_ == 0) return std::nullopt;
  return sum_.value() * unit_bits / static_cast<double>(tokens_);
}

void OracleBitsAccumulator::report(ReportSections& sections) const {
  if (const auto bits = bits_per_token()) sections.numbers["oracle_bits_per_token"] = *bits;
}

void OracleBitsAccumulator::exchange(StateArchive& archive) {
  archive(sum_, tokens_);
}

constexpr std::array oracle_bits_measures{
    MeasureInfo{.name = "oracle_bits_per_token",
                .unit = "bits/token",
                .formula = "sum over sequences with latents of oracle_bits, over their tokens",
                .range = "0 and up",
                .source = "synthgen",
                .expected = Expected::by_ratio,
                .needs_latents = true},
};

}  // namespace

extern const MeasureEntry oracle_bits_entry;
const MeasureEntry oracle_bits_entry{"oracle_bits", oracle_bits_measures,
                                     &make_accumulator<OracleBitsAccumulator>, true,
                                     InPage::at_once};

}  // namespace synthgen
