#pragma once

#include "synthgen/formats/separator.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/formats/tables/element_reader.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace synthgen {

/// The place of the lengths of a table's rows.
struct RowLengths {
  ElementRegion region;
  bool is_mask = false;  ///< ones over a row's tokens, else zeros; else one number per row
};

/// What a file has about a table's rows apart from the ids.
struct RowNotes {
  std::optional<RowLengths> lengths = {};
  std::optional<ElementRegion> labels = {};  ///< a table of the same shape
  std::vector<std::string> others = {};      ///< the names of what is not read
};

/// What metadata say of a stream of ids, held against it.
struct StreamPromises {
  std::optional<std::uint64_t> vocab_size = {};  ///< ids are below it
  std::optional<std::uint64_t> sequences = {};
};

/// A row whose tokens were appended to a batch, from token `begin` on.
struct AppendedRow {
  const std::string& file;
  std::uint64_t number;  ///< counted from 1
  std::size_t begin;
  std::span<const std::int64_t> labels = {};
};

/// Ends a row: without a fault it is a sequence of the batch, and `places` gets its number; else
/// its tokens are taken back and `sink` gets the fault. Without a sink a fault fails (data).
Result<void> end_row(const AppendedRow& row, std::optional<Fault> fault, SequenceBatch& batch,
                     std::vector<std::uint64_t>* places, const SequenceReader::FaultSink& sink);

/// Reads sequences that are stored one after another as numbers: a table's rows, or runs whose
/// lengths are stored elsewhere.
class RowReader final : public SequenceReader {
 public:
  /// Every row has `row_length` numbers, the last one perhaps fewer. Those past the row's length,
  /// or outside of the mask's ones, are padding, and so are their labels.
  static std::unique_ptr<RowReader> of_table(ElementRegion ids, std::uint64_t row_length,
                                             RowNotes notes = {});

  /// Each sequence has as many numbers as its length says.
  /// A separator at its end, or in front, is left out.
  static std::unique_ptr<RowReader> of_runs(ElementRegion ids, ElementRegion lengths,
                                            std::optional<Separator> separator = {});

  /// A sequence ends, or begins, at each separator. The stream may begin or end inside a sequence
  /// unless its number of sequences is promised.
  static std::unique_ptr<RowReader> of_separated(ElementRegion ids, Separator separator);

  /// Labels of a stream: one for each of its ids, separators included.
  void label(ElementRegion labels) { label_numbers_.emplace(std::move(labels)); }

  /// Adds to what the user should know of how the file was read.
  void add_note(std::string note) { notes_.push_back(std::move(note)); }

  /// The documents that the sequences belong to.
  void group(std::shared_ptr<const DocumentIndex> documents) { documents_ = std::move(documents); }

  /// Makes it a fault if the ids or the number of sequences are others.
  void promise(const StreamPromises& promises) { promises_ = promises; }

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* places, const FaultSink& sink) override;
  std::vector<std::string> notes() const override { return notes_; }
  std::shared_ptr<const DocumentIndex> documents() const override { return documents_; }
  std::uint64_t bytes_read() const noexcept override { return ids_.place(); }
  std::uint64_t size_bytes() const noexcept override { return ids_.region().file->size(); }

 private:
  /// How the numbers are cut.
  enum class Cut : std::uint8_t { rows, runs, separators };

  /// A row's tokens: those after the first `start`, `length` of them.
  struct Extent {
    std::uint64_t start = 0;
    std::uint64_t length = 0;

    /// Which of the `count` numbers from the one at `first` on are among them.
    Extent within(std::uint64_t first, std::uint64_t count) const noexcept;
  };

  RowReader(Cut cut, ElementRegion ids) : cut_(cut), ids_(std::move(ids)) {}
  bool at_end() const;
  Result<Extent> next_extent();
  Result<Extent> extent_from_mask();
  Result<std::optional<Fault>> read_sequence(SequenceBatch& batch);
  Result<std::optional<Fault>> read_ids(std::uint64_t count, const Extent& extent,
                                        SequenceBatch& batch);
  Result<std::optional<Fault>> read_to_separator(SequenceBatch& batch);
  Result<void> read_first_separator();
  bool leave_out_separator(std::size_t before, SequenceBatch& batch) const;
  Result<std::optional<Fault>> read_content(SequenceBatch& batch, Extent& extent);
  Result<std::optional<Fault>> read_labels(const Extent& extent, std::uint64_t count);
  /// Ids that were read so far.
  std::uint64_t ids_done() const noexcept { return ids_.region().count - ids_.left(); }
  std::optional<Fault> take_ids(std::span<const std::int64_t> values, std::uint64_t place,
                                SequenceBatch& batch) const;

  Cut cut_;
  ElementReader ids_;
  std::uint64_t row_length_ = 0;
  std::optional<Separator> separator_;
  bool separator_read_ = false;  ///< a sequence follows it, be it empty
  StreamPromises promises_;
  std::vector<std::string> notes_;
  std::shared_ptr<const DocumentIndex> documents_;
  bool lengths_are_mask_ = false;
  std::optional<ElementReader> lengths_;
  std::optional<ElementReader> label_numbers_;
  std::vector<std::int64_t> labels_;  ///< of the sequence
  std::uint64_t number_ = 0;          ///< of the sequence, from 1
};

}  // namespace synthgen
