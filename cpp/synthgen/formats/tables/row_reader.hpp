#pragma once

#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/formats/tables/element_reader.hpp"

#include <cstdint>
#include <optional>

namespace synthgen {

/// The place of the lengths of a table's rows.
struct RowLengths {
  ElementRegion region;
  bool is_mask = false;  ///< ones over a row's tokens, then zeros; else one number per row
};

/// What a file has about a table's rows apart from the ids.
struct RowNotes {
  std::optional<RowLengths> lengths = {};
  std::optional<ElementRegion> labels = {};  ///< a table of the same shape
};

/// Reads sequences that are stored one after another as numbers: a table's rows, or runs whose
/// lengths are stored elsewhere.
class RowReader final : public SequenceReader {
 public:
  /// Every row has `row_length` numbers, the last one perhaps fewer. Those past the row's length
  /// are padding, and so are their labels.
  static std::unique_ptr<RowReader> of_table(ElementRegion ids, std::uint64_t row_length,
                                             RowNotes notes = {});

  /// Each sequence has as many numbers as its length says.
  static std::unique_ptr<RowReader> of_runs(ElementRegion ids, ElementRegion lengths);

  /// A sequence ends at each `separator`.
  static std::unique_ptr<RowReader> of_separated(ElementRegion ids, std::uint32_t separator);

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* places, const FaultSink& sink) override;
  std::uint64_t bytes_read() const noexcept override { return ids_.place(); }
  std::uint64_t size_bytes() const noexcept override { return ids_.region().file->size(); }

 private:
  /// How the numbers are cut.
  enum class Cut : std::uint8_t { rows, runs, separators };

  RowReader(Cut cut, ElementRegion ids) : cut_(cut), ids_(std::move(ids)) {}
  bool at_end() const;
  Result<std::uint64_t> next_length();
  Result<std::uint64_t> length_from_mask();
  Result<std::optional<Fault>> read_sequence(SequenceBatch& batch);
  Result<std::optional<Fault>> read_ids(std::uint64_t count, std::uint64_t length,
                                        SequenceBatch& batch);
  Result<std::optional<Fault>> read_to_separator(SequenceBatch& batch);
  Result<std::optional<Fault>> read_labels(std::uint64_t length);
  std::optional<Fault> take_ids(std::span<const std::int64_t> values, std::uint64_t place,
                                SequenceBatch& batch) const;

  Cut cut_;
  ElementReader ids_;
  std::uint64_t row_length_ = 0;
  std::int64_t separator_ = 0;
  bool lengths_are_mask_ = false;
  std::optional<ElementReader> lengths_;
  std::optional<ElementReader> label_numbers_;
  std::vector<std::int64_t> labels_;  ///< of the sequence
  std::uint64_t number_ = 0;          ///< of the sequence, from 1
};

}  // namespace synthgen
