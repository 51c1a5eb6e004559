#include "synthgen/formats/tables/pieces.hpp"

#include <algorithm>

namespace synthgen {

LengthPieces::LengthPieces(std::string head, std::shared_ptr<const LengthLog> lengths,
                           std::uint64_t bytes_each, Append append)
    : head_(std::move(head)), lengths_(std::move(lengths)), append_(std::move(append)) {
  constexpr std::uint64_t piece_bytes = 1 << 20;
  a_piece_ = static_cast<std::size_t>(std::max<std::uint64_t>(1, piece_bytes / bytes_each));
}

Result<bool> LengthPieces::next(std::string& bytes) {
  bytes.clear();
  if (!begun_) bytes = std::move(head_);
  const bool first = !std::exchange(begun_, true);
  if (next_ == lengths_->size()) return first;
  const Result<void> read = lengths_->read(next_, a_piece_, buffer_);
  if (!read) return tl::unexpected(read.error());
  append_(buffer_, bytes);
  next_ += buffer_.size();
  return true;
}

Result<bool> LogPieces::next(std::string& bytes) {
  constexpr std::uint64_t piece_bytes = 1 << 20;
  bytes = std::exchange(head_, {});
  const std::size_t before = bytes.size();
  bytes.resize(before + static_cast<std::size_t>(std::min(piece_bytes, log_->size() - next_)));
  const Result<void> read = log_->read(next_, std::span(bytes).subspan(before));
  if (!read) return tl::unexpected(read.error());
  next_ += bytes.size() - before;
  return !bytes.empty();
}

Result<bool> PiecesInTurn::next(std::string& bytes) {
  for (; current_ < sources_.size(); ++current_) {
    Result<bool> more = sources_[current_]->next(bytes);
    if (!more || *more) return more;
  }
  bytes.clear();
  return false;
}

}  // namespace synthgen
