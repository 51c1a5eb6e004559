#include "synthgen/dataset/check/regenerated_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/ordered_workers.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace synthgen {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

/// Compares a file with the pieces that it should consist of.
class FileComparer {
 public:
  static Result<FileComparer> open(const std::string& path) {
    FileComparer comparer(path);
    if (comparer.file_ == nullptr) return tl::unexpected(comparer.failure());
    return comparer;
  }

  /// Whether the file continues with `expected`; if not, `offset` is the first byte that differs.
  Result<bool> continues_with(std::string_view expected) {
    found_.resize(expected.size());
    const std::size_t count = std::fread(found_.data(), 1, found_.size(), file_.get());
    if (std::ferror(file_.get()) != 0) return tl::unexpected(failure());
    const auto [here, there] = std::mismatch(
        found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(count), expected.begin());
    offset_ = static_cast<std::size_t>(here - found_.begin());
    if (offset_ < expected.size()) return false;
    bytes_ += expected.size();
    lines_ += lines_in(expected);
    offset_ = 0;
    return true;
  }

  bool is_at_end() { return std::fgetc(file_.get()) == EOF; }

  /// The place where the last comparison ended.
  Difference place(std::string_view expected, bool has_lines) const {
    Difference place{.byte = bytes_ + offset_};
    if (has_lines) place.line = lines_ + lines_in(expected.substr(0, offset_)) + 1;
    return place;
  }

  static std::uint64_t lines_in(std::string_view text) {
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  }

  std::size_t offset() const noexcept { return offset_; }

 private:
  explicit FileComparer(const std::string& path)
      : path_(path), file_(std::fopen(path.c_str(), "rb")) {}
  Error failure() const {
    return {ErrorKind::io, formatted("{}: cannot read: {}", path_, std::strerror(errno)), {}};
  }

  std::string path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::string found_;
  std::uint64_t bytes_ = 0;  ///< that agreed
  std::uint64_t lines_ = 0;  ///< line breaks among them
  std::size_t offset_ = 0;   ///< of the difference in the last piece
};

/// One thread's part: encodes a chunk, and compares it in its turn.
class ComparingWorker final : public ChunkWorker {
 public:
  struct Shared {
    DatasetEncoder& encoder;
    std::size_t file;
    bool has_lines;
    FileComparer& comparer;
    const std::function<bool(std::uint64_t)>& keep_going;
    Comparison& comparison;
    std::optional<Error>& failure;
  };

  explicit ComparingWorker(const Shared& shared) : shared_(shared) {}

  void make(std::uint64_t chunk) override {
    encoding_result_ = shared_.encoder.encode(shared_.file, chunk, scratch_, encoded_);
  }

  bool take(std::uint64_t chunk) override {
    if (encoding_result_) encoding_result_ = shared_.encoder.append(shared_.file, encoded_);
    if (!encoding_result_) return stop(std::move(encoding_result_.error()));
    const Result<bool> same = shared_.comparer.continues_with(encoded_.bytes);
    if (!same) return stop(same.error());
    if (!*same) {
      shared_.comparison.difference = place(chunk);
      return false;
    }
    shared_.comparison.sequences += encoded_.sequences;
    if (!shared_.keep_going || shared_.keep_going(encoded_.bytes.size())) return true;
    return stop({ErrorKind::cancelled, "stopped", {}});
  }

 private:
  bool stop(Error error) {
    shared_.failure = std::move(error);
    return false;
  }

  /// The place of the difference. The sequence is known exactly in a file of lines and if all
  /// sequences of the chunk have equal numbers of bytes; else it is the chunk's first.
  Difference place(std::uint64_t chunk) const {
    const FileRecord& record = shared_.encoder.files()[shared_.file];
    Difference difference = shared_.comparer.place(encoded_.bytes, shared_.has_lines);
    const std::string_view before =
        std::string_view(encoded_.bytes).substr(0, shared_.comparer.offset());
    std::uint64_t in_chunk = 0;
    if (shared_.has_lines) {
      in_chunk = FileComparer::lines_in(before);
    } else if (encoded_.bytes.size() % encoded_.sequences == 0 && has_equal_rows()) {
      in_chunk = before.size() / (encoded_.bytes.size() / encoded_.sequences);
    }
    difference.sequence =
        record.first_sequence + chunk * shared_.encoder.chunk_sequences() + in_chunk;
    return difference;
  }

  bool has_equal_rows() const {
    for (std::size_t i = 1; i < scratch_.size(); ++i) {
      if (scratch_[i].size() != scratch_[0].size()) return false;
    }
    return true;
  }

  Shared shared_;
  SequenceBatch scratch_;
  EncodedChunk encoded_;
  Result<void> encoding_result_;
};

}  // namespace

Result<Comparison> compare_file(const std::string& path, DatasetEncoder& encoder, std::size_t file,
                                std::uint64_t most_chunks, unsigned threads,
                                const std::function<bool(std::uint64_t)>& keep_going) {
  Result<FileComparer> comparer = FileComparer::open(path);
  if (!comparer) return tl::unexpected(std::move(comparer.error()));
  const bool has_lines = encoder.has_lines();
  Comparison comparison;
  std::string piece = encoder.begin(file);
  const Result<bool> same_head = comparer->continues_with(piece);
  if (!same_head) return tl::unexpected(same_head.error());
  if (!*same_head) {
    comparison.difference = comparer->place(piece, has_lines);
    return comparison;
  }
  const std::uint64_t chunks = std::min(most_chunks, encoder.chunk_count(file));
  std::optional<Error> failure;
  run_in_order(chunks, std::max(1U, threads), [&] {
    return std::make_unique<ComparingWorker>(ComparingWorker::Shared{
        encoder, file, has_lines, *comparer, keep_going, comparison, failure});
  });
  if (failure) return tl::unexpected(std::move(*failure));
  if (comparison.difference || chunks < encoder.chunk_count(file)) return comparison;
  for (;;) {
    const Result<bool> more = encoder.next_of_tail(file, piece);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    const Result<bool> same = comparer->continues_with(piece);
    if (!same) return tl::unexpected(same.error());
    if (!*same) {
      comparison.difference = comparer->place(piece, has_lines);
      return comparison;
    }
  }
  if (!comparer->is_at_end()) comparison.difference = comparer->place({}, has_lines);
  return comparison;
}

}  // namespace synthgen
