#include "byte_size.hpp"

#include <array>
#include <cctype>
#include <charconv>

namespace synthgen::cli {
namespace {

constexpr std::string_view size_prefixes = "KMGT";

}  // namespace

std::optional<std::uint64_t> byte_size(std::string_view text) {
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  std::string unit;
  for (const char c : text) unit += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  unsigned shift = 0;
  if (!unit.empty() && unit != "B") {
    const std::size_t prefix = size_prefixes.find(unit.front());
    if (prefix == size_prefixes.npos) return std::nullopt;
    unit.erase(0, 1);
    if (!unit.empty() && unit != "B" && unit != "IB") return std::nullopt;
    shift = 10 * (static_cast<unsigned>(prefix) + 1);
  }
  if (number >> (63 - shift) != 0) return std::nullopt;
  return number << shift;
}

std::string byte_size_text(std::uint64_t bytes) {
  std::size_t prefix = 0;
  for (; prefix < size_prefixes.size() && bytes > 0 && bytes % 1024 == 0; ++prefix) bytes /= 1024;
  std::string text = std::to_string(bytes);
  if (prefix > 0) text.append(1, size_prefixes[prefix - 1]).append("iB");
  return text;
}

}  // namespace synthgen::cli
