#include "synthgen/analyze/hashing/content_index.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace synthgen {

Result<void> ContentIndex::add(std::span<const std::uint32_t> sequence, std::uint64_t place) {
  contents_.add(sequence,
                {static_cast<std::uint32_t>(place >> 32), static_cast<std::uint32_t>(place)});
  if (contents_.failure()) return tl::unexpected(*contents_.failure());
  return {};
}

Result<double> ContentIndex::visit(const Visit& visit) const {
  using Record = ContentRecords<2>::Record;
  constexpr auto hash_words = static_cast<std::ptrdiff_t>(ContentRecords<2>::hash_words);
  std::optional<Record> last;
  const Result<unsigned> level = contents_.visit([&](const Record& record) {
    const auto note = record.begin() + hash_words;
    visit(std::uint64_t{note[0]} << 32 | note[1],
          last && std::equal(record.begin(), note, last->begin()));
    last = record;
  });
  if (!level) return tl::unexpected(level.error());
  return std::ldexp(1.0, -static_cast<int>(*level));
}

}  // namespace synthgen
