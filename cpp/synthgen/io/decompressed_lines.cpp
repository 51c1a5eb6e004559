#include "synthgen/config/formatted.hpp"
#include "synthgen/io/compression.hpp"
#include "synthgen/io/line_source.hpp"

#if !defined(__EMSCRIPTEN__)
#include <zlib.h>
#include <zstd.h>
#endif

#include <string>
#include <vector>

namespace synthgen {

#if defined(__EMSCRIPTEN__)

Result<std::unique_ptr<LineSource>> decompressed_lines(std::shared_ptr<const ByteFile> file) {
  return fail(ErrorKind::usage,
              formatted("{}: is compressed; this build reads plain text", file->name()));
}

#else

namespace {

/// Decompresses one member or frame after another.
class Decompressor {
 public:
  struct Step {
    std::size_t consumed = 0;  ///< bytes of the input
    std::size_t produced = 0;  ///< bytes of the output
    bool ended = false;        ///< whether a member ended there
    std::string reason;        ///< why the input is damaged
  };
  virtual ~Decompressor() = default;
  virtual Step step(std::span<const char> in, std::span<char> out) = 0;
};

class Gunzip final : public Decompressor {
 public:
  Gunzip() { good_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
  ~Gunzip() override { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  Step step(std::span<const char> in, std::span<char> out) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int status = good_ ? inflate(&stream_, Z_NO_FLUSH) : Z_MEM_ERROR;
    Step done{
        in.size() - stream_.avail_in, out.size() - stream_.avail_out, status == Z_STREAM_END, {}};
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      done.reason = stream_.msg != nullptr ? stream_.msg : "not gzip";
    }
    if (done.ended) inflateReset(&stream_);
    return done;
  }

 private:
  z_stream stream_{};
  bool good_ = false;
};

class Unzstd final : public Decompressor {
 public:
  Unzstd() {
    constexpr int largest_window_log = 25;  // 32 MiB, whatever a frame asks for
    if (context_ != nullptr) {
      ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, largest_window_log);
    }
  }

  Step step(std::span<const char> in, std::span<char> out) override {
    if (context_ == nullptr) return {0, 0, false, "no memory to decompress in"};
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const std::size_t left = ZSTD_decompressStream(context_.get(), &output, &input);
    Step done{input.pos, output.pos, left == 0, {}};
    if (ZSTD_isError(left) != 0) done.reason = ZSTD_getErrorName(left);
    return done;
  }

 private:
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_{ZSTD_createDCtx(), &ZSTD_freeDCtx};
};

class DecompressedLines final : public LineSource {
 public:
  DecompressedLines(std::shared_ptr<const ByteFile> file,
                    std::unique_ptr<Decompressor> decompressor)
      : file_(std::move(file)), decompressor_(std::move(decompressor)) {}

  Result<bool> next(std::string_view& line, std::uint64_t line_number) override {
    constexpr std::size_t longest = std::size_t{1} << 28;
    std::size_t searched = 0;
    for (;;) {
      const std::string_view rest = std::string_view(text_).substr(used_);
      const std::size_t line_break = rest.find('\n', searched);
      if (line_break != rest.npos) {
        line = rest.substr(0, line_break + 1);
        used_ += line.size();
        return true;
      }
      searched = rest.size();
      if (searched > longest) {
        return fail(ErrorKind::data,
                    formatted("{}:{}: a line of more than 256 MiB", file_->name(), line_number));
      }
      const Result<bool> more = decompress();
      if (!more) return tl::unexpected(more.error());
      if (*more) continue;
      line = std::string_view(text_).substr(used_);
      used_ = text_.size();
      return !line.empty();
    }
  }
  std::uint64_t bytes_read() const noexcept override { return offset_; }
  std::uint64_t size_bytes() const noexcept override { return file_->size(); }

 private:
  /// Adds a block to the text; false at the end.
  Result<bool> decompress() {
    constexpr std::size_t block = 1 << 17;
    text_.erase(0, std::exchange(used_, 0));
    for (;;) {
      if (taken_ == input_.size()) {
        Result<std::string> read = file_->read_start(offset_, block);
        if (!read) return tl::unexpected(std::move(read.error()));
        input_ = std::move(*read);
        offset_ += input_.size();
        taken_ = 0;
        // A step without input may still give text that had no room before.
        if (input_.empty() && !inside_) return false;
      }
      const std::size_t before = text_.size();
      text_.resize(before + block);
      const Decompressor::Step done =
          decompressor_->step(std::span(input_).subspan(taken_), std::span(text_).subspan(before));
      text_.resize(before + done.produced);
      taken_ += done.consumed;
      if (!done.reason.empty()) return damaged(done.reason);
      inside_ = !done.ended;
      if (done.produced > 0) return true;
      if (input_.empty() && inside_) return damaged("the file ends within compressed text");
    }
  }
  tl::unexpected<Error> damaged(std::string_view reason) const {
    return tl::unexpected(file_->fault(offset_ - input_.size() + taken_,
                                       formatted("cannot be decompressed: {}", reason)));
  }

  std::shared_ptr<const ByteFile> file_;
  std::unique_ptr<Decompressor> decompressor_;
  std::uint64_t offset_ = 0;  ///< of what comes next
  std::string input_;
  std::size_t taken_ = 0;
  bool inside_ = false;  ///< whether a member has begun and not ended
  std::string text_;
  std::size_t used_ = 0;
};

}  // namespace

Result<std::unique_ptr<LineSource>> decompressed_lines(std::shared_ptr<const ByteFile> file) {
  const Result<std::string> start = file->read_start(0, 4);
  if (!start) return tl::unexpected(start.error());
  const Compression* const compression = compression_of_content(*start);
  std::unique_ptr<Decompressor> decompressor;
  if (compression != nullptr && compression->name == gzip_name) {
    decompressor = std::make_unique<Gunzip>();
  } else {
    decompressor = std::make_unique<Unzstd>();
  }
  return std::make_unique<DecompressedLines>(std::move(file), std::move(decompressor));
}

#endif

}  // namespace synthgen
