#pragma once

// The corpus as files of formats, and what damage makes of them.

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen::fuzzing {

struct CorpusFile {
  std::string name;
  std::string bytes;
};

inline std::vector<CorpusFile> corpus() {
  std::vector<CorpusFile> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(SYNTHGEN_GOLDEN_DIR "/../fuzz/corpus")) {
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({entry.path().filename().string(), {std::istreambuf_iterator<char>(in), {}}});
  }
  std::sort(files.begin(), files.end(),
            [](const CorpusFile& a, const CorpusFile& b) { return a.name < b.name; });
  return files;
}

/// Values on both sides of what numbers of 1 to 8 bytes, doubles and counts hold.
inline constexpr std::array<std::uint64_t, 22> border_numbers{0,
                                                              1,
                                                              2,
                                                              0x7F,
                                                              0x80,
                                                              0xFF,
                                                              0x100,
                                                              0x7FFF,
                                                              0x8000,
                                                              0xFFFF,
                                                              0x10000,
                                                              0x7FFFFFFE,
                                                              0x7FFFFFFF,
                                                              0x80000000,
                                                              0xFFFFFFFE,
                                                              0xFFFFFFFF,
                                                              0x100000000,
                                                              0x20000000000000,
                                                              0x7FFFFFFFFFFFFFFF,
                                                              0x8000000000000000,
                                                              0xFFFFFFFFFFFFFFFE,
                                                              0xFFFFFFFFFFFFFFFF};

/// A change of a file, and where it is, for a message.
struct Damage {
  std::string bytes;
  std::string what;
  std::size_t place = 0;
};

/// Every beginning of it that is shorter.
template <class Use>
void each_cut(const std::string& bytes, const Use& use) {
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    use(Damage{bytes.substr(0, size), "cut", size});
  }
}

/// Every single bit of its first `size` bytes turned.
template <class Use>
void each_bit(const std::string& bytes, std::size_t size, const Use& use) {
  for (std::size_t at = 0; at < size; ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      Damage damage{bytes, "bit " + std::to_string(bit), at};
      damage.bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
      use(damage);
    }
  }
}

/// A border number of 2, 4 or 8 bytes at every place of its first `size` bytes.
template <class Use>
void each_border(const std::string& bytes, std::size_t size, const Use& use) {
  for (std::size_t width = 2; width <= sizeof(std::uint64_t); width *= 2) {
    for (std::size_t at = 0; at + width <= size; ++at) {
      for (const std::uint64_t number : border_numbers) {
        if (width < sizeof number && number >> (8 * width) != 0) break;
        Damage damage{bytes, std::to_string(number), at};
        std::memcpy(damage.bytes.data() + at, &number, width);
        if (damage.bytes != bytes) use(damage);
      }
    }
  }
}

/// Another number in place of every number that is written in its first `size` bytes as text.
template <class Use>
void each_written_border(const std::string& bytes, std::size_t size, const Use& use) {
  const auto is_digit = [&](std::size_t at) {
    return at < size && std::isdigit(static_cast<unsigned char>(bytes[at])) != 0;
  };
  for (std::size_t at = 0; at < size; ++at) {
    if (!is_digit(at) || (at > 0 && std::isalnum(static_cast<unsigned char>(bytes[at - 1])))) {
      continue;
    }
    std::size_t end = at;
    while (is_digit(end)) ++end;
    std::vector<std::string> numbers{"18446744073709551616",
                                     "99999999999999999999999999",
                                     "1e99",
                                     "-1",
                                     "-9223372036854775809",
                                     "0.5",
                                     ""};
    for (const std::uint64_t number : border_numbers) numbers.push_back(std::to_string(number));
    for (const std::string& number : numbers) {
      if (number == bytes.substr(at, end - at)) continue;
      use(Damage{std::string(bytes).replace(at, end - at, number), "number " + number, at});
    }
    at = end;
  }
}

}  // namespace synthgen::fuzzing
