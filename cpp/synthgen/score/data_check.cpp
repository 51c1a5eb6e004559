#include "synthgen/score/data_check.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>

namespace synthgen {

Result<bool> DataCheck::fill() {
  constexpr std::uint64_t enough_tokens = std::uint64_t{1} << 17;
  while (next_ == buffer_.size()) {
    buffer_.clear();
    places_.clear();
    next_ = 0;
    if (!reader_) {
      if (opened_ == files_.size()) return false;
      Result<std::unique_ptr<SequenceReader>> reader = open_sequences(files_[opened_++]);
      if (!reader) return tl::unexpected(std::move(reader.error()));
      reader_ = std::move(*reader);
    }
    const Result<bool> more = reader_->read(buffer_, enough_tokens, &places_);
    if (!more) return more;
    if (!*more) reader_.reset();
  }
  return true;
}

std::string DataCheck::place() const {
  return Fault::place_text(files_[opened_ - 1], places_[next_]);
}

Result<void> DataCheck::compare(const SequenceBatch& made) {
  for (std::size_t i = 0; i < made.size(); ++i, ++next_) {
    const Result<bool> has_next = fill();
    if (!has_next) return tl::unexpected(has_next.error());
    if (!*has_next) {
      return fail(ErrorKind::data, formatted("{}: ends before the sequences that its metadata.json "
                                             "promises; synthgen verify checks a dataset",
                                             files_.back()));
    }
    const auto own = made.content(i);
    const auto read = buffer_.content(next_);
    if (std::equal(own.begin(), own.end(), read.begin(), read.end())) continue;
    return fail(ErrorKind::data, formatted("{}: is not the sequence that the config in its "
                                           "metadata.json makes; synthgen verify checks a dataset",
                                           place()));
  }
  return {};
}

Result<void> DataCheck::check_end() {
  const Result<bool> has_next = fill();
  if (!has_next) return tl::unexpected(has_next.error());
  if (!*has_next) return {};
  return fail(ErrorKind::data,
              formatted("{}: one sequence more than its metadata.json promises", place()));
}

}  // namespace synthgen
