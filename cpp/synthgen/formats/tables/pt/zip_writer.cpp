#include "synthgen/formats/tables/pt/zip_file.hpp"
#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::uint64_t small_limit = 0xFFFFFFFF;
constexpr std::uint16_t version_needed = 45;      // what 64-bit sizes ask for
constexpr std::uint16_t dos_date = (1 << 5) | 1;  // 1980-01-01: nothing depends on the clock
constexpr std::uint16_t flag_crc_follows = 1 << 3;

std::uint32_t small(std::uint64_t value) {
  return static_cast<std::uint32_t>(std::min(value, small_limit));
}

void append_common(const ZipRecord& record, bool local, std::uint32_t bytes, std::size_t extra,
                   std::string& out) {
  append_number<std::uint16_t>(version_needed, out);
  append_number<std::uint16_t>(record.crc_follows ? flag_crc_follows : 0, out);
  append_number<std::uint16_t>(0, out);  // stored
  append_number<std::uint16_t>(0, out);
  append_number<std::uint16_t>(dos_date, out);
  append_number<std::uint32_t>(local && record.crc_follows ? 0 : record.crc32, out);
  append_number<std::uint32_t>(bytes, out);
  append_number<std::uint32_t>(bytes, out);
  append_number(static_cast<std::uint16_t>(record.name.size()), out);
  append_number(static_cast<std::uint16_t>(extra), out);
}

}  // namespace

std::string zip_local_header(const ZipRecord& record, bool aligned) {
  constexpr std::size_t fixed = 30;
  constexpr std::size_t alignment = 64;
  constexpr std::size_t field_head = 4;
  std::string extra;
  if (record.bytes >= small_limit) {
    append_number<std::uint16_t>(1, extra);
    append_number<std::uint16_t>(16, extra);
    // If the sum follows the data, so do the sizes.
    append_number<std::uint64_t>(record.crc_follows ? 0 : record.bytes, extra);
    append_number<std::uint64_t>(record.crc_follows ? 0 : record.bytes, extra);
  }
  if (aligned) {
    const std::uint64_t start =
        record.offset + fixed + record.name.size() + extra.size() + field_head;
    const auto filler = static_cast<std::size_t>((alignment - start % alignment) % alignment);
    extra += "FB";  // as PyTorch names its padding
    append_number(static_cast<std::uint16_t>(filler), extra);
    extra.append(filler, 'Z');
  }
  std::uint32_t bytes = small(record.bytes);
  if (record.crc_follows && record.bytes < small_limit) bytes = 0;
  std::string header = "PK\x03\x04";
  append_common(record, true, bytes, extra.size(), header);
  return header + record.name + extra;
}

std::string zip_data_descriptor(const ZipRecord& record) {
  std::string bytes = "PK\x07\x08";
  append_number(record.crc32, bytes);
  for (int i = 0; i < 2; ++i) {
    if (record.bytes >= small_limit) {
      append_number(record.bytes, bytes);
    } else {
      append_number(small(record.bytes), bytes);
    }
  }
  return bytes;
}

std::string zip_directory(const std::vector<ZipRecord>& records, std::uint64_t offset) {
  std::string bytes;
  for (const ZipRecord& record : records) {
    std::string large;
    if (record.bytes >= small_limit) {
      append_number(record.bytes, large);
      append_number(record.bytes, large);
    }
    if (record.offset >= small_limit) append_number(record.offset, large);
    std::string extra;
    if (!large.empty()) {
      append_number<std::uint16_t>(1, extra);
      append_number(static_cast<std::uint16_t>(large.size()), extra);
      extra += large;
    }
    bytes += "PK\x01\x02";
    append_number<std::uint16_t>(version_needed, bytes);
    append_common(record, false, small(record.bytes), extra.size(), bytes);
    bytes.append(10, '\0');  // comment, disk, attributes: none
    append_number(small(record.offset), bytes);
    bytes += record.name + extra;
  }
  const std::uint64_t size = bytes.size();
  const auto count = static_cast<std::uint16_t>(records.size());
  if (offset >= small_limit) {
    const std::uint64_t end = offset + size;
    bytes += "PK\x06\x06";
    append_number<std::uint64_t>(44, bytes);
    append_number<std::uint16_t>(version_needed, bytes);
    append_number<std::uint16_t>(version_needed, bytes);
    append_number<std::uint64_t>(0, bytes);
    append_number<std::uint64_t>(count, bytes);
    append_number<std::uint64_t>(count, bytes);
    append_number(size, bytes);
    append_number(offset, bytes);
    bytes += "PK\x06\x07";
    append_number<std::uint32_t>(0, bytes);
    append_number(end, bytes);
    append_number<std::uint32_t>(1, bytes);
  }
  bytes += "PK\x05\x06";
  append_number<std::uint32_t>(0, bytes);
  append_number(count, bytes);
  append_number(count, bytes);
  append_number(static_cast<std::uint32_t>(size), bytes);
  append_number(small(offset), bytes);
  append_number<std::uint16_t>(0, bytes);
  return bytes;
}

}  // namespace synthgen
