#include "synthgen/config/formatted.hpp"
#include "synthgen/io/byte_stream.hpp"
#include "synthgen/io/compression.hpp"

#if !defined(__EMSCRIPTEN__)
#include <zlib.h>
#include <zstd.h>
#endif

#include <memory>
#include <string>

namespace synthgen {
namespace {

/// Decompresses one member or frame after another.
class Decompressor {
 public:
  struct Step {
    std::size_t consumed = 0;  ///< bytes of the input
    std::size_t produced = 0;  ///< bytes of the output
    bool ended = false;        ///< whether a member ended there and no other has begun
    std::string reason = {};   ///< why the input is damaged
  };
  virtual ~Decompressor() = default;
  virtual Step step(std::span<const char> in, std::span<char> out) = 0;
};

#if !defined(__EMSCRIPTEN__)

class Gunzip final : public Decompressor {
 public:
  Gunzip() { good_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
  ~Gunzip() override { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  Step step(std::span<const char> in, std::span<char> out) override {
    std::size_t zeros = 0;
    if (between_) {
      while (zeros < in.size() && in[zeros] == '\0') ++zeros;
      in = in.subspan(zeros);
      if (in.empty()) return {.consumed = zeros, .ended = true};
    }
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int status = good_ ? inflate(&stream_, Z_NO_FLUSH) : Z_MEM_ERROR;
    Step done{.consumed = zeros + in.size() - stream_.avail_in,
              .produced = out.size() - stream_.avail_out,
              .ended = status == Z_STREAM_END};
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      done.reason = stream_.msg != nullptr ? stream_.msg : "not gzip";
    }
    if (done.ended) inflateReset(&stream_);
    between_ = done.ended;
    return done;
  }

 private:
  z_stream stream_{};
  bool good_ = false;
  bool between_ = false;  ///< whether a member has ended and no other has begun
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

std::unique_ptr<Decompressor> decompressor_for(const Compression& compression) {
  if (compression.name == gzip_name) return std::make_unique<Gunzip>();
  return std::make_unique<Unzstd>();
}

#else

/// Null for what this build cannot decompress.
std::unique_ptr<Decompressor> decompressor_for(const Compression&) {
  return nullptr;
}

#endif

constexpr std::size_t compressed_block = 1 << 17;

class Decompressed final : public ByteStream {
 public:
  Decompressed(std::unique_ptr<ByteStream> stream, std::unique_ptr<Decompressor> decompressor,
               std::string input)
      : ByteStream(stream->name()),
        stream_(std::move(stream)),
        decompressor_(std::move(decompressor)),
        input_(std::move(input)) {}

  Result<std::size_t> read(std::span<char> bytes) override {
    for (;;) {
      if (taken_ == input_.size()) {
        input_.resize(compressed_block);
        const Result<std::size_t> count = stream_->read(input_);
        if (!count) return tl::unexpected(count.error());
        input_.resize(*count);
        taken_ = 0;
        // A step without input may still give text that had no room before.
        if (input_.empty() && !inside_) return 0;
      }
      const Decompressor::Step done = decompressor_->step(std::span(input_).subspan(taken_), bytes);
      taken_ += done.consumed;
      if (!done.reason.empty()) return damaged(done.reason);
      inside_ = !done.ended;
      if (done.produced > 0) return done.produced;
      if (input_.empty() && inside_) return damaged("the file ends within compressed text");
    }
  }
  std::uint64_t bytes_read() const noexcept override { return stream_->bytes_read(); }
  std::uint64_t size_bytes() const noexcept override { return stream_->size_bytes(); }

 private:
  tl::unexpected<Error> damaged(std::string_view reason) const {
    return fail(ErrorKind::data, formatted("{}: byte {}: cannot be decompressed: {}", name(),
                                           stream_->bytes_read() - input_.size() + taken_, reason));
  }

  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<Decompressor> decompressor_;
  std::string input_;
  std::size_t taken_ = 0;
  bool inside_ = false;  ///< whether a member has begun and not ended
};

}  // namespace

Result<std::unique_ptr<ByteStream>> decompressed(std::unique_ptr<ByteStream> stream) {
  std::string input(compressed_block, '\0');
  const Result<std::size_t> count = stream->read(input);
  if (!count) return tl::unexpected(count.error());
  input.resize(*count);
  const Compression* const compression = compression_of_content(input);
  std::unique_ptr<Decompressor> decompressor =
      decompressor_for(compression == nullptr ? compressions[0] : *compression);
  if (decompressor == nullptr) {
    return fail(ErrorKind::usage, formatted("{}: is compressed by {}; this build reads plain text",
                                            stream->name(), compression->name));
  }
  return std::make_unique<Decompressed>(std::move(stream), std::move(decompressor),
                                        std::move(input));
}

}  // namespace synthgen
