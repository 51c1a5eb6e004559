#include "synthgen/formats/jsonl/jsonl_line.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/jsonl/compact_ids.hpp"
#include "synthgen/formats/jsonl/line_listener.hpp"
#include "synthgen/generate/latents/latents_json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <algorithm>
#include <utility>

namespace synthgen {
namespace {

/// Where a record's padding is: how many tokens before and after the others. Fails where the mask
/// does not fit.
std::optional<std::string> fit_mask(const LineListener& listener, std::size_t length,
                                    std::uint64_t& before, std::uint64_t& after) {
  after = listener.padding().value_or(0);
  if (after > length) {
    return formatted("padding {} is more than the sequence's {}", after, counted(length, "token"));
  }
  if (!listener.has_mask()) return std::nullopt;
  const MaskScan& mask = listener.mask();
  if (mask.size() != length) {
    return formatted("attention_mask has {} for the sequence's {}", counted(mask.size(), "number"),
                     counted(length, "token"));
  }
  before = mask.start();
  after = length - before - mask.length();
  if (listener.padding() && *listener.padding() != after) {
    return formatted("padding is {}, but attention_mask has {} at the end", *listener.padding(),
                     counted(after, "zero"));
  }
  return std::nullopt;
}

/// The common records: ids and no other member.
bool parse_compact(std::string_view line, std::vector<std::uint32_t>& tokens) {
  for (const auto& [head, tail] :
       {std::pair<std::string_view, std::string_view>{"{\"input_ids\":[", "]}"},
        {"{\"input_ids\": [", "]}"},
        {"{\"tokens\":[", "]}"},
        {"{\"tokens\": [", "]}"},
        {"[", "]"}}) {
    if (line.size() < head.size() + tail.size() || !line.starts_with(head)) continue;
    if (!line.ends_with(tail)) return false;
    line.remove_prefix(head.size());
    line.remove_suffix(tail.size());
    return append_compact_ids(line, tokens);
  }
  return false;
}

/// Puts null for the NaN and infinities that Python's json writes and JSON lacks.
std::string without_python_numbers_of(std::string_view line) {
  std::string text;
  bool in_text = false;
  for (std::size_t at = 0; at < line.size();) {
    if (in_text && line[at] == '\\' && at + 1 < line.size()) {
      text += line.substr(at, 2);
      at += 2;
      continue;
    }
    if (line[at] == '"') in_text = !in_text;
    std::size_t skipped = 0;
    for (const std::string_view word : {"NaN", "-Infinity", "Infinity"}) {
      if (!in_text && line.substr(at).starts_with(word)) skipped = word.size();
    }
    if (skipped > 0) {
      text += "null";
    } else {
      text += line[at];
    }
    at += std::max<std::size_t>(1, skipped);
  }
  return text;
}

Fault malformed_line(std::string message) {
  return {FaultKind::malformed, {}, 0, std::move(message)};
}

/// Parses one line; the fault, if it is one.
std::optional<Fault> listen(std::string_view line, LineListener& listener) {
  const bool complete = Json::sax_parse(line, &listener);
  std::optional<Fault> fault = listener.take_fault();
  if (!fault && (!complete || !listener.found())) {
    fault = malformed_line("no member input_ids or tokens");
  }
  return fault;
}

/// Whether labels are the ids themselves, or ignored: models that are given
/// them shift them, so they are no labels of their own positions.
bool repeats(std::span<const std::int64_t> labels, std::span<const std::uint32_t> ids) {
  bool some = false;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == ignored_label) continue;
    if (labels[i] != std::int64_t{ids[i]}) return false;
    some = true;
  }
  return some;
}
/// Checks what a line has besides its ids, and moves padding in front to the end; `notes` gets it.
/// With a fault, or one that is found here, `tokens` are as before.
std::optional<Fault> take_record(LineListener& listener, std::vector<std::uint32_t>& tokens,
                                 std::size_t before, std::optional<Fault> fault,
                                 RecordNotes& notes) {
  const std::size_t length = tokens.size() - before;
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  if (!fault) {
    if (auto reason = fit_mask(listener, length, left, right))
      fault = malformed_line(std::move(*reason));
  }
  notes.padding = left + right;
  if (!fault && listener.has_labels()) {
    notes.labels = listener.take_labels();
    if (notes.labels.size() != length) {
      fault = malformed_line(formatted("{} for the sequence's {}",
                                       counted(notes.labels.size(), "label"),
                                       counted(length, "token")));
    }
  }
  const bool repeats_ids =
      !fault && listener.has_mask() &&
      repeats(notes.labels, std::span(tokens).subspan(before, tokens.size() - before));
  if (repeats_ids) notes.labels.clear();
  if (!fault) {
    notes.predictive_bits = listener.take_bits();
    notes.oracle_bits = listener.take_oracle();
    for (const auto& [name, bits] : {std::pair{"predictive_bits", &notes.predictive_bits},
                                     {"oracle_bits", &notes.oracle_bits}}) {
      if (bits->empty() || bits->size() == length) continue;
      fault = malformed_line(formatted("{} of {} for the sequence's {}",
                                       counted(bits->size(), "number"), name,
                                       counted(length, "token")));
    }
  }
  if (!fault && !listener.latents().is_null()) {
    Result<Latents> latents = read_latents(listener.latents(), length);
    if (!latents) {
      fault = malformed_line(std::move(latents.error().message));
    } else if (left > 0) {
      fault =
          malformed_line("latents with padding in front, which their positions do not allow for");
    } else {
      notes.latents = std::move(*latents);
    }
  }
  notes.others = listener.take_others();
  if (repeats_ids) notes.others.push_back("labels");
  if (fault) {
    tokens.resize(before);
    return fault;
  }
  // Padding in front moves to the end.
  const auto shift = static_cast<std::ptrdiff_t>(left);
  const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(before);
  std::rotate(begin, begin + shift, tokens.end());
  if (!notes.labels.empty()) {
    std::rotate(notes.labels.begin(), notes.labels.begin() + shift, notes.labels.end());
  }
  for (std::vector<float>* bits : {&notes.predictive_bits, &notes.oracle_bits}) {
    if (!bits->empty()) std::rotate(bits->begin(), bits->begin() + shift, bits->end());
  }
  return std::nullopt;
}

/// Parses a line whose `tokens` are words, if they are; null otherwise.
bool parse_with_words(std::string_view line, std::vector<std::uint32_t>& tokens, std::size_t before,
                      std::optional<Fault>& fault, RecordNotes& notes) {
  if (line.find("\"input_ids\"") == line.npos || line.find("\"tokens\"") == line.npos) return false;
  std::vector<std::uint32_t> ids;
  LineListener listener(ids, true);
  std::optional<Fault> other = listen(line, listener);
  if (other || listener.words_are_numbers()) return false;
  tokens.resize(before);
  tokens.insert(tokens.end(), ids.begin(), ids.end());
  notes = {};
  fault = take_record(listener, tokens, before, std::move(other), notes);
  return true;
}

}  // namespace

std::optional<Fault> parse_jsonl_line(std::string_view line, std::vector<std::uint32_t>& tokens,
                                      RecordNotes& notes) {
  constexpr std::size_t long_line = 1 << 20;
  notes = {};
  if (line.size() > long_line) {  // memory in proportion to it
    const auto commas = static_cast<std::size_t>(std::count(line.begin(), line.end(), ','));
    tokens.reserve(tokens.size() + commas + 1);
  }
  if (parse_compact(line, tokens)) return std::nullopt;
  const std::size_t before = tokens.size();
  std::optional<Fault> fault;
  {
    LineListener listener(tokens, false);
    fault = take_record(listener, tokens, before, listen(line, listener), notes);
  }
  if (!fault || parse_with_words(line, tokens, before, fault, notes)) return fault;
  if (line.find("NaN") == line.npos && line.find("Infinity") == line.npos) return fault;
  const std::string text = without_python_numbers_of(line);
  if (text == line) return fault;
  return parse_jsonl_line(text, tokens, notes);
}

}  // namespace synthgen
