#pragma once

#include "synthgen/formats/file_encoder.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace synthgen {

/// One piece.
class TextPiece final : public ByteSource {
 public:
  explicit TextPiece(std::string text) : text_(std::move(text)) {}
  Result<bool> next(std::string& bytes) override {
    bytes = std::exchange(text_, {});
    return !std::exchange(done_, true);
  }

 private:
  std::string text_;
  bool done_ = false;
};

/// A text, then what `append` makes of all lengths in order, in pieces of about a megabyte.
class LengthPieces final : public ByteSource {
 public:
  using Append = std::function<void(std::span<const std::uint32_t>, std::string&)>;

  /// `bytes_each`: about how many bytes `append` makes of one length.
  LengthPieces(std::string head, std::shared_ptr<const LengthLog> lengths, std::uint64_t bytes_each,
               Append append);
  Result<bool> next(std::string& bytes) override;

 private:
  std::string head_;
  std::shared_ptr<const LengthLog> lengths_;
  std::size_t a_piece_;
  Append append_;
  std::uint64_t next_ = 0;
  bool begun_ = false;
  std::vector<std::uint32_t> buffer_;
};

/// A text, then the bytes of a log, in pieces of about a megabyte.
class LogPieces final : public ByteSource {
 public:
  LogPieces(std::string head, std::shared_ptr<const ByteLog> log)
      : head_(std::move(head)), log_(std::move(log)) {}
  Result<bool> next(std::string& bytes) override;

 private:
  std::string head_;
  std::shared_ptr<const ByteLog> log_;
  std::uint64_t next_ = 0;
};

/// Several sources, one after another.
class PiecesInTurn final : public ByteSource {
 public:
  explicit PiecesInTurn(std::vector<std::unique_ptr<ByteSource>> sources)
      : sources_(std::move(sources)) {}
  Result<bool> next(std::string& bytes) override;

 private:
  std::vector<std::unique_ptr<ByteSource>> sources_;
  std::size_t current_ = 0;
};

}  // namespace synthgen
