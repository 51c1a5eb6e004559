#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/pt/pt_reader.hpp"
#include "synthgen/formats/tables/pt/tensor_pickle.hpp"
#include "synthgen/formats/tables/pt/zip_file.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/io/crc32.hpp"

#include <algorithm>
#include <utility>

namespace synthgen {

extern const FormatEntry pt_format;

namespace {

constexpr std::array pt_side_files{
    SideFileName{pt_lengths}, SideFileName{pt_labels},
    SideFileName{.ending = row_metadata_ending, .is_read = false, .is_shared = true}};
constexpr std::array<std::string_view, 1> pt_extensions{".pth"};
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

}  // namespace

const FormatEntry pt_format{
    .name = "pt",
    .extension = ".pt",
    .other_extensions = pt_extensions,
    .summary =
        "A tensor of [sequences, tokens] for torch.load; metadata, lengths of ragged data and "
        "labels in side files.",
    .content = "a ZIP, as PyTorch writes",
    .dtypes = pt_dtypes,
    .side_files = pt_side_files,
    .takes_stream_hints = true,
    .takes_tensor = true,
    .recognizes =
        [](std::string_view start, std::uint64_t) {
          // The version that follows is below 256.
          return start.starts_with(zip_start) && (start.size() < 6 || start[5] == '\0');
        },
    .make_encoder = &make_rows<PtEncoder, pt_format>,
    .open = &open_pt,
};

}  // namespace synthgen
