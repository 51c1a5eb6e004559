#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/decimal_text.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

namespace synthgen {
namespace {

/// Ids, and `ignored_label` where there is none.
void append_labels(std::span<const std::int64_t> labels, std::string& bytes) {
  constexpr std::size_t longest_label = 11;  // ten digits and a comma
  const std::size_t start = bytes.size();
  bytes.resize(start + labels.size() * longest_label);
  char* out = bytes.data() + start;
  for (const std::int64_t label : labels) {
    out = std::to_chars(out, out + longest_label, label).ptr;
    *out++ = ',';
  }
  if (!labels.empty()) --out;
  bytes.resize(static_cast<std::size_t>(out - bytes.data()));
}

/// A number with at most `most_decimals` decimals and no zeros at the end; null unless finite.
void append_rounded(float number, int most_decimals, std::string& bytes) {
  if (!std::isfinite(number)) {
    bytes += "null";
    return;
  }
  double scale = 1;
  for (int i = 0; i < most_decimals; ++i) scale *= 10;
  const auto units = static_cast<std::int64_t>(std::floor(double{number} * scale + 0.5));
  const auto whole = static_cast<std::int64_t>(scale);
  char digits[24];
  bytes.append(digits, std::to_chars(digits, std::end(digits), units / whole).ptr);
  if (units % whole == 0) return;
  // The leading 1 keeps the zeros after the point.
  const auto [end, error] = std::to_chars(digits, std::end(digits), whole + units % whole);
  std::string_view decimals(digits + 1, static_cast<std::size_t>(end - digits - 1));
  decimals.remove_suffix(decimals.size() - 1 - decimals.find_last_not_of('0'));
  bytes += '.';
  bytes += decimals;
}

/// Bits to a millionth, a list for each sequence; laws to a billionth, a list for each token.
void append_numbers(std::string_view name, std::span<const float> numbers, std::size_t width,
                    std::string& bytes) {
  bytes += formatted(",\"{}\":[", name);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) bytes += ',';
    if (width > 1 && i % width == 0) bytes += '[';
    append_rounded(numbers[i], width == 1 ? 6 : 9, bytes);
    if (width > 1 && i % width == width - 1) bytes += ']';
  }
  bytes += ']';
}

}  // namespace

void append_jsonl(const SequenceBatch& batch, std::string& bytes) {
  append_jsonl(batch, 0, batch.size(), bytes);
}

void append_jsonl(const SequenceBatch& batch, std::size_t first, std::size_t count,
                  std::string& bytes) {
  for (std::size_t i = first; i < first + count; ++i) {
    bytes += "{\"input_ids\":[";
    append_decimal(batch[i], bytes);
    bytes += ']';
    if (batch.padding_of(i) > 0) bytes += formatted(",\"padding\":{}", batch.padding_of(i));
    if (const auto labels = batch.labels_of(i); !labels.empty()) {
      bytes += ",\"labels\":[";
      append_labels(labels, bytes);
      bytes += ']';
    }
    if (const auto numbers = batch.predictive_of(i); !numbers.empty()) {
      const std::size_t width = batch.predictive_width;
      append_numbers(width == 1 ? "predictive_bits" : "predictive_law", numbers, width, bytes);
      // Those of tokens: costs of labels have no other to compare with.
      const auto oracle = batch.oracle_of(i);
      if (width == 1 && !oracle.empty() && batch.labels_of(i).empty()) {
        append_numbers("oracle_bits", oracle, 1, bytes);
      }
    }
    if (const Latents* latents = batch.latents_of(i)) {
      bytes += ",\"latents\":";
      append_text(*latents, bytes);
    }
    bytes += "}\n";
  }
}

}  // namespace synthgen
