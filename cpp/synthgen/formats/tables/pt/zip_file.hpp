#pragma once

#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The first bytes of a ZIP that has records.
inline constexpr std::string_view zip_start = "PK\x03\x04";

/// A record to be written into a ZIP, stored as it is.
struct ZipRecord {
  std::string name;
  std::uint64_t bytes = 0;
  std::uint32_t crc32 = 0;
  std::uint64_t offset = 0;  ///< of its local header
  bool crc_follows = false;  ///< the sum follows the data, because it is not known before
};

/// The local header of a record at `record.offset`; with `aligned`, padded so that the data begins
/// at a multiple of 64.
std::string zip_local_header(const ZipRecord& record, bool aligned);

/// The bytes after the data of a record whose `crc_follows`.
std::string zip_data_descriptor(const ZipRecord& record);

/// The central directory at `offset` and the end of the file, with the 64-bit forms where needed.
std::string zip_directory(const std::vector<ZipRecord>& records, std::uint64_t offset);

/// The place of a record's data in a ZIP.
struct ZipEntry {
  std::string name;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint32_t crc32 = 0;
};

/// The records of a ZIP. Fails (data), before anything large is allocated, for compressed or
/// encrypted records, more than 4096 of them, two of one name, and those that overlap or pass the
/// file's end.
Result<std::vector<ZipEntry>> read_zip(const ByteFile& file);

}  // namespace synthgen
