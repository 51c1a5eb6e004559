#pragma once

#include "synthgen/formats/file_encoder.hpp"
#include "synthgen/formats/format.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// Encodes one file and keeps the totals of its chunks. Call in this order: `head`, `append` for
/// every chunk, `next_of_tail` until it is false, `side_files`.
class EncodedFile {
 public:
  /// Fails (usage) with every problem of the options.
  static Result<EncodedFile> create(const FormatOptions& options, const FilePlan& plan);

  std::string head() const { return encoder_->head(); }

  /// Encodes a batch as a chunk; any thread, any order.
  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const;

  /// Counts the next chunk; the caller writes its bytes. Fails (io) if what the file's end needs of
  /// it cannot be kept.
  Result<void> append(const EncodedChunk& chunk);

  /// Replaces `bytes` by the next piece of the file's end; false when it is complete.
  Result<bool> next_of_tail(std::string& bytes);

  /// The side files, once it is complete.
  std::vector<SideFile> side_files() const { return encoder_->side_files(totals_); }

  const FileTotals& totals() const noexcept { return totals_; }

 private:
  EncodedFile(std::unique_ptr<const FileEncoder> encoder, const std::string& spool_directory)
      : encoder_(std::move(encoder)),
        labels_(std::make_shared<ByteLog>(spool_directory)),
        predictive_(std::make_shared<ByteLog>(spool_directory)) {
    totals_.lengths = lengths_;
    totals_.labels = labels_;
    totals_.predictive = predictive_;
  }

  std::unique_ptr<const FileEncoder> encoder_;
  FileTotals totals_;
  std::shared_ptr<LengthLog> lengths_ = std::make_shared<LengthLog>();
  std::shared_ptr<ByteLog> labels_;
  std::shared_ptr<ByteLog> predictive_;
  bool tail_begun_ = false;
  std::unique_ptr<ByteSource> tail_;
};

}  // namespace synthgen
