#include "synthgen/formats/encoded_file.hpp"

#include "synthgen/io/crc32.hpp"

namespace synthgen {

Result<EncodedFile> EncodedFile::create(const FormatOptions& options, const FilePlan& plan) {
  Result<std::unique_ptr<const FileEncoder>> encoder = make_encoder(options, plan);
  if (!encoder) return tl::unexpected(std::move(encoder.error()));
  return EncodedFile(std::move(*encoder), plan.spool_directory);
}

Result<void> EncodedFile::encode(const SequenceBatch& batch, EncodedChunk& chunk) const {
  chunk.clear();
  chunk.sequences = batch.size();
  chunk.tokens = batch.tokens.size();
  return encoder_->encode(batch, chunk);
}

Result<void> EncodedFile::append(const EncodedChunk& chunk) {
  totals_.sequences += chunk.sequences;
  totals_.tokens += chunk.tokens;
  totals_.crc32 = joined_crc32(totals_.crc32, chunk.crc32, chunk.bytes.size());
  totals_.bytes += chunk.bytes.size();
  Result<void> kept = lengths_->append(chunk.lengths);
  if (kept) kept = labels_->append(chunk.labels);
  if (kept) kept = predictive_->append(chunk.predictive);
  return kept;
}

Result<bool> EncodedFile::next_of_tail(std::string& bytes) {
  if (!tail_begun_) {
    tail_begun_ = true;
    tail_ = encoder_->tail(totals_);
  }
  bytes.clear();
  if (tail_ == nullptr) return false;
  return tail_->next(bytes);
}

}  // namespace synthgen
