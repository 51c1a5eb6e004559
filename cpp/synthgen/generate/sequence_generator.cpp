#include "synthgen/generate/sequence_generator.hpp"

#include "synthgen/generate/custom_source.hpp"

namespace synthgen {

CustomSequence SequenceGenerator::adjust_length(std::vector<std::int64_t> sequence) const {
  const auto length = static_cast<std::size_t>(seq_length());
  const std::size_t padding = length > sequence.size() ? length - sequence.size() : 0;
  sequence.resize(length, config_.pad_token);
  return {std::move(sequence), padding};
}

Result<SequenceBatch> SequenceGenerator::generate_dataset(std::uint64_t num_samples) const {
  // Lives no longer than this call, so it need not own the generator.
  const CustomSource source(std::shared_ptr<const SequenceGenerator>(this, [](const auto*) {}));
  SequenceBatch batch;
  for (std::uint64_t i = 0; i < num_samples; ++i) {
    const Item item{static_cast<std::uint64_t>(config_.seed), Split::train, i};
    if (Result<void> made = source.append(item, batch, false); !made) {
      return tl::unexpected(std::move(made.error()));
    }
  }
  return batch;
}

}  // namespace synthgen
