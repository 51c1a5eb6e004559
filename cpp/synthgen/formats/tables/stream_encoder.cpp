#include "synthgen/formats/tables/stream_encoder.hpp"

#include "synthgen/config/formatted.hpp"
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

Result<void> StreamEncoder::encode(const SequenceBatch& batch, EncodedChunk& chunk) const {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto content = batch.content(i);
    if (!separator_ && content.size() != plan_.lengths.longest) {
      return fail(ErrorKind::data, formatted("{}: a sequence of {} tokens where {} were promised",
                                             plan_.stem, content.size(), plan_.lengths.longest));
    }
    append_separated(content, separator_, dtype_, chunk.bytes);
  }
  return {};
}

std::vector<SideFile> StreamEncoder::side_files(const FileTotals&) const {
  std::vector<SideFile> files;
  files.push_back(stream_metadata_file(plan_, dtype_, separator_));
  return files;
}

Result<Dtype> stream_dtype(const FormatOptions& options, const FormatEntry& entry,
                           const FilePlan& plan) {
  const FilePlan all_splits_alike = plan_of_all_ids(options, plan);
  const Dtype dtype = dtype_of(options, entry, all_splits_alike, false);
  std::vector<Problem> problems = check_ids(all_splits_alike, dtype, false);
  if (!options.separator && !plan.lengths.equal()) {
    problems.push_back(
        {"separator",
         {},
         formatted("{}: sequences differ in length, so {} needs an id between them; "
                   "formats that need none: {}",
                   plan.stem, entry.name,
                   format_names([](const FormatEntry& other) { return !other.needs_separator; }))});
  }
  for (Problem& problem : check_separator(options, plan)) problems.push_back(std::move(problem));
  if (!problems.empty()) return fail(std::move(problems));
  return dtype;
}

}  // namespace synthgen
