#include "byte_size.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace synthgen::cli {

std::optional<std::uint64_t> byte_size(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, unsigned>, 6> units{
      {{"", 0}, {"B", 0}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"TiB", 40}}};
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  for (const auto& [name, shift] : units) {
    if (unit != name) continue;
    if (number >> (63 - shift) != 0) return std::nullopt;
    return number << shift;
  }
  return std::nullopt;
}

}  // namespace synthgen::cli
