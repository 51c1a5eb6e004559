#include "synthgen/generate/shard.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace synthgen {
namespace {

/// Takes a decimal number from the front of `text`; none when there is none or it is too large.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::string five_digits(std::uint32_t number) {
  std::string text = std::to_string(number);
  constexpr std::size_t digits = 5;
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<ShardRange> shard_range(std::string_view text) {
  ShardRange range;
  const std::optional<std::uint32_t> first = take_number(text);
  if (!first) return std::nullopt;
  range.first = range.last = *first;
  if (take(text, '-')) {
    const std::optional<std::uint32_t> last = take_number(text);
    if (!last) return std::nullopt;
    range.last = *last;
  }
  if (!take(text, '/')) return std::nullopt;
  const std::optional<std::uint32_t> count = take_number(text);
  if (!count || !text.empty() || *count == 0 || *count > most_shards) return std::nullopt;
  range.count = *count;
  if (range.first > range.last || range.last >= range.count) return std::nullopt;
  return range;
}

}  // namespace

SequenceRange range_of(const Shard& shard, std::uint64_t sequences) noexcept {
  if (shard.count == 0) return {0, sequences};
  // ⌊index · sequences / count⌋ without overflow.
  const auto start = [&](std::uint64_t index) {
    return index * (sequences / shard.count) + index * (sequences % shard.count) / shard.count;
  };
  const std::uint64_t first = start(shard.index);
  return {first, start(std::uint64_t{shard.index} + 1) - first};
}

std::string of_shards(std::uint32_t count) {
  return "-of-" + five_digits(count);
}

std::string shard_file(std::string_view stem, const Shard& shard, std::string_view extension) {
  if (shard.count == 0) return std::string(stem).append(extension);
  return formatted("{}-{}{}{}", stem, five_digits(shard.index), of_shards(shard.count), extension);
}

std::string text(const Shard& shard) {
  if (shard.count == 0) return "the dataset";
  return formatted("shard {} of {}", shard.index, shard.count);
}

Result<ShardRange> parse_shard_range(std::string_view text) {
  const std::optional<ShardRange> range = shard_range(text);
  if (range) return *range;
  const std::size_t slash = std::min(text.find('/'), text.size());
  const bool is_last = slash + 1 < text.size() && text.substr(0, slash) == text.substr(slash + 1);
  return fail(
      ErrorKind::usage,
      formatted("got {}; allowed: I/N or I-J/N, shards I to J of N, counted from 0, with N "
                "from 1 to {}{}",
                quoted_start(text), most_shards,
                is_last ? "; of tasks that are numbered from 1, give the number less 1" : ""));
}

}  // namespace synthgen
