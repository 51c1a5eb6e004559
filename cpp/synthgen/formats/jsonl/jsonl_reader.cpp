#include "synthgen/formats/jsonl/jsonl_reader.hpp"

#include "synthgen/formats/jsonl/jsonl_line.hpp"
#include "synthgen/io/compression.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace synthgen {
namespace {

/// Whether a file is named .json, compressed or not.
bool is_named_json(std::filesystem::path name) {
  if (compression_of_extension(name.extension().string()) != nullptr) name = name.stem();
  return name.extension() == ".json";
}

}  // namespace

JsonlReader JsonlReader::of_text(std::string_view text, std::string name) {
  return {lines_of_text(text), std::move(name)};
}

Result<bool> JsonlReader::next_line(std::string_view& line) {
  Result<bool> more = source_->next(line, line_number_ + 1);
  if (!more || !*more) return more;
  ++line_number_;
  if (line_number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return true;
}

Result<bool> JsonlReader::next_record(std::string_view& record) {
  const auto stopped_at = [&](std::uint64_t line, std::string_view reason) {
    return fail(ErrorKind::data,
                Fault{FaultKind::malformed, name_, line, std::string(reason)}.text());
  };
  for (;;) {
    if (records_) {
      const JsonRecords::Found found = records_->next(record);
      record_line_ = records_->line();
      if (found == JsonRecords::Found::record) return true;
      if (found == JsonRecords::Found::fault) return stopped_at(record_line_, records_->reason());
    }
    std::string_view line;
    const bool is_first = line_number_ == 0;
    const Result<bool> more = next_line(line);
    if (!more) return more;
    if (!*more) {
      const std::string_view reason = records_ ? records_->reason_at_end() : std::string_view();
      if (reason.empty()) return false;
      return stopped_at(std::max<std::uint64_t>(1, record_line_), reason);
    }
    if (is_first) {
      const JsonRecords::Layout layout = JsonRecords::layout_of(line, is_named_json(name_));
      if (layout != JsonRecords::Layout::lines) records_.emplace(layout);
    }
    if (records_) {
      records_->add_line(line, line_number_);
      continue;
    }
    record = line;
    record_line_ = line_number_;
    return true;
  }
}

std::vector<std::string> JsonlReader::notes() const {
  if (others_.empty()) return {};
  return {not_read_note(others_)};
}

void JsonlReader::remember(const std::vector<std::string>& others) {
  constexpr std::size_t most = 20;
  for (const std::string& name : others) {
    const bool is_known = std::find(others_.begin(), others_.end(), name) != others_.end();
    if (!is_known && others_.size() < most) others_.push_back(name);
  }
}

Result<bool> JsonlReader::read(SequenceBatch& batch, std::uint64_t enough_tokens,
                               std::vector<std::uint64_t>* lines, const FaultSink& sink) {
  while (batch.tokens.size() < enough_tokens) {
    std::string_view line;
    const Result<bool> more = next_record(line);
    if (!more || !*more) return more;
    if (line.find_first_not_of(" \t") == line.npos) {
      if (blank_line_ == 0) blank_line_ = record_line_;
      continue;
    }
    if (blank_line_ != 0) {
      const Result<void> reported =
          report({FaultKind::malformed, {}, 0, "blank line between sequences"}, name_,
                 std::exchange(blank_line_, 0), sink);
      if (!reported) return tl::unexpected(reported.error());
    }
    RecordNotes notes;
    if (std::optional<Fault> fault = parse_jsonl_line(line, batch.tokens, notes)) {
      const Result<void> reported = report(std::move(*fault), name_, record_line_, sink);
      if (!reported) return tl::unexpected(reported.error());
      continue;
    }
    remember(notes.others);
    batch.offsets.push_back(batch.tokens.size());
    batch.set_padding(static_cast<std::size_t>(notes.padding));
    batch.set_latents(std::move(notes.latents));
    batch.set_labels(notes.labels);
    batch.set_predictive_bits(notes.predictive_bits);
    if (!notes.oracle_bits.empty()) {
      std::copy(notes.oracle_bits.begin(), notes.oracle_bits.end(), batch.append_oracle().begin());
    }
    if (lines != nullptr) lines->push_back(record_line_);
  }
  return true;
}

Result<SequenceBatch> parse_synthetic_data(std::string_view text, std::string name) {
  return JsonlReader::of_text(text, std::move(name)).read_all();
}

}  // namespace synthgen
