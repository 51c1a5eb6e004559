#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/tables/pt/zip_file.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace synthgen {
namespace {

template <class T>
T number_in(std::string_view bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// Where the central directory lies.
struct DirectoryPlace {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t entries = 0;
};

Result<DirectoryPlace> find_directory(const ByteFile& file) {
  constexpr std::uint64_t end_bytes = 22;
  constexpr std::uint64_t longest_comment = 65535;
  const std::uint64_t start = file.size() - std::min(file.size(), end_bytes + longest_comment);
  const Result<std::string> last = file.read_start(start, file.size() - start);
  if (!last) return tl::unexpected(last.error());
  const std::size_t end = last->rfind("PK\x05\x06");
  if (end == last->npos || last->size() - end < end_bytes) {
    return tl::unexpected(file.fault("a ZIP without its end; the file is cut short"));
  }
  DirectoryPlace place{number_in<std::uint32_t>(*last, end + 16),
                       number_in<std::uint32_t>(*last, end + 12),
                       number_in<std::uint16_t>(*last, end + 10)};
  constexpr std::uint64_t locator_bytes = 20;
  constexpr std::uint64_t large_bytes = 56;
  if (end >= locator_bytes && last->compare(end - locator_bytes, 4, "PK\x06\x07") == 0) {
    const auto at = number_in<std::uint64_t>(*last, end - locator_bytes + 8);
    const Result<std::string> large = file.read_start(at, large_bytes);
    if (!large) return tl::unexpected(large.error());
    if (large->size() < large_bytes || !large->starts_with("PK\x06\x06")) {
      return tl::unexpected(file.fault(at, "no end of a 64-bit ZIP where one is said to be"));
    }
    place = {number_in<std::uint64_t>(*large, 48), number_in<std::uint64_t>(*large, 40),
             number_in<std::uint64_t>(*large, 32)};
  }
  constexpr std::uint64_t most_bytes = 1 << 22;
  constexpr std::uint64_t most_entries = 4096;
  if (place.entries > most_entries || place.bytes > most_bytes || place.offset > file.size() ||
      place.bytes > file.size() - place.offset) {
    return tl::unexpected(file.fault(
        start + end, formatted("a directory of {} records in {} bytes at byte {}; the file has {} "
                               "bytes, and {} records in {} bytes are allowed",
                               place.entries, place.bytes, place.offset, file.size(), most_entries,
                               most_bytes)));
  }
  return place;
}

/// The 64-bit numbers of a directory's extra field, for those of its 32-bit ones that are full.
void widen(std::string_view extra, ZipEntry& entry, std::uint64_t& packed, std::uint64_t& offset) {
  constexpr std::uint64_t full = 0xFFFFFFFF;
  while (extra.size() >= 4) {
    const auto id = number_in<std::uint16_t>(extra, 0);
    const std::size_t size = number_in<std::uint16_t>(extra, 2);
    if (size > extra.size() - 4) return;
    std::string_view field = extra.substr(4, size);
    extra.remove_prefix(4 + size);
    if (id != 1) continue;
    for (std::uint64_t* value : {&entry.bytes, &packed, &offset}) {
      if (*value != full || field.size() < 8) continue;
      *value = number_in<std::uint64_t>(field, 0);
      field.remove_prefix(8);
    }
    return;
  }
}

/// Turns the place of the local header into that of the data.
Result<void> find_data(const ByteFile& file, std::uint64_t header, ZipEntry& entry) {
  constexpr std::uint64_t fixed = 30;
  const Result<std::string> local = file.read_start(header, fixed);
  if (!local) return tl::unexpected(local.error());
  if (local->size() < fixed || !local->starts_with("PK\x03\x04")) {
    return tl::unexpected(file.fault(header, "no record where the ZIP's directory says one"));
  }
  entry.offset =
      header + fixed + number_in<std::uint16_t>(*local, 26) + number_in<std::uint16_t>(*local, 28);
  if (entry.offset > file.size() || entry.bytes > file.size() - entry.offset) {
    return tl::unexpected(
        file.fault(header, formatted("the record {} of {} bytes passes the file's end",
                                     quoted_start(entry.name), entry.bytes)));
  }
  return {};
}

}  // namespace

Result<std::vector<ZipEntry>> read_zip(const ByteFile& file) {
  const Result<DirectoryPlace> place = find_directory(file);
  if (!place) return tl::unexpected(place.error());
  const Result<std::string> directory = file.read_start(place->offset, place->bytes);
  if (!directory) return tl::unexpected(directory.error());
  std::vector<ZipEntry> entries;
  std::string_view rest = *directory;
  constexpr std::size_t fixed = 46;
  for (std::uint64_t i = 0; i < place->entries; ++i) {
    const std::uint64_t at = place->offset + (directory->size() - rest.size());
    const auto size = [&](std::size_t where) {
      return std::size_t{number_in<std::uint16_t>(rest, where)};
    };
    if (rest.size() < fixed || !rest.starts_with("PK\x01\x02") ||
        rest.size() - fixed < size(28) + size(30) + size(32)) {
      return tl::unexpected(file.fault(at, "a malformed entry in the ZIP's directory"));
    }
    ZipEntry entry;
    entry.name = rest.substr(fixed, size(28));
    entry.bytes = number_in<std::uint32_t>(rest, 24);
    entry.crc32 = number_in<std::uint32_t>(rest, 16);
    std::uint64_t packed = number_in<std::uint32_t>(rest, 20);
    std::uint64_t offset = number_in<std::uint32_t>(rest, 42);
    widen(rest.substr(fixed + size(28), size(30)), entry, packed, offset);
    if (size(10) != 0 || packed != entry.bytes || (size(8) & 1) != 0) {
      return tl::unexpected(file.fault(
          at, formatted("the record {} is compressed or encrypted", quoted_start(entry.name))));
    }
    if (Result<void> found = find_data(file, offset, entry); !found) {
      return tl::unexpected(found.error());
    }
    rest.remove_prefix(fixed + size(28) + size(30) + size(32));
    entries.push_back(std::move(entry));
  }
  std::vector<std::string_view> names;
  for (const ZipEntry& entry : entries) names.push_back(entry.name);
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    return tl::unexpected(
        file.fault(place->offset, formatted("two records are named {}", quoted_start(*twice))));
  }
  std::vector<const ZipEntry*> in_place;
  for (const ZipEntry& entry : entries) in_place.push_back(&entry);
  std::sort(in_place.begin(), in_place.end(), [](const ZipEntry* a, const ZipEntry* b) {
    return a->offset != b->offset ? a->offset < b->offset : a->bytes < b->bytes;
  });
  for (std::size_t i = 1; i < in_place.size(); ++i) {
    if (in_place[i]->offset - in_place[i - 1]->offset >= in_place[i - 1]->bytes) continue;
    return tl::unexpected(
        file.fault(in_place[i]->offset,
                   formatted("the records {} and {} overlap", quoted_start(in_place[i - 1]->name),
                             quoted_start(in_place[i]->name))));
  }
  return entries;
}

}  // namespace synthgen
