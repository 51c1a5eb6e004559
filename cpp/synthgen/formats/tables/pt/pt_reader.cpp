#include "synthgen/formats/tables/pt/pt_reader.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/tables/named_tensors.hpp"
#include "synthgen/formats/tables/pt/pickled_rows.hpp"
#include "synthgen/formats/tables/pt/tensor_pickle.hpp"
#include "synthgen/formats/tables/pt/zip_file.hpp"
#include "synthgen/formats/tables/row_reader.hpp"
#include "synthgen/io/crc32.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace synthgen {
namespace {

Error wrong_crc32(const ByteFile& file, const ZipEntry& entry) {
  return file.fault(entry.offset, formatted("{} {}", quoted_start(entry.name), wrong_crc32_text));
}

/// Checks the bytes of a record of any size.
Result<void> check_crc32(const ByteFile& file, const ZipEntry& entry) {
  constexpr std::uint64_t block = 1 << 18;
  std::uint32_t sum = 0;
  for (std::uint64_t done = 0; done < entry.bytes; done += block) {
    const Result<std::string> bytes =
        file.read_start(entry.offset + done, std::min(block, entry.bytes - done));
    if (!bytes) return tl::unexpected(bytes.error());
    sum = joined_crc32(sum, crc32(*bytes), bytes->size());
  }
  if (sum != entry.crc32) return tl::unexpected(wrong_crc32(file, entry));
  return {};
}

/// The bytes of a small record.
Result<std::string> read_record(const ByteFile& file, const ZipEntry& entry) {
  Result<std::string> bytes = file.read_start(entry.offset, entry.bytes);
  if (bytes && crc32(*bytes) != entry.crc32) return tl::unexpected(wrong_crc32(file, entry));
  return bytes;
}

/// A file of torch.save: its records and what its pickle says.
class TorchFile {
 public:
  static Result<TorchFile> open(std::shared_ptr<const ByteFile> file);

  const ByteFile& file() const noexcept { return *file_; }
  const Unpickled& content() const noexcept { return content_; }
  std::uint64_t place() const noexcept { return place_; }

  /// The numbers of a tensor, called `name` in messages. Fails (data) unless they are integers, one
  /// after another, and in the file.
  Result<NumberTable> table_of(const PickledTensor& tensor, const std::string& name);

 private:
  explicit TorchFile(std::shared_ptr<const ByteFile> file) : file_(std::move(file)) {}
  const ZipEntry* record(const std::string& ending) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const ZipEntry& entry) {
      return entry.name == folder_ + ending;
    });
    return found == entries_.end() ? nullptr : &*found;
  }
  Result<void> read_pickle(const ZipEntry& entry);
  tl::unexpected<Error> fault(const std::string& reason) const {
    return tl::unexpected(file_->fault(place_, reason));
  }

  std::shared_ptr<const ByteFile> file_;
  std::vector<ZipEntry> entries_;
  std::string folder_;
  std::uint64_t place_ = 0;  ///< of the pickle
  Unpickled content_;
  bool big_endian_ = false;
  std::set<std::string> sound_;  ///< records whose sums were checked
};

Result<void> TorchFile::read_pickle(const ZipEntry& entry) {
  constexpr std::uint64_t longest_pickle = 1 << 23;
  place_ = entry.offset;
  if (entry.bytes > longest_pickle) {
    return fault(formatted("a pickle of {} bytes; at most {} are read: save one tensor of all rows",
                           entry.bytes, longest_pickle));
  }
  const Result<std::string> pickle = read_record(*file_, entry);
  if (!pickle) return tl::unexpected(pickle.error());
  content_ = unpickle(*pickle);
  if (content_.reason.empty()) return {};
  return tl::unexpected(file_->fault(place_ + content_.place, content_.reason));
}

Result<TorchFile> TorchFile::open(std::shared_ptr<const ByteFile> file) {
  TorchFile torch(std::move(file));
  Result<std::vector<ZipEntry>> entries = read_zip(*torch.file_);
  if (!entries) return tl::unexpected(std::move(entries.error()));
  torch.entries_ = std::move(*entries);
  constexpr std::string_view pickle_name = "/data.pkl";
  const auto is_pickle = [&](const ZipEntry& entry) { return entry.name.ends_with(pickle_name); };
  const auto pickle = std::find_if(torch.entries_.begin(), torch.entries_.end(), is_pickle);
  if (pickle == torch.entries_.end() ||
      std::count_if(torch.entries_.begin(), torch.entries_.end(), is_pickle) > 1) {
    return tl::unexpected(torch.file_->fault(0, "a ZIP, but no file of one plain tensor"));
  }
  torch.folder_ = pickle->name.substr(0, pickle->name.size() - pickle_name.size());
  if (Result<void> read = torch.read_pickle(*pickle); !read) return tl::unexpected(read.error());
  if (const ZipEntry* order = torch.record("/byteorder"); order != nullptr) {
    constexpr std::uint64_t longest_order = 8;
    if (order->bytes > longest_order) {
      return tl::unexpected(torch.file_->fault(order->offset, "no byte order"));
    }
    const Result<std::string> text = read_record(*torch.file_, *order);
    if (!text) return tl::unexpected(text.error());
    torch.big_endian_ = *text == "big";
  }
  return torch;
}

Result<NumberTable> TorchFile::table_of(const PickledTensor& tensor, const std::string& name) {
  if (tensor.element.bytes == 0 || (tensor.dtype == "bool" && name != mask_name)) {
    return fault(formatted("{}{}; integers are read", name.empty() ? "a tensor " : name + " is ",
                           tensor_text(tensor.shape, tensor.dtype)));
  }
  std::uint64_t count = 1;
  bool contiguous = tensor.shape.size() == tensor.strides.size();
  for (std::size_t i = tensor.shape.size(); contiguous && i-- > 0;) {
    contiguous = (tensor.shape[i] <= 1 || tensor.strides[i] == count) &&
                 (tensor.shape[i] == 0 || count <= file_->size() / tensor.shape[i]);
    count *= tensor.shape[i];
  }
  if (!contiguous) {
    return fault(
        "a tensor that is not contiguous, or larger than the file; "
        "tensor.contiguous() makes one that is read");
  }
  const std::string ending = "/data/" + tensor.storage;
  const ZipEntry* const data = record(ending);
  const std::uint64_t width = tensor.element.bytes;
  if (data == nullptr || tensor.offset > file_->size() ||
      data->bytes < (tensor.offset + count) * width) {
    return fault(formatted("the record {} does not hold the tensor's {} numbers",
                           quoted_start(ending.substr(1)), count));
  }
  NumberTable table{tensor.shape,
                    {file_,
                     data->offset + tensor.offset * width,
                     {width, tensor.element.is_signed, big_endian_},
                     count}};
  if (sound_.contains(tensor.storage)) return table;
  if (data->bytes == count * width) {
    table.elements.crc32 = data->crc32;  // checked as they are read
  } else if (Result<void> sound = check_crc32(*file_, *data); !sound) {
    return tl::unexpected(std::move(sound.error()));
  } else {
    sound_.insert(tensor.storage);
  }
  return table;
}

/// The one tensor of a side file.
Result<NumberTable> read_tensor(std::shared_ptr<const ByteFile> file) {
  Result<TorchFile> torch = TorchFile::open(std::move(file));
  if (!torch) return tl::unexpected(std::move(torch.error()));
  const Unpickled& content = torch->content();
  if (content.is_dict || content.members[0].second.kind != PickledItem::Kind::tensor) {
    return tl::unexpected(
        torch->file().fault(torch->place(), "the pickle holds no tensor by itself"));
  }
  return torch->table_of(content.members[0].second.tensor, {});
}

/// The mask and the labels of a dict, as far as they are tensors.
Result<RowNotes> notes_of(TorchFile& torch, const NumberTable& ids, const std::string& ids_name,
                          const std::vector<NamedPart>& parts, bool is_named) {
  RowNotes notes{.others = unread_parts(parts, ids_name)};
  for (const auto& [name, item] : torch.content().members) {
    const bool is_mask = name == mask_name;
    if (name == ids_name || (!is_mask && name != labels_name)) continue;
    if (item.kind != PickledItem::Kind::tensor || item.tensor.shape != ids.shape) {
      if (!is_named && item.kind == PickledItem::Kind::tensor) {
        return tl::unexpected(torch.file().fault(
            torch.place(), formatted("{} has another shape than {}", name, ids_name)));
      }
      notes.others.push_back(name);
      continue;
    }
    Result<NumberTable> table = torch.table_of(item.tensor, name);
    if (!table) return tl::unexpected(std::move(table.error()));
    if (is_mask) {
      notes.lengths = RowLengths{std::move(table->elements), true};
    } else {
      notes.labels = std::move(table->elements);
    }
  }
  return notes;
}

/// The rows of a list.
Result<std::unique_ptr<SequenceReader>> open_list(std::shared_ptr<const ByteFile> file,
                                                  TorchFile& torch, const PickledItem& list,
                                                  std::vector<std::string> others) {
  std::vector<PickledRow> rows;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    const PickledItem& row = list.rows[i];
    if (row.kind == PickledItem::Kind::row) {
      rows.push_back({.numbers = row.numbers});
      continue;
    }
    if (row.tensor.shape.size() != 1) {
      return tl::unexpected(file->fault(
          torch.place(),
          formatted("row {} of the list is {}; one dimension is read", i + 1, row.what)));
    }
    Result<NumberTable> table = torch.table_of(row.tensor, formatted("row {} of the list", i + 1));
    if (!table) return tl::unexpected(std::move(table.error()));
    rows.push_back({.region = std::move(table->elements)});
  }
  return std::make_unique<PickledRows>(std::move(file), std::move(rows), std::move(others));
}

}  // namespace

Result<std::unique_ptr<SequenceReader>> open_pt(std::shared_ptr<const ByteFile> file,
                                                const ReadHints& hints) {
  const Result<std::string> start = file->read_start(0, zip_start.size());
  if (!start) return tl::unexpected(start.error());
  if (*start != zip_start) {
    return tl::unexpected(file->fault(0, "not a ZIP, which torch.save writes since PyTorch 1.6"));
  }
  Result<TorchFile> torch = TorchFile::open(file);
  if (!torch) return tl::unexpected(std::move(torch.error()));
  const Unpickled& content = torch->content();
  std::string name;
  std::vector<NamedPart> parts;
  if (content.is_dict) {
    for (const auto& [key, item] : content.members) parts.push_back({key, item.what});
    Result<std::string> chosen = name_of_ids(*file, torch->place(), parts, hints);
    if (!chosen) return tl::unexpected(std::move(chosen.error()));
    name = std::move(*chosen);
  }
  const auto found = std::find_if(content.members.begin(), content.members.end(),
                                  [&](const auto& member) { return member.first == name; });
  const PickledItem& item = found->second;
  if (item.kind == PickledItem::Kind::rows) {
    std::vector<std::string> others;
    for (const NamedPart& part : parts) {
      if (part.name != name) others.push_back(part.name);
    }
    return open_list(file, *torch, item, std::move(others));
  }
  if (item.kind != PickledItem::Kind::tensor) {
    return tl::unexpected(file->fault(
        torch->place(),
        name.empty()
            ? formatted("the pickle holds no tensor by itself but {}; a tensor, a list of rows, or "
                        "a dict of them is read",
                        item.what)
            : formatted("{} is {}; a tensor or a list of rows is read", name, item.what)));
  }
  Result<NumberTable> table = torch->table_of(item.tensor, name);
  if (!table) return tl::unexpected(std::move(table.error()));
  if (!table->has_rows()) {
    const std::string reason = formatted("a tensor of {}; one of [sequences, tokens] is read",
                                         counted(table->shape.size(), "dimension"));
    return open_flat(std::move(*table), hints, reason);
  }
  if (!content.is_dict) return open_rows(std::move(*table), {&read_tensor, pt_lengths, pt_labels});
  Result<RowNotes> notes = notes_of(*torch, *table, name, parts, !hints.tensor.empty());
  if (!notes) return tl::unexpected(std::move(notes.error()));
  return RowReader::of_table(std::move(table->elements), table->shape[1], std::move(*notes));
}

}  // namespace synthgen
