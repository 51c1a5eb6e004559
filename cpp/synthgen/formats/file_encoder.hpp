#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/generate/sequence_batch.hpp"
#include "synthgen/io/byte_log.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace synthgen {

/// The lengths of a file's sequences, kept until its end needs them.
class LengthLog {
 public:
  /// Fails (io) when the temporary file cannot be written.
  Result<void> append(std::span<const std::uint32_t> lengths) {
    return bytes_.append({reinterpret_cast<const char*>(lengths.data()), lengths.size_bytes()});
  }

  std::uint64_t size() const noexcept { return bytes_.size() / sizeof(std::uint32_t); }

  /// Replaces `lengths` by those from `first` on, at most `most` of them.
  Result<void> read(std::uint64_t first, std::size_t most,
                    std::vector<std::uint32_t>& lengths) const {
    lengths.resize(static_cast<std::size_t>(std::min<std::uint64_t>(most, size() - first)));
    return bytes_.read(first * sizeof(std::uint32_t), {reinterpret_cast<char*>(lengths.data()),
                                                       lengths.size() * sizeof lengths[0]});
  }

 private:
  ByteLog bytes_;
};

/// A run of sequences as the bytes of a file.
struct EncodedChunk {
  std::string bytes;
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;  ///< padding of the sequences included
  std::uint32_t crc32 = 0;   ///< of the bytes, if the file's end needs it
  /// Tokens of each sequence before its padding, if the file's end needs them.
  std::vector<std::uint32_t> lengths;
  std::string labels;      ///< their bytes, if they follow all ids or go into a side file
  std::string predictive;  ///< the same of `SequenceBatch::predictive`

  /// The space it takes on disk: twice for what is kept until the ids end.
  std::uint64_t disk_bytes() const noexcept {
    return bytes.size() + 2 * (labels.size() + predictive.size());
  }

  /// Empties it and keeps the memory.
  void clear() noexcept {
    bytes.clear();
    sequences = 0;
    tokens = 0;
    crc32 = 0;
    lengths.clear();
    labels.clear();
    predictive.clear();
  }
};

/// The totals of a file's chunks.
struct FileTotals {
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;
  std::uint64_t bytes = 0;                    ///< of the chunks
  std::uint32_t crc32 = 0;                    ///< of those bytes, if the chunks have theirs
  std::shared_ptr<const LengthLog> lengths;   ///< if the chunks have them
  std::shared_ptr<const ByteLog> labels;      ///< if the chunks have some
  std::shared_ptr<const ByteLog> predictive;  ///< if the chunks have some
};

/// Bytes that come piece by piece.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Replaces `bytes` by the next piece; false, and empty bytes, after the last one.
  virtual Result<bool> next(std::string& bytes) = 0;
};

/// A file next to the main one, written when that is complete.
struct SideFile {
  std::string name;  ///< in the same directory
  std::unique_ptr<ByteSource> bytes;
};

/// How the sequences of one file become its bytes: a head, the chunks, a tail. Immutable, so
/// threads share it.
class FileEncoder {
 public:
  virtual ~FileEncoder() = default;

  /// The bytes before the first chunk.
  virtual std::string head() const { return {}; }

  /// Appends the batch's sequences to the chunk, whose counts the caller keeps. A pure function of
  /// the batch: threads encode chunks in any order. Fails (data) if a sequence is not what the
  /// file's plan promised.
  virtual Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const = 0;

  /// The bytes after the last chunk; null for none.
  virtual std::unique_ptr<ByteSource> tail(const FileTotals&) const { return nullptr; }

  /// The files next to it.
  virtual std::vector<SideFile> side_files(const FileTotals&) const { return {}; }
};

}  // namespace synthgen
