#pragma once

#include "synthgen/formats/read_hints.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/line_source.hpp"
#include "synthgen/io/whole_file.hpp"

#include <memory>
#include <string>

namespace synthgen {

struct FormatEntry;
struct Compression;

/// How files of sequences are read.
struct ReadOptions {
  /// The longest line of a text, in bytes.
  std::uint64_t max_line = default_max_line;
  /// Whether it is enough to read the sequences once. A pipe is otherwise kept in a temporary file,
  /// and so it is in any case unless it is a text.
  bool once = false;
  /// What the caller says of the file.
  ReadHints hints = {};
};

/// A file of sequences, or a pipe, or as "-" standard input. It is opened once, however often it is
/// read.
class SequenceFile {
 public:
  /// Fails (io) if it cannot be opened, (data) if name and content contradict each other or the
  /// content is a known one that is not read, (usage) if its format has no use for the hints,
  /// (cancelled) if a stop is requested while it waits.
  static Result<SequenceFile> open(const std::string& path, const ReadOptions& options = {});

  /// Its name in messages.
  const std::string& name() const noexcept { return name_; }

  /// A reader of all its sequences; only one if `once` was enough. Fails (data) if a header is
  /// malformed.
  Result<std::unique_ptr<SequenceReader>> reader() const;

  /// Its size and checksum; not for what is read once.
  Result<FileDigest> digest() const { return digest_of(*bytes_); }

 private:
  /// How it is read: in a format, after decompression if `compression` is not null.
  struct Reading {
    const FormatEntry* format = nullptr;
    const Compression* compression = nullptr;
  };
  friend Result<std::unique_ptr<SequenceReader>> open_sequences_in(std::string_view bytes,
                                                                   const std::string& name);

  explicit SequenceFile(const std::string& path, const ReadOptions& options);
  static Result<Reading> reading_of(const std::string& name, std::string_view start,
                                    std::uint64_t size, const ByteFile* file);
  Result<void> open_bytes_or_stream(int descriptor);
  Result<void> check_hints() const;

  std::string name_;
  ReadOptions options_;
  Reading reading_;
  std::shared_ptr<const ByteFile> bytes_;       ///< of a file, or kept
  mutable std::unique_ptr<ByteStream> stream_;  ///< of a text that is read once
};

}  // namespace synthgen
