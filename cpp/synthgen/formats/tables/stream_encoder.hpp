#pragma once

#include "synthgen/formats/format.hpp"
#include "synthgen/formats/separator.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The types of the ids in streams.
inline constexpr std::array stream_dtypes{Dtype::uint16, Dtype::uint32};

/// The separator of the options, if they have one.
inline std::optional<Separator> separator_of(const FormatOptions& options) {
  if (!options.separator) return std::nullopt;
  return Separator{*options.separator, options.separator_first};
}

/// Appends a sequence's ids and the separator that belongs to it.
void append_separated(std::span<const std::uint32_t> ids, const std::optional<Separator>& separator,
                      Dtype dtype, std::string& bytes);

/// The plan with the ids of all splits, since trainers take one type for all files, and the
/// separator.
FilePlan plan_of_all_ids(const FormatOptions& options, FilePlan plan);

/// What is wrong with the separator, if it is an id of the vocabulary.
std::vector<Problem> check_separator(const FormatOptions& options, const FilePlan& plan);

/// The side file with a stream's metadata.
SideFile stream_metadata_file(const FilePlan& plan, Dtype dtype,
                              const std::optional<Separator>& separator);

/// What follows the stem in the name of the file with a stream's labels: a
/// number for each id of the stream, -100 for separators.
inline constexpr std::string_view stream_labels_ending = "_labels.bin";

/// Appends the labels of a sequence and its separator, -100 where it has none.
/// Fails (data) if one does not fit the type.
Result<void> append_separated_labels(const SequenceBatch& batch, std::size_t i,
                                     const std::optional<Separator>& separator, Dtype dtype,
                                     std::string& bytes);

/// The side file with these labels.
SideFile stream_labels_file(const FilePlan& plan, const FileTotals& totals);
/// A stream of ids, one sequence after another. With rows of L ids, row i begins at id i · L, or at
/// i · (L + 1) with a separator.
class StreamEncoder : public FileEncoder {
 public:
  StreamEncoder(const FilePlan& plan, Dtype dtype, const FormatOptions& options)
      : plan_(plan),
        dtype_(dtype),
        separator_(separator_of(options)),
        with_labels_(options.with_labels) {}

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override;
  std::vector<SideFile> side_files(const FileTotals& totals) const override;

 protected:
  const FilePlan& plan() const noexcept { return plan_; }
  Dtype dtype() const noexcept { return dtype_; }
  const std::optional<Separator>& separator() const noexcept { return separator_; }

 private:
  FilePlan plan_;
  Dtype dtype_;
  std::optional<Separator> separator_;
  bool with_labels_;
};

/// The type of the ids of a stream in the format `entry`. Fails (usage) with every problem of the
/// options and the plan.
Result<Dtype> stream_dtype(const FormatOptions& options, const FormatEntry& entry,
                           const FilePlan& plan);

}  // namespace synthgen
