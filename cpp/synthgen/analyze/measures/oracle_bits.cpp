#include "synthgen/analyze/measures/oracle_bits.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr double unit_bits = 65536;
constexpr double most_bits = unit_bits * 16777216;  // what a FixedSum takes

constexpr std::array oracle_bits_measures{
    MeasureInfo{"oracle_bits_per_token", "bits/token",
                "sum over sequences with latents of oracle_bits, over their tokens", "0 and up",
                "synthgen"},
};

}  // namespace

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

const MeasureEntry oracle_bits_entry{
    "oracle_bits",
    oracle_bits_measures,
    &make_accumulator<OracleBitsAccumulator>,
    true,
};

}  // namespace synthgen
