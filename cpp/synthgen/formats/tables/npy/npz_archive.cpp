#include "synthgen/formats/tables/npy/npz_archive.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/tables/named_tensors.hpp"
#include "synthgen/formats/tables/npy_header.hpp"
#include "synthgen/formats/tables/pt/zip_file.hpp"
#include "synthgen/formats/tables/row_reader.hpp"
#include "synthgen/io/crc32.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::string_view array_ending = ".npy";

/// The array of a record, whose numbers are checked with the record's CRC as they are read.
Result<NumberTable> array_in(const std::shared_ptr<const ByteFile>& file, const ZipEntry& entry,
                             bool or_booleans) {
  Result<NumberTable> table = read_npy_at(file, entry.offset, entry.bytes, or_booleans);
  if (!table) return table;
  const std::uint64_t head_bytes = table->elements.offset - entry.offset;
  const Result<std::string> head = file->read_start(entry.offset, head_bytes);
  if (!head) return tl::unexpected(head.error());
  // The record's CRC is that of its head, moved on by the numbers, xor that of the numbers.
  const std::uint32_t moved = joined_crc32(crc32(*head), 0, entry.bytes - head_bytes);
  table->elements.crc32 = entry.crc32 ^ moved;
  return table;
}

}  // namespace

bool begins_with_npz(std::string_view start) noexcept {
  constexpr std::size_t head = 30;
  if (!start.starts_with(zip_start) || start.size() < head) return false;
  const auto byte = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(start[at]));
  };
  return start.substr(head, byte(26) | byte(27) << 8).ends_with(array_ending);
}

Result<std::unique_ptr<SequenceReader>> open_npz(std::shared_ptr<const ByteFile> file,
                                                 const ReadHints& hints) {
  Result<std::vector<ZipEntry>> entries = read_zip(*file);
  if (!entries) {
    if (entries.error().message.find("is compressed") == std::string::npos) {
      return tl::unexpected(std::move(entries.error()));
    }
    return fail(ErrorKind::data,
                entries.error().message + "; numpy.savez writes arrays that are read");
  }
  std::erase_if(*entries, [](const ZipEntry& each) { return !each.name.ends_with(array_ending); });
  std::vector<NamedPart> parts;
  for (const ZipEntry& entry : *entries) {
    std::string name = entry.name.substr(0, entry.name.size() - array_ending.size());
    const Result<NumberTable> table = array_in(file, entry, true);
    parts.push_back({std::move(name), table ? tensor_text(table->shape, "integers")
                                            : std::string("of no integers")});
  }
  const Result<std::string> name = parts.size() == 1 && hints.tensor.empty()
                                       ? parts[0].name
                                       : name_of_ids(*file, 0, parts, hints);
  if (!name) return tl::unexpected(name.error());
  const auto table_of = [&](std::string_view wanted, bool or_booleans) {
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [&](const NamedPart& part) { return part.name == wanted; });
    return array_in(file, (*entries)[static_cast<std::size_t>(found - parts.begin())], or_booleans);
  };
  Result<NumberTable> ids = table_of(*name, false);
  if (!ids) return tl::unexpected(std::move(ids.error()));
  if (!ids->has_rows()) {
    const std::string reason = formatted("{} has {}; a table of [sequences, tokens] is read", *name,
                                         counted(ids->shape.size(), "dimension"));
    return open_flat(std::move(*ids), hints, reason);
  }
  RowNotes notes{.others = unread_parts(parts, *name)};
  for (const NamedPart& part : parts) {
    const bool is_mask = part.name == mask_name;
    if (part.name == *name || (!is_mask && part.name != labels_name)) continue;
    Result<NumberTable> other = table_of(part.name, is_mask);
    if (!other) return tl::unexpected(std::move(other.error()));
    if (other->shape != ids->shape) {
      return tl::unexpected(
          file->fault(0, formatted("{} has another shape than {}", part.name, *name)));
    }
    if (is_mask) {
      notes.lengths = RowLengths{std::move(other->elements), true};
    } else {
      notes.labels = std::move(other->elements);
    }
  }
  return RowReader::of_table(std::move(ids->elements), ids->shape[1], std::move(notes));
}

}  // namespace synthgen
