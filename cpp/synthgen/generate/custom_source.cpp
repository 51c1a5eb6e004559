#include "synthgen/generate/custom_source.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// What is wrong with a sequence's labels, or nothing.
std::string label_complaint(const CustomSequence& sequence, const SequenceGenerator& generator) {
  const std::size_t expected = generator.has_labels() ? sequence.tokens.size() : 0;
  if (sequence.labels.size() != expected) {
    return formatted("has {} for {}; allowed: {}", counted(sequence.labels.size(), "label"),
                     counted(sequence.tokens.size(), "token"), expected);
  }
  const auto bad = std::find_if_not(sequence.labels.begin(), sequence.labels.end(), is_label);
  if (bad == sequence.labels.end()) return {};
  return formatted("label {}: got {}; allowed: an id or -100", bad - sequence.labels.begin(), *bad);
}

/// What is wrong with a sequence, or nothing.
std::string complaint(const CustomSequence& sequence, const SequenceGenerator& generator) {
  const auto length = static_cast<std::int64_t>(sequence.tokens.size());
  if (length == 0) return "is empty";
  if (length > generator.max_length()) {
    return formatted("has {}; allowed: at most {}", counted(sequence.tokens.size(), "token"),
                     generator.max_length());
  }
  if (sequence.padding > sequence.tokens.size()) {
    return formatted("has {} of padding among {}", counted(sequence.padding, "token"), length);
  }
  for (std::size_t t = 0; t < sequence.tokens.size(); ++t) {
    const std::int64_t id = sequence.tokens[t];
    // Padding may be any id, as for the template family.
    const bool is_padding = t >= sequence.tokens.size() - sequence.padding;
    if (id >= 0 && (is_padding ? id <= INT32_MAX : id < generator.vocab_size())) continue;
    return formatted("token {}: got {}; allowed: an id from 0 to {}", t, id,
                     generator.vocab_size() - 1);
  }
  return label_complaint(sequence, generator);
}

/// A custom generator's own exceptions end here.
Result<CustomSequence> guarded_sequence(const SequenceGenerator& generator, const Item& item) {
  std::string reason = "threw what is not a std::exception";
  try {
    ItemRandom random(generator.laws(), item);
    CustomSequence sequence = generator.generate_sequence(random);
    reason = complaint(sequence, generator);
    if (reason.empty()) return sequence;
  } catch (const std::exception& error) {
    reason = error.what();
  } catch (...) {
  }
  return fail(ErrorKind::data, formatted("sequence {} of {}: {}: {}", item.index, name(item.split),
                                         generator.name(), reason));
}

}  // namespace

Result<void> CustomSource::append(const Item& item, SequenceBatch& batch, bool with_latents) const {
  const Result<CustomSequence> sequence = guarded_sequence(*generator_, item);
  if (!sequence) return tl::unexpected(sequence.error());
  const std::span<std::uint32_t> tokens = batch.append(sequence->tokens.size());
  std::copy(sequence->tokens.begin(), sequence->tokens.end(), tokens.begin());
  Latents* latents = with_latents ? &batch.latents.emplace_back() : nullptr;
  noise_.apply(item, 0, tokens.first(tokens.size() - sequence->padding),
               latents == nullptr ? nullptr : &latents->noise);
  batch.set_padding(sequence->padding);
  batch.set_labels(sequence->labels);
  return {};
}

}  // namespace synthgen
