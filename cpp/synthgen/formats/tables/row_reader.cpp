#include "synthgen/formats/tables/row_reader.hpp"

#include "synthgen/config/formatted.hpp"

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
  return reader;
}

std::unique_ptr<RowReader> RowReader::of_runs(ElementRegion ids, ElementRegion lengths) {
  std::unique_ptr<RowReader> reader(new RowReader(Cut::runs, std::move(ids)));
  reader->lengths_.emplace(std::move(lengths));
  return reader;
}

std::unique_ptr<RowReader> RowReader::of_separated(ElementRegion ids, std::uint32_t separator) {
  std::unique_ptr<RowReader> reader(new RowReader(Cut::separators, std::move(ids)));
  reader->separator_ = separator;
  return reader;
}

bool RowReader::at_end() const {
  return cut_ == Cut::runs ? lengths_->left() == 0 : ids_.left() == 0;
}

Result<bool> RowReader::read(SequenceBatch& batch, std::uint64_t enough_tokens,
                             std::vector<std::uint64_t>* places, const FaultSink& sink) {
  // Empty sequences cost memory as well.
  while (batch.tokens.size() < enough_tokens && batch.size() < enough_tokens) {
    if (at_end()) {
      if (ids_.left() == 0) return false;
      return tl::unexpected(ids_.region().file->fault(
          ids_.place(), formatted("{} ids more than the lengths add up to", ids_.left())));
    }
    ++number_;
    const std::size_t before = batch.tokens.size();
    Result<std::optional<Fault>> fault = read_sequence(batch);
    if (!fault) return tl::unexpected(std::move(fault.error()));
    if (*fault) {
      batch.tokens.resize(before);
      (*fault)->file = ids_.region().file->name();
      (*fault)->line = number_;
      if (!sink) return fail(ErrorKind::data, (*fault)->text());
      sink(std::move(**fault));
      continue;
    }
    batch.offsets.push_back(batch.tokens.size());
    batch.set_padding(0);
    batch.set_latents(std::nullopt);
    batch.set_labels(labels_);
    if (places != nullptr) places->push_back(number_);
  }
  return true;
}

Result<std::optional<Fault>> RowReader::read_sequence(SequenceBatch& batch) {
  if (cut_ == Cut::separators) return read_to_separator(batch);
  const Result<std::uint64_t> length = next_length();
  if (!length) return tl::unexpected(length.error());
  const std::uint64_t row = std::min(row_length_, ids_.left());  // the last one may be shorter
  Result<std::optional<Fault>> fault = read_ids(cut_ == Cut::rows ? row : *length, *length, batch);
  if (!fault || !label_numbers_) return fault;
  Result<std::optional<Fault>> of_labels = read_labels(*length);
  return of_labels && *fault ? fault : of_labels;
}

Result<std::optional<Fault>> RowReader::read_labels(std::uint64_t length) {
  std::optional<Fault> fault;
  labels_.clear();
  for (std::uint64_t done = 0; done < row_length_;) {
    const std::uint64_t place = label_numbers_->place();
    const Result<std::span<const std::int64_t>> values = label_numbers_->take(row_length_ - done);
    if (!values) return tl::unexpected(values.error());
    const auto kept = values->first(static_cast<std::size_t>(
        std::min<std::uint64_t>(values->size(), length - std::min(length, done))));
    const auto bad = std::find_if_not(kept.begin(), kept.end(), is_label);
    if (bad != kept.end() && !fault) {
      const auto before = static_cast<std::uint64_t>(bad - kept.begin());
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

Result<std::uint64_t> RowReader::next_length() {
  if (!lengths_) return std::min(row_length_, ids_.left());
  if (lengths_are_mask_) return length_from_mask();
  const std::uint64_t place = lengths_->place();
  const Result<std::int64_t> length = lengths_->take_one();
  if (!length) return tl::unexpected(length.error());
  const std::uint64_t most = cut_ == Cut::rows ? row_length_ : ids_.left();
  if (*length < 0 || static_cast<std::uint64_t>(*length) > most) {
    return tl::unexpected(lengths_->region().file->fault(
        place,
        formatted("the length of sequence {}: got {}; allowed: 0 to {}", number_, *length, most)));
  }
  return static_cast<std::uint64_t>(*length);
}

Result<std::uint64_t> RowReader::length_from_mask() {
  std::uint64_t length = 0;
  for (std::uint64_t done = 0; done < row_length_;) {
    const std::uint64_t place = lengths_->place();
    const Result<std::span<const std::int64_t>> mask = lengths_->take(row_length_ - done);
    if (!mask) return tl::unexpected(mask.error());
    for (std::size_t i = 0; i < mask->size(); ++i) {
      const std::int64_t kept = (*mask)[i];
      if ((kept == 1 && length == done + i) || kept == 0) {
        length += static_cast<std::uint64_t>(kept);
        continue;
      }
      return tl::unexpected(lengths_->region().file->fault(
          place + i * lengths_->region().element.bytes,
          formatted("the mask of sequence {} is not ones, then zeros", number_)));
    }
    done += mask->size();
  }
  return length;
}

std::optional<Fault> RowReader::take_ids(std::span<const std::int64_t> values, std::uint64_t place,
                                         SequenceBatch& batch) const {
  const std::size_t before = batch.tokens.size();
  batch.tokens.resize(before + values.size());
  std::uint32_t* out = batch.tokens.data() + before;
  bool good = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    good = good && values[i] >= 0 && values[i] <= UINT32_MAX;
    out[i] = static_cast<std::uint32_t>(values[i]);
  }
  if (good) return std::nullopt;
  const auto bad = std::find_if(values.begin(), values.end(),
                                [](std::int64_t value) { return value < 0 || value > UINT32_MAX; });
  const std::uint64_t at =
      place + static_cast<std::uint64_t>(bad - values.begin()) * ids_.region().element.bytes;
  if (*bad < 0) {
    return Fault{FaultKind::negative_id, {}, 0, formatted("byte {}: negative id {}", at, *bad)};
  }
  return Fault{
      FaultKind::id_too_large, {}, 0, formatted("byte {}: id {} is above 4294967295", at, *bad)};
}

Result<std::optional<Fault>> RowReader::read_ids(std::uint64_t count, std::uint64_t length,
                                                 SequenceBatch& batch) {
  std::optional<Fault> fault;
  for (std::uint64_t done = 0; done < count;) {
    const std::uint64_t place = ids_.place();
    const Result<std::span<const std::int64_t>> values = ids_.take(count - done);
    if (!values) return tl::unexpected(values.error());
    if (done < length && !fault) {
      fault = take_ids(values->first(static_cast<std::size_t>(
                           std::min<std::uint64_t>(values->size(), length - done))),
                       place, batch);
    }
    done += values->size();
  }
  return fault;
}

Result<std::optional<Fault>> RowReader::read_to_separator(SequenceBatch& batch) {
  std::optional<Fault> fault;
  while (ids_.left() > 0) {
    const std::uint64_t place = ids_.place();
    const Result<std::int64_t> value = ids_.take_one();
    if (!value) return tl::unexpected(value.error());
    if (*value == separator_) return fault;
    if (!fault) fault = take_ids(std::span(&*value, 1), place, batch);
  }
  if (!fault) {
    fault = Fault{
        FaultKind::malformed,
        {},
        0,
        formatted("byte {}: no separator {} after the last sequence", ids_.place(), separator_)};
  }
  return fault;
}

}  // namespace synthgen
