#include "synthgen/formats/tables/stream_encoder.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/tables/pieces.hpp"
#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>

namespace synthgen {

void append_separated(std::span<const std::uint32_t> ids, const std::optional<Separator>& separator,
                      Dtype dtype, std::string& bytes) {
  if (separator && separator->is_first) append_ids({&separator->id, 1}, dtype, bytes);
  append_ids(ids, dtype, bytes);
  if (separator && !separator->is_first) append_ids({&separator->id, 1}, dtype, bytes);
}

FilePlan plan_of_all_ids(const FormatOptions& options, FilePlan plan) {
  plan.vocab_size = std::max(plan.vocab_size, plan.dataset_vocab_size);
  if (options.separator) {
    plan.vocab_size = std::max(plan.vocab_size, std::uint64_t{*options.separator} + 1);
  }
  return plan;
}

std::vector<Problem> check_separator(const FormatOptions& options, const FilePlan& plan) {
  if (!options.separator || *options.separator >= plan.vocab_size) return {};
  return {{"separator", std::to_string(*options.separator),
           formatted("an id that is not in the vocabulary: {} or more", plan.vocab_size)}};
}

SideFile stream_metadata_file(const FilePlan& plan, Dtype dtype,
                              const std::optional<Separator>& separator) {
  Json more = {{"dtype", name(dtype)}};
  if (separator) more["separator"] = separator->id;
  if (separator && separator->is_first) more["separator_first"] = true;
  return row_metadata(plan, plan.lengths.longest, more);
}

Result<void> append_separated_labels(const SequenceBatch& batch, std::size_t i,
                                     const std::optional<Separator>& separator, Dtype dtype,
                                     std::string& bytes) {
  const auto width = static_cast<std::size_t>(bytes_of(dtype));
  const auto append = [&](std::int64_t label) {
    bytes.append(reinterpret_cast<const char*>(&label),
                 width);  // the lowest bytes
  };
  if (separator && separator->is_first) append(ignored_label);
  const auto labels = batch.labels_of(i);
  for (std::size_t t = 0; t < batch.content(i).size(); ++t) {
    const std::int64_t label = t < labels.size() ? labels[t] : ignored_label;
    if (label > static_cast<std::int64_t>(largest_id(dtype))) {
      return fail(ErrorKind::data,
                  formatted("the label {} is more than {} holds", label, name(dtype)));
    }
    append(label);
  }
  if (separator && !separator->is_first) append(ignored_label);
  return {};
}

SideFile stream_labels_file(const FilePlan& plan, const FileTotals& totals) {
  return {plan.stem + std::string(stream_labels_ending),
          std::make_unique<LogPieces>(std::string(), totals.labels)};
}

Result<void> StreamEncoder::encode(const SequenceBatch& batch, EncodedChunk& chunk) const {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto content = batch.content(i);
    if (!separator_ && content.size() != plan_.lengths.longest) {
      return fail(ErrorKind::data, formatted("{}: a sequence of {} tokens where {} were promised",
                                             plan_.stem, content.size(), plan_.lengths.longest));
    }
    append_separated(content, separator_, dtype_, chunk.bytes);
    if (!with_labels_) continue;
    Result<void> labelled =
        append_separated_labels(batch, i, separator_, label_dtype_for(dtype_), chunk.labels);
    if (!labelled) return labelled;
  }
  return {};
}

std::vector<SideFile> StreamEncoder::side_files(const FileTotals& totals) const {
  std::vector<SideFile> files;
  files.push_back(stream_metadata_file(plan_, dtype_, separator_));
  if (with_labels_) files.push_back(stream_labels_file(plan_, totals));
  return files;
}

Result<Dtype> stream_dtype(const FormatOptions& options, const FormatEntry& entry,
                           const FilePlan& plan) {
  const FilePlan all_splits_alike = plan_of_all_ids(options, plan);
  const Dtype dtype = dtype_of(options, entry, all_splits_alike, false);
  std::vector<Problem> problems = check_ids(all_splits_alike, dtype, false);
  if (!options.separator && !plan.lengths.equal()) {
    problems.push_back({"separator",
                        {},
                        formatted("{}: sequences differ in length, so {} needs an id between them; "
                                  "formats that need none: {}",
                                  plan.stem, entry.name, format_names([](const FormatEntry& other) {
                                    return !other.needs_separator;
                                  }))});
  }
  for (Problem& problem : check_separator(options, plan)) problems.push_back(std::move(problem));
  if (!problems.empty()) return fail(std::move(problems));
  return dtype;
}

}  // namespace synthgen
