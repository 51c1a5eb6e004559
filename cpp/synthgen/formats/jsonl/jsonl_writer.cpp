#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include <charconv>

namespace synthgen {
namespace {

/// Numbers of at most ten characters as a JSON list.
template <class Number>
void append_list(std::span<const Number> numbers, std::string& bytes) {
  constexpr std::size_t longest = 11;  // ten digits and a comma
  bytes += '[';
  const std::size_t start = bytes.size();
  bytes.resize(start + numbers.size() * longest);
  char* out = bytes.data() + start;
  for (const Number number : numbers) {
    out = std::to_chars(out, out + longest, number).ptr;
    *out++ = ',';
  }
  if (!numbers.empty()) --out;
  bytes.resize(static_cast<std::size_t>(out - bytes.data()));
  bytes += ']';
}

}  // namespace

void append_jsonl(const SequenceBatch& batch, std::string& bytes) {
  append_jsonl(batch, 0, batch.size(), bytes);
}

void append_jsonl(const SequenceBatch& batch, std::size_t first, std::size_t count,
                  std::string& bytes) {
  for (std::size_t i = first; i < first + count; ++i) {
    bytes += "{\"input_ids\":";
    append_list(batch[i], bytes);
    if (batch.padding_of(i) > 0) bytes += formatted(",\"padding\":{}", batch.padding_of(i));
    if (const auto labels = batch.labels_of(i); !labels.empty()) {
      bytes += ",\"labels\":";
      append_list(labels, bytes);
    }
    if (const Latents* latents = batch.latents_of(i)) {
      bytes += ",\"latents\":";
      append_text(*latents, bytes);
    }
    bytes += "}\n";
  }
}

}  // namespace synthgen
