#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/number_table.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/pt/tensor_pickle.hpp"
#include "synthgen/formats/tables/pt/zip_file.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/io/crc32.hpp"

#include <algorithm>
#include <utility>

namespace synthgen {

extern const FormatEntry pt_format;

namespace {

constexpr std::string_view pt_lengths = "_lengths.pt";
constexpr std::string_view pt_labels = "_labels.pt";
constexpr std::array pt_side_files{
    SideFileName{pt_lengths}, SideFileName{pt_labels},
    SideFileName{.ending = row_metadata_ending, .is_read = false, .is_shared = true}};
constexpr std::array<std::string_view, 1> pt_extensions{".pth"};
constexpr std::string_view zip_magic = "PK\x03\x04";
constexpr std::array pt_dtypes{Dtype::int64, Dtype::int32};

/// The parts of a tensor's file: three small records, the numbers, the directory.
class TensorFile {
 public:
  TensorFile(Dtype dtype, std::span<const std::uint64_t> shape) {
    add("tensor/data.pkl", pickle_tensor(dtype, shape));
    add("tensor/version", "3\n");
    add("tensor/byteorder", "little");
    data_ = {.name = "tensor/data/0", .offset = head_.size(), .crc_follows = true};
    data_.bytes = bytes_of(dtype);
    for (const std::uint64_t size : shape) data_.bytes *= size;
    head_ += zip_local_header(data_, true);
  }

  const std::string& head() const noexcept { return head_; }

  /// The bytes after the numbers, whose CRC is known by now.
  std::string tail(std::uint32_t data_crc32) const {
    std::vector<ZipRecord> records = records_;
    records.push_back(data_);
    records.back().crc32 = data_crc32;
    const std::string descriptor = zip_data_descriptor(records.back());
    return descriptor + zip_directory(records, head_.size() + data_.bytes + descriptor.size());
  }

 private:
  void add(std::string name, const std::string& bytes) {
    records_.push_back({.name = std::move(name),
                        .bytes = bytes.size(),
                        .crc32 = crc32(bytes),
                        .offset = head_.size()});
    head_ += zip_local_header(records_.back(), false) + bytes;
  }

  std::vector<ZipRecord> records_;
  std::string head_;
  ZipRecord data_;
};

/// A file of one tensor, whose numbers come from elsewhere.
class TensorSource final : public ByteSource {
 public:
  TensorSource(TensorFile file, std::unique_ptr<ByteSource> numbers)
      : file_(std::move(file)), numbers_(std::move(numbers)) {}

  Result<bool> next(std::string& bytes) override {
    if (!std::exchange(begun_, true)) {
      bytes = file_.head();
      return true;
    }
    Result<bool> more = numbers_->next(bytes);
    if (!more || ended_) return more;
    if (*more) {
      crc32_ = joined_crc32(crc32_, crc32(bytes), bytes.size());
      return true;
    }
    ended_ = true;
    bytes = file_.tail(crc32_);
    return true;
  }

 private:
  TensorFile file_;
  std::unique_ptr<ByteSource> numbers_;
  bool begun_ = false;
  bool ended_ = false;
  std::uint32_t crc32_ = 0;
};

/// A one-dimensional tensor of all lengths.
std::unique_ptr<ByteSource> length_tensor(std::shared_ptr<const LengthLog> lengths) {
  TensorFile file(Dtype::int64, std::array{lengths->size()});
  return std::make_unique<TensorSource>(
      std::move(file),
      std::make_unique<LengthPieces>(std::string(), std::move(lengths), sizeof(std::int64_t),
                                     [](std::span<const std::uint32_t> some, std::string& bytes) {
                                       append_ids(some, Dtype::int64, bytes);
                                     }));
}

/// A tensor of [sequences, row length] in a file for torch.load.
class PtEncoder final : public RowEncoder {
 public:
  PtEncoder(const FilePlan& file, Dtype type, const FormatOptions& options)
      : RowEncoder(file, type, options), tensor_(type, std::array{file.sequences, row_length()}) {}

  std::string head() const override { return tensor_.head(); }

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    Result<void> encoded = RowEncoder::encode(batch, chunk);
    chunk.crc32 = crc32(chunk.bytes);
    return encoded;
  }

  std::unique_ptr<ByteSource> tail(const FileTotals& totals) const override {
    return std::make_unique<TextPiece>(tensor_.tail(totals.crc32));
  }

  std::vector<SideFile> side_files(const FileTotals& totals) const override {
    std::vector<SideFile> files;
    files.push_back(row_metadata(plan(), row_length()));
    if (ragged()) {
      files.push_back({plan().stem + std::string(pt_lengths), length_tensor(totals.lengths)});
    }
    if (with_labels()) {
      files.push_back({plan().stem + std::string(pt_labels),
                       std::make_unique<TensorSource>(
                           TensorFile(label_dtype(), std::array{plan().sequences, row_length()}),
                           std::make_unique<LogPieces>(std::string(), totals.labels))});
    }
    return files;
  }

 private:
  TensorFile tensor_;
};

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

Result<NumberTable> read_tensor(std::shared_ptr<const ByteFile> file) {
  Result<std::vector<ZipEntry>> entries = read_zip(*file);
  if (!entries) return tl::unexpected(std::move(entries.error()));
  constexpr std::string_view pickle_name = "/data.pkl";
  const auto is_pickle = [&](const ZipEntry& entry) { return entry.name.ends_with(pickle_name); };
  constexpr std::uint64_t longest_pickle = 1 << 14;
  const auto pickle_entry = std::find_if(entries->begin(), entries->end(), is_pickle);
  if (pickle_entry == entries->end() || pickle_entry->bytes > longest_pickle ||
      std::count_if(entries->begin(), entries->end(), is_pickle) > 1) {
    return tl::unexpected(file->fault(0, "a ZIP, but no file of one plain tensor"));
  }
  const std::string folder =
      pickle_entry->name.substr(0, pickle_entry->name.size() - pickle_name.size());
  const auto named = [&](const std::string& ending) {
    return std::find_if(entries->begin(), entries->end(),
                        [&](const ZipEntry& entry) { return entry.name == folder + ending; });
  };
  const Result<std::string> pickle = read_record(*file, *pickle_entry);
  if (!pickle) return tl::unexpected(pickle.error());
  UnpickledTensor found = unpickle_tensor(*pickle);
  if (!found.reason.empty()) {
    return tl::unexpected(file->fault(pickle_entry->offset + found.place, found.reason));
  }
  const PickledTensor& tensor = found.tensor;
  std::uint64_t count = 1;
  bool contiguous = tensor.shape.size() == tensor.strides.size();
  for (std::size_t i = tensor.shape.size(); contiguous && i-- > 0;) {
    contiguous = (tensor.shape[i] <= 1 || tensor.strides[i] == count) &&
                 (tensor.shape[i] == 0 || count <= file->size() / tensor.shape[i]);
    count *= tensor.shape[i];
  }
  if (!contiguous) {
    return tl::unexpected(file->fault(pickle_entry->offset,
                                      "a tensor that is not contiguous, or larger than the file; "
                                      "tensor.contiguous() makes one that is read"));
  }
  const std::string ending = "/data/" + tensor.storage;
  const auto data = named(ending);
  const std::uint64_t width = tensor.element.bytes;
  if (data == entries->end() || tensor.offset > file->size() ||
      data->bytes < (tensor.offset + count) * width) {
    return tl::unexpected(file->fault(
        pickle_entry->offset, formatted("the record {} does not hold the tensor's {} numbers",
                                        quoted_start(ending.substr(1)), count)));
  }
  bool big_endian = false;
  if (const auto order = named("/byteorder"); order != entries->end()) {
    if (order->bytes > 8) return tl::unexpected(file->fault(order->offset, "no byte order"));
    const Result<std::string> text = read_record(*file, *order);
    if (!text) return tl::unexpected(text.error());
    big_endian = *text == "big";
  }
  NumberTable table{tensor.shape,
                    {file,
                     data->offset + tensor.offset * width,
                     {width, tensor.element.is_signed, big_endian},
                     count}};
  if (data->bytes == count * width) {
    table.elements.crc32 = data->crc32;  // checked as they are read
  } else if (Result<void> sound = check_crc32(*file, *data); !sound) {
    return tl::unexpected(std::move(sound.error()));
  }
  return table;
}

Result<std::unique_ptr<SequenceReader>> open_pt(std::shared_ptr<const ByteFile> file) {
  const Result<std::string> start = file->read_start(0, zip_magic.size());
  if (!start) return tl::unexpected(start.error());
  if (*start != zip_magic) {
    return tl::unexpected(file->fault(0, "not a ZIP, which torch.save writes since PyTorch 1.6"));
  }
  Result<NumberTable> table = read_tensor(file);
  if (!table) return tl::unexpected(std::move(table.error()));
  if (!table->has_rows()) {
    return tl::unexpected(
        file->fault(0, formatted("a tensor of {} dimensions; one of [sequences, tokens] is read",
                                 table->shape.size())));
  }
  return open_rows(std::move(*table), {&read_tensor, pt_lengths, pt_labels});
}

}  // namespace

const FormatEntry pt_format{
    .name = "pt",
    .extension = ".pt",
    .other_extensions = pt_extensions,
    .summary =
        "A tensor of [sequences, tokens] for torch.load; metadata, lengths of ragged data and "
        "labels in side files.",
    .content = "a ZIP, as PyTorch writes",
    .labels = true,
    .dtypes = pt_dtypes,
    .side_files = pt_side_files,
    .recognizes =
        [](std::string_view start, std::uint64_t) {
          // The version that follows is below 256.
          return start.starts_with(zip_magic) && (start.size() < 6 || start[5] == '\0');
        },
    .make_encoder = &make_rows<PtEncoder, pt_format>,
    .open = &open_pt,
};

}  // namespace synthgen
