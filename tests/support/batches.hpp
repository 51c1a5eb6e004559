#pragma once

#include "synthgen/generate/latents/latents_json.hpp"
#include "synthgen/generate/sequence_batch.hpp"
#include "synthgen/random/engine.hpp"

#include <initializer_list>
#include <string>
#include <vector>

namespace synthgen::testing {

using Tokens = std::vector<std::uint32_t>;

/// A batch of sequences written out.
inline SequenceBatch batch_of(std::initializer_list<Tokens> sequences) {
  SequenceBatch batch;
  for (const Tokens& sequence : sequences) batch.append(sequence);
  return batch;
}

/// The sequences of a batch, each as a list.
inline std::vector<Tokens> sequences_of(const SequenceBatch& batch) {
  std::vector<Tokens> sequences;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    sequences.emplace_back(batch[i].begin(), batch[i].end());
  }
  return sequences;
}

/// Latents as JSON text.
inline std::string latents_json(const Latents& latents) {
  std::string text;
  append_text(latents, text);
  return text;
}

/// Sequences of every length from empty up, with few and many different ids, up to the largest.
inline SequenceBatch random_batch(unsigned seed, std::size_t count) {
  constexpr std::uint32_t bounds[] = {2, 3, 50, 1U << 20, (1U << 20) + 3, 0xFFFFFFFF};
  PhiloxEngine source(seed);
  SequenceBatch batch;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t bound = bounds[source() % 6];
    const std::uint32_t offset = source() % 5 == 0 ? 0xFFFFFFFF - bound : 0;
    for (std::uint32_t& token : batch.append(source() % 40)) token = offset + source() % bound;
  }
  return batch;
}

/// The same with a label for each token of two sequences in three, some not scored.
inline SequenceBatch labelled_batch(unsigned seed, std::size_t count) {
  const SequenceBatch plain = random_batch(seed, count);
  PhiloxEngine source(seed + 1);
  SequenceBatch batch;
  for (std::size_t i = 0; i < count; ++i) {
    batch.append(plain[i]);
    std::vector<std::int64_t> labels(i % 3 == 0 ? 0 : plain[i].size());
    for (std::int64_t& label : labels) label = source() % 2 == 0 ? ignored_label : source() % 1000;
    batch.set_labels(labels);
  }
  return batch;
}

/// The sequences first … first + count − 1 of a batch.
inline SequenceBatch part_of(const SequenceBatch& batch, std::size_t first, std::size_t count) {
  SequenceBatch part;
  for (std::size_t i = first; i < first + count; ++i) part.append(batch[i]);
  return part;
}

}  // namespace synthgen::testing
