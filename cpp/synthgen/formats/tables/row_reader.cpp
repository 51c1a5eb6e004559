#include "synthgen/formats/tables/row_reader.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/mask_scan.hpp"

#include <algorithm>

namespace synthgen {

std::unique_ptr<RowReader> RowReader::of_table(ElementRegion ids, std::uint64_t row_length,
                                               RowNotes notes) {
  std::unique_ptr<RowReader> reader(new RowReader(Cut::rows, std::move(ids)));
  reader->row_length_ = row_length;
  if (notes.lengths) {
    reader->lengths_are_mask_ = notes.lengths->is_mask;
    reader->lengths_.emplace(std::move(notes.lengths->region));
  }
  if (notes.labels) reader->label_numbers_.emplace(std::move(*notes.labels));
  if (!notes.others.empty()) reader->notes_.push_back(not_read_note(notes.others));
  return reader;
}

std::unique_ptr<RowReader> RowReader::of_runs(ElementRegion ids, ElementRegion lengths,
                                              std::optional<Separator> separator) {
  std::unique_ptr<RowReader> reader(new RowReader(Cut::runs, std::move(ids)));
  reader->lengths_.emplace(std::move(lengths));
  reader->separator_ = separator;
  return reader;
}

std::unique_ptr<RowReader> RowReader::of_separated(ElementRegion ids, Separator separator) {
  std::unique_ptr<RowReader> reader(new RowReader(Cut::separators, std::move(ids)));
  reader->separator_ = separator;
  return reader;
}

RowReader::Extent RowReader::Extent::within(std::uint64_t first,
                                            std::uint64_t count) const noexcept {
  const std::uint64_t begin = std::clamp(start, first, first + count);
  const std::uint64_t end = std::clamp(start + length, begin, first + count);
  return {begin - first, end - begin};
}

Result<void> end_row(const AppendedRow& row, std::optional<Fault> fault, SequenceBatch& batch,
                     std::vector<std::uint64_t>* places, const SequenceReader::FaultSink& sink) {
  if (fault) {
    batch.tokens.resize(row.begin);
    return report(std::move(*fault), row.file, row.number, sink);
  }
  batch.offsets.push_back(batch.tokens.size());
  batch.set_padding(0);
  batch.set_latents(std::nullopt);
  batch.set_labels(row.labels);
  if (places != nullptr) places->push_back(row.number);
  return {};
}

bool RowReader::at_end() const {
  return cut_ == Cut::runs ? lengths_->left() == 0 : ids_.left() == 0 && !separator_read_;
}

Result<bool> RowReader::read(SequenceBatch& batch, std::uint64_t enough_tokens,
                             std::vector<std::uint64_t>* places, const FaultSink& sink) {
  if (cut_ == Cut::separators && separator_->is_first && number_ == 0) {
    if (Result<void> read = read_first_separator(); !read) return tl::unexpected(read.error());
  }
  // Empty sequences cost memory as well.
  while (batch.tokens.size() < enough_tokens && batch.size() < enough_tokens) {
    if (at_end()) {
      if (promises_.sequences && *promises_.sequences != number_) {
        return tl::unexpected(ids_.region().file->fault(
            formatted("has {}; the num_samples of its metadata is {}", counted(number_, "sequence"),
                      *promises_.sequences)));
      }
      if (ids_.left() == 0) return false;
      return tl::unexpected(ids_.region().file->fault(
          ids_.place(), formatted("{} ids more than the lengths add up to", ids_.left())));
    }
    ++number_;
    const std::size_t before = batch.tokens.size();
    Result<std::optional<Fault>> fault = read_sequence(batch);
    if (!fault) return tl::unexpected(std::move(fault.error()));
    const AppendedRow row{ids_.region().file->name(), number_, before, labels_};
    Result<void> ended = end_row(row, std::move(*fault), batch, places, sink);
    if (!ended) return tl::unexpected(std::move(ended.error()));
  }
  return true;
}

/// Reads a sequence's ids; `extent` gets the place of its content among those
/// that were read.
Result<std::optional<Fault>> RowReader::read_content(SequenceBatch& batch, Extent& extent) {
  const std::size_t before = batch.tokens.size();
  if (cut_ == Cut::separators) {
    Result<std::optional<Fault>> fault = read_to_separator(batch);
    extent.length = batch.tokens.size() - before;
    return fault;
  }
  const Result<Extent> found = next_extent();
  if (!found) return tl::unexpected(found.error());
  extent = *found;
  const std::uint64_t row = std::min(row_length_, ids_.left());  // the last one may be shorter
  Result<std::optional<Fault>> fault =
      read_ids(cut_ == Cut::rows ? row : extent.length, extent, batch);
  if (fault && !*fault && separator_) {
    extent.start = leave_out_separator(before, batch) ? 1 : 0;
    extent.length = batch.tokens.size() - before;
  }
  return fault;
}

Result<std::optional<Fault>> RowReader::read_sequence(SequenceBatch& batch) {
  if (!label_numbers_) {
    Extent unused;
    return read_content(batch, unused);
  }
  // With a separator before the first sequence, labels are one place behind the ids.
  const std::uint64_t labels_done = label_numbers_->region().count - label_numbers_->left();
  Extent extent;
  const std::uint64_t lag = ids_done() - labels_done;
  Result<std::optional<Fault>> fault = read_content(batch, extent);
  if (!fault) return fault;
  extent.start += lag;
  Result<std::optional<Fault>> of_labels = read_labels(extent, ids_done() - labels_done);
  return of_labels && *fault ? fault : of_labels;
}

Result<std::optional<Fault>> RowReader::read_labels(const Extent& extent, std::uint64_t count) {
  std::optional<Fault> fault;
  labels_.clear();
  for (std::uint64_t done = 0; done < count;) {
    const std::uint64_t place = label_numbers_->place();
    const Result<std::span<const std::int64_t>> values = label_numbers_->take(count - done);
    if (!values) return tl::unexpected(values.error());
    const Extent part = extent.within(done, values->size());
    const auto kept = values->subspan(static_cast<std::size_t>(part.start),
                                      static_cast<std::size_t>(part.length));
    const auto bad = std::find_if_not(kept.begin(), kept.end(), is_label);
    if (bad != kept.end() && !fault) {
      const auto before = part.start + static_cast<std::uint64_t>(bad - kept.begin());
      fault = Fault{FaultKind::malformed,
                    {},
                    0,
                    formatted("{}: byte {}: the label {} is no id and not -100",
                              label_numbers_->region().file->name(),
                              place + before * label_numbers_->region().element.bytes, *bad)};
    }
    labels_.insert(labels_.end(), kept.begin(), kept.end());
    done += values->size();
  }
  return fault;
}

Result<RowReader::Extent> RowReader::next_extent() {
  if (!lengths_) return Extent{0, std::min(row_length_, ids_.left())};
  if (lengths_are_mask_) return extent_from_mask();
  const std::uint64_t place = lengths_->place();
  const Result<std::int64_t> length = lengths_->take_one();
  if (!length) return tl::unexpected(length.error());
  const std::uint64_t most = cut_ == Cut::rows ? row_length_ : ids_.left();
  if (*length < 0 || static_cast<std::uint64_t>(*length) > most) {
    return tl::unexpected(lengths_->region().file->fault(
        place,
        formatted("the length of sequence {}: got {}; allowed: 0 to {}", number_, *length, most)));
  }
  return Extent{0, static_cast<std::uint64_t>(*length)};
}

Result<RowReader::Extent> RowReader::extent_from_mask() {
  MaskScan scan;
  for (std::uint64_t done = 0; done < row_length_;) {
    const std::uint64_t place = lengths_->place();
    const Result<std::span<const std::int64_t>> mask = lengths_->take(row_length_ - done);
    if (!mask) return tl::unexpected(mask.error());
    for (std::size_t i = 0; i < mask->size(); ++i) {
      if (scan.add((*mask)[i])) continue;
      return tl::unexpected(lengths_->region().file->fault(
          place + i * lengths_->region().element.bytes,
          formatted("attention_mask of sequence {}: {}", number_, scan.reason())));
    }
    done += mask->size();
  }
  return Extent{scan.start(), scan.length()};
}

std::optional<Fault> RowReader::take_ids(std::span<const std::int64_t> values, std::uint64_t place,
                                         SequenceBatch& batch) const {
  constexpr std::uint64_t all_ids = std::uint64_t{UINT32_MAX} + 1;
  const auto limit =
      static_cast<std::int64_t>(std::min(promises_.vocab_size.value_or(all_ids), all_ids));
  const std::size_t before = batch.tokens.size();
  batch.tokens.resize(before + values.size());
  std::uint32_t* out = batch.tokens.data() + before;
  std::uint64_t wrong = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<std::uint64_t>(values[i]);  // negative ones are the largest
    wrong |= value >= static_cast<std::uint64_t>(limit) ? 1U : 0U;
    out[i] = static_cast<std::uint32_t>(value);
  }
  if (wrong == 0) return std::nullopt;
  const auto bad = std::find_if(values.begin(), values.end(),
                                [&](std::int64_t value) { return value < 0 || value >= limit; });
  const std::uint64_t at =
      place + static_cast<std::uint64_t>(bad - values.begin()) * ids_.region().element.bytes;
  if (*bad < 0) {
    return Fault{FaultKind::negative_id, {}, 0, formatted("byte {}: negative id {}", at, *bad)};
  }
  if (*bad == INT64_MAX) {
    return Fault{FaultKind::id_too_large,
                 {},
                 0,
                 formatted("byte {}: an id of 2^63 - 1 or more is above 4294967295", at)};
  }
  const bool is_promised = limit <= UINT32_MAX;
  return Fault{FaultKind::id_too_large,
               {},
               0,
               is_promised ? formatted("byte {}: id {}; its metadata allows 0 to {}, below "
                                       "vocab_size",
                                       at, *bad, limit - 1)
                           : formatted("byte {}: id {} is above 4294967295", at, *bad)};
}

Result<std::optional<Fault>> RowReader::read_ids(std::uint64_t count, const Extent& extent,
                                                 SequenceBatch& batch) {
  std::optional<Fault> fault;
  for (std::uint64_t done = 0; done < count;) {
    const std::uint64_t place = ids_.place();
    const Result<std::span<const std::int64_t>> values = ids_.take(count - done);
    if (!values) return tl::unexpected(values.error());
    const Extent part = extent.within(done, values->size());
    if (part.length > 0 && !fault) {
      fault = take_ids(values->subspan(static_cast<std::size_t>(part.start),
                                       static_cast<std::size_t>(part.length)),
                       place + part.start * ids_.region().element.bytes, batch);
    }
    done += values->size();
  }
  return fault;
}

/// Whether it was in front, so that the content begins after it.
bool RowReader::leave_out_separator(std::size_t before, SequenceBatch& batch) const {
  if (batch.tokens.size() == before) return false;
  const auto first = batch.tokens.begin() + static_cast<std::ptrdiff_t>(before);
  const bool is_in_front = separator_->is_first && *first == separator_->id;
  if (is_in_front) batch.tokens.erase(first);
  if (!separator_->is_first && batch.tokens.back() == separator_->id) batch.tokens.pop_back();
  return is_in_front;
}

Result<void> RowReader::read_first_separator() {
  if (ids_.left() == 0 || separator_read_) return {};
  const ElementRegion& ids = ids_.region();
  const Result<std::int64_t> first = ElementReader(ids.part(0, 1)).take_one();
  if (!first) return tl::unexpected(first.error());
  separator_read_ = true;
  if (*first == separator_->id) {
    const Result<std::int64_t> taken = ids_.take_one();
    return taken ? Result<void>() : tl::unexpected(taken.error());
  }
  if (promises_.sequences) {
    return tl::unexpected(ids.file->fault(
        ids.offset, formatted("no separator {} in front of the first sequence", separator_->id)));
  }
  notes_.push_back("it begins inside a sequence, whose rest is the first one");
  return {};
}

Result<std::optional<Fault>> RowReader::read_to_separator(SequenceBatch& batch) {
  std::optional<Fault> fault;
  separator_read_ = false;
  while (ids_.left() > 0) {
    const std::uint64_t place = ids_.place();
    const Result<std::int64_t> value = ids_.take_one();
    if (!value) return tl::unexpected(value.error());
    if (*value == separator_->id) {
      separator_read_ = separator_->is_first;
      return fault;
    }
    if (!fault) fault = take_ids(std::span(&*value, 1), place, batch);
  }
  if (separator_->is_first) return fault;
  if (!promises_.sequences) {
    notes_.push_back("it ends inside a sequence, whose beginning is the last one");
    return fault;
  }
  if (!fault) {
    fault = Fault{FaultKind::malformed,
                  {},
                  0,
                  formatted("byte {}: no separator {} after the last sequence", ids_.place(),
                            separator_->id)};
  }
  return fault;
}

}  // namespace synthgen
