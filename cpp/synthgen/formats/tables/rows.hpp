#pragma once

#include "synthgen/formats/dtype.hpp"
#include "synthgen/formats/format.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace synthgen {

/// Appends a number as memory holds it.
template <class T>
void append_number(T value, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// The type of labels: int64, or int32 where that holds every id that the ids' type holds.
constexpr Dtype label_dtype_for(Dtype ids) noexcept {
  return largest_id(ids) <= largest_id(Dtype::int32) ? Dtype::int32 : Dtype::int64;
}

/// Appends ids as numbers of a type that holds them.
void append_ids(std::span<const std::uint32_t> ids, Dtype dtype, std::string& bytes);

/// The encoder of formats that are a table of [sequences, row length] numbers: each sequence up to
/// its padding, then `pad_token`. Rows are as long as the longest sequence that its split can have,
/// so all files of a split agree. Labels, if asked for, are a table of the same shape, with
/// `ignored_label` over padding and for sequences without labels. So are the costs of tokens by the
/// exact law (float32, 0 over padding), with one dimension more for the law itself.
class RowEncoder : public FileEncoder {
 public:
  RowEncoder(const FilePlan& plan, Dtype dtype, const FormatOptions& options);
  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override;

 protected:
  const FilePlan& plan() const noexcept { return plan_; }
  Dtype dtype() const noexcept { return dtype_; }
  std::uint64_t row_length() const noexcept { return row_length_; }
  /// Whether rows have different lengths, which must be stored too.
  bool ragged() const noexcept { return ragged_; }
  std::uint64_t data_bytes() const noexcept {
    return plan_.sequences * row_length_ * bytes_of(dtype_);
  }
  bool with_labels() const noexcept { return with_labels_; }
  Dtype label_dtype() const noexcept { return label_dtype_for(dtype_); }
  std::uint64_t label_bytes() const noexcept {
    return plan_.sequences * row_length_ * bytes_of(label_dtype());
  }
  Predictive predictive() const noexcept { return predictive_; }
  /// [sequences, row length], and the number of ids for laws.
  std::vector<std::uint64_t> predictive_shape() const {
    std::vector<std::uint64_t> shape{plan_.sequences, row_length_};
    if (predictive_ == Predictive::law) shape.push_back(plan_.vocab_size);
    return shape;
  }
  std::uint64_t predictive_bytes() const noexcept {
    const std::uint64_t width = predictive_ == Predictive::law ? plan_.vocab_size : 1;
    return plan_.sequences * row_length_ * width * sizeof(float);
  }

 private:
  void encode_predictive(const SequenceBatch& batch, std::string& bytes) const;
  Result<void> encode_labels(const SequenceBatch& batch, std::string& bytes) const;

  FilePlan plan_;
  Dtype dtype_;
  bool with_labels_;
  Predictive predictive_;
  std::uint64_t row_length_;
  bool ragged_;
};

/// The problems of a plan whose ids do not fit the type, or whose rows take more than 2^62 bytes;
/// `with_padding`: whether `pad_token` is written too.
std::vector<Problem> check_ids(const FilePlan& plan, Dtype dtype, bool with_padding);

/// The options' type, or the first of the format's that holds every id.
Dtype dtype_of(const FormatOptions& options, const FormatEntry& entry, const FilePlan& plan,
               bool with_padding);

/// `make_encoder` for a class that is constructed from the plan, the type and the options.
template <class Encoder, const FormatEntry& entry>
Result<std::unique_ptr<const FileEncoder>> make_rows(const FormatOptions& options,
                                                     const FilePlan& plan) {
  const bool padded = !plan.lengths.equal();
  const Dtype dtype = dtype_of(options, entry, plan, padded);
  std::vector<Problem> problems = check_ids(plan, dtype, padded);
  if (!problems.empty()) return fail(std::move(problems));
  return std::make_unique<const Encoder>(plan, dtype, options);
}

/// What follows the stem in the name of the file with a table's metadata.
inline constexpr std::string_view row_metadata_ending = "_metadata.json";

/// That file: vocab_size, seq_length, num_samples and, if there is a config, seed, then the
/// members of `more`.
SideFile row_metadata(const FilePlan& plan, std::uint64_t row_length, const Json& more = {});

}  // namespace synthgen
