#include "synthgen/formats/tables/rows.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/tables/pieces.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace synthgen {
namespace {

/// Ids are converted in pieces that stay in the fastest cache until they are appended.
constexpr std::size_t piece_size = 1024;

template <class T>
void append_as(std::span<const std::uint32_t> ids, std::string& bytes) {
  constexpr std::size_t ids_in_block = 64;  // a constant, so that a block is converted in vectors
  std::array<T, piece_size> piece;
  while (!ids.empty()) {
    const auto some = ids.first(std::min(ids.size(), piece.size()));
    std::size_t i = 0;
    for (; i + ids_in_block <= some.size(); i += ids_in_block) {
      const std::uint32_t* const from = some.data() + i;
      T* const to = piece.data() + i;
      for (std::size_t j = 0; j < ids_in_block; ++j) to[j] = static_cast<T>(from[j]);
    }
    for (; i < some.size(); ++i) piece[i] = static_cast<T>(some[i]);
    bytes.append(reinterpret_cast<const char*>(piece.data()), some.size() * sizeof(T));
    ids = ids.subspan(some.size());
  }
}

void append_repeated(std::uint32_t id, std::size_t count, Dtype dtype, std::string& bytes) {
  std::array<std::uint32_t, piece_size> piece;
  if (count > 0) piece.fill(id);
  while (count > 0) {
    const std::size_t some = std::min(count, piece.size());
    append_ids(std::span(piece).first(some), dtype, bytes);
    count -= some;
  }
}

std::uint64_t largest_written(const FilePlan& plan, bool with_padding) {
  const std::uint64_t largest = plan.vocab_size == 0 ? 0 : plan.vocab_size - 1;
  return with_padding ? std::max<std::uint64_t>(largest, plan.pad_token) : largest;
}

}  // namespace

void append_ids(std::span<const std::uint32_t> ids, Dtype dtype, std::string& bytes) {
  switch (dtype) {
    case Dtype::uint16:
      return append_as<std::uint16_t>(ids, bytes);
    case Dtype::int64:
      return append_as<std::int64_t>(ids, bytes);
    default:
      bytes.append(reinterpret_cast<const char*>(ids.data()), ids.size_bytes());
  }
}

RowEncoder::RowEncoder(const FilePlan& plan, Dtype dtype, const FormatOptions& options)
    : plan_(plan),
      dtype_(dtype),
      with_labels_(options.with_labels),
      predictive_(options.predictive),
      row_length_(std::max<std::uint64_t>(1, plan.lengths.longest)),
      ragged_(plan.lengths.shortest != row_length_) {}

Result<void> RowEncoder::encode(const SequenceBatch& batch, EncodedChunk& chunk) const {
  const auto row_bytes = static_cast<std::size_t>(row_length_ * bytes_of(dtype_));
  chunk.bytes.reserve(chunk.bytes.size() + batch.size() * row_bytes);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto content = batch.content(i);
    if (content.size() > row_length_ || (!ragged_ && content.size() != row_length_)) {
      return fail(ErrorKind::data,
                  formatted("{}: a sequence of {} tokens where {} to {} were promised", plan_.stem,
                            content.size(), plan_.lengths.shortest, plan_.lengths.longest));
    }
    append_ids(content, dtype_, chunk.bytes);
    append_repeated(plan_.pad_token, static_cast<std::size_t>(row_length_) - content.size(), dtype_,
                    chunk.bytes);
    if (ragged_) chunk.lengths.push_back(static_cast<std::uint32_t>(content.size()));
  }
  if (predictive_ != Predictive::nothing) encode_predictive(batch, chunk.predictive);
  return with_labels_ ? encode_labels(batch, chunk.labels) : Result<void>();
}

void RowEncoder::encode_predictive(const SequenceBatch& batch, std::string& bytes) const {
  const std::size_t row = static_cast<std::size_t>(row_length_) * batch.predictive_width;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto numbers = batch.predictive_of(i);
    const auto kept = numbers.first(std::min(numbers.size(), row));
    bytes.append(reinterpret_cast<const char*>(kept.data()), kept.size_bytes());
    bytes.append((row - kept.size()) * sizeof(float), '\0');
  }
}

Result<void> RowEncoder::encode_labels(const SequenceBatch& batch, std::string& bytes) const {
  const Dtype dtype = label_dtype();
  const auto width = static_cast<std::size_t>(bytes_of(dtype));
  const auto row = static_cast<std::size_t>(row_length_);
  const std::size_t before = bytes.size();
  bytes.resize(before + batch.size() * row * width);
  char* out = bytes.data() + before;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto all = batch.labels_of(i);
    const auto labels = all.first(std::min(all.size(), batch.content(i).size()));
    for (std::size_t t = 0; t < row; ++t, out += width) {
      const std::int64_t label = t < labels.size() ? labels[t] : ignored_label;
      if (label > static_cast<std::int64_t>(largest_id(dtype))) {
        return fail(ErrorKind::data, formatted("{}: the label {} is more than {} holds", plan_.stem,
                                               label, name(dtype)));
      }
      std::memcpy(out, &label, width);  // the lowest bytes
    }
  }
  return {};
}

std::vector<Problem> check_ids(const FilePlan& plan, Dtype dtype, bool with_padding) {
  std::vector<Problem> problems;
  const std::uint64_t largest = largest_written(plan, with_padding);
  if (largest > largest_id(dtype)) {
    problems.push_back({"dtype", std::string(name(dtype)),
                        formatted("a type that holds every id up to {}{}", largest,
                                  largest >= plan.vocab_size ? ", the pad_token" : "")});
  }
  constexpr std::uint64_t most_bytes = std::uint64_t{1} << 62;
  const std::uint64_t row = std::max<std::uint64_t>(1, plan.lengths.longest) * bytes_of(dtype);
  if (plan.sequences > most_bytes / row) {
    problems.push_back({"format", {}, "fewer sequences: the file would pass 2^62 bytes"});
  }
  return problems;
}

Dtype dtype_of(const FormatOptions& options, const FormatEntry& entry, const FilePlan& plan,
               bool with_padding) {
  if (!options.dtype.empty()) return *dtype_named(options.dtype);
  const std::uint64_t largest = largest_written(plan, with_padding);
  const auto fits = [&](Dtype dtype) { return largest <= largest_id(dtype); };
  const auto found = std::find_if(entry.dtypes.begin(), entry.dtypes.end(), fits);
  return found == entry.dtypes.end() ? entry.dtypes.back() : *found;
}

SideFile row_metadata(const FilePlan& plan, std::uint64_t row_length, const Json& more) {
  Json object = {
      {"vocab_size", plan.vocab_size}, {"seq_length", row_length}, {"num_samples", plan.sequences}};
  if (plan.seed) object["seed"] = *plan.seed;
  if (more.is_object()) object.update(more);
  std::string name = plan.stem;
  name += row_metadata_ending;
  std::string text = to_text(object, 2);
  text += '\n';
  return {std::move(name), std::make_unique<TextPiece>(std::move(text))};
}

}  // namespace synthgen
