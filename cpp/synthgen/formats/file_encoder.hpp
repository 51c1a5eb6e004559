#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace synthgen {

class ByteLog;
class LengthLog;

/// A run of sequences as the bytes of a file.
struct EncodedChunk {
  std::string bytes;
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;  ///< padding of the sequences included
  std::uint32_t crc32 = 0;   ///< of the bytes, where the file's end needs it
  /// Tokens of each sequence before its padding, where the file's end needs them.
  std::vector<std::uint32_t> lengths;
  std::string labels;  ///< their bytes, where they stand behind all ids or in a file beside them

  /// What it takes on the disk: labels twice, as they wait for the end of the ids.
  std::uint64_t disk_bytes() const noexcept { return bytes.size() + 2 * labels.size(); }

  /// Empties it and keeps the memory.
  void clear() noexcept {
    bytes.clear();
    sequences = 0;
    tokens = 0;
    crc32 = 0;
    lengths.clear();
    labels.clear();
  }
};

/// What a file's chunks came to.
struct FileTotals {
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;
  std::uint64_t bytes = 0;                   ///< of the chunks
  std::uint32_t crc32 = 0;                   ///< of those bytes, where chunks tell theirs
  std::shared_ptr<const LengthLog> lengths;  ///< where chunks tell them
  std::shared_ptr<const ByteLog> labels;     ///< where chunks have some
};

/// Bytes that come piece by piece.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Replaces `bytes` by the next piece; false, and nothing in it, behind the last one.
  virtual Result<bool> next(std::string& bytes) = 0;
};

/// A file that belongs to another one, written once that is complete.
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
  /// the batch: threads encode chunks in any order. Fails (data) where a sequence is not what the
  /// plan of the file promised.
  virtual Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const = 0;

  /// The bytes behind the last chunk; null for none.
  virtual std::unique_ptr<ByteSource> tail(const FileTotals&) const { return nullptr; }

  /// The files that belong to it.
  virtual std::vector<SideFile> side_files(const FileTotals&) const { return {}; }
};

}  // namespace synthgen
