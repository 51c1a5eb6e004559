#include "synthgen/io/compression.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>

#if !defined(__EMSCRIPTEN__)
#include <zlib.h>
#include <zstd.h>
#endif

namespace synthgen {
namespace {

template <class Rule>
const Compression* first_where(const Rule& rule) {
  const auto found = std::find_if(compressions.begin(), compressions.end(), rule);
  return found == compressions.end() ? nullptr : &*found;
}

}  // namespace

const Compression* find_compression(std::string_view name) noexcept {
  return first_where([&](const Compression& way) { return way.name == name; });
}

const Compression* compression_of_extension(std::string_view extension) noexcept {
  return first_where([&](const Compression& way) { return way.extension == extension; });
}

const Compression* compression_of_content(std::string_view start) noexcept {
  return first_where([&](const Compression& way) { return start.starts_with(way.magic); });
}

#if defined(__EMSCRIPTEN__)

bool can_compress() noexcept {
  return false;
}

Result<void> append_compressed(const Compression& compression, std::string_view, std::string&) {
  return fail(ErrorKind::usage, formatted("{}: this build cannot compress", compression.name));
}

#else

namespace {

/// Appends a gzip member.
Result<void> append_gzip(std::string_view text, std::string& bytes) {
  constexpr int gzip_window = 15 + 16;
  constexpr int memory_level = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return fail(ErrorKind::io, "gzip: no memory to compress in");
  }
  const std::size_t before = bytes.size();
  bytes.resize(before + deflateBound(&stream, text.size()));
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
  stream.avail_out = static_cast<uInt>(bytes.size() - before);
  const int status = deflate(&stream, Z_FINISH);
  bytes.resize(before + stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) return fail(ErrorKind::io, "gzip: could not compress a chunk");
  return {};
}

/// Appends a zstd frame with a checksum of its content.
Result<void> append_zstd(std::string_view text, std::string& bytes) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     &ZSTD_freeCCtx);
  if (context == nullptr) return fail(ErrorKind::io, "zstd: no memory to compress in");
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  const std::size_t before = bytes.size();
  bytes.resize(before + ZSTD_compressBound(text.size()));
  const std::size_t size = ZSTD_compress2(context.get(), bytes.data() + before,
                                          bytes.size() - before, text.data(), text.size());
  if (ZSTD_isError(size) != 0) {
    return fail(ErrorKind::io, formatted("zstd: {}", ZSTD_getErrorName(size)));
  }
  bytes.resize(before + size);
  return {};
}

}  // namespace

bool can_compress() noexcept {
  return true;
}

Result<void> append_compressed(const Compression& compression, std::string_view text,
                               std::string& bytes) {
  return compression.name == gzip_name ? append_gzip(text, bytes) : append_zstd(text, bytes);
}

#endif

}  // namespace synthgen
