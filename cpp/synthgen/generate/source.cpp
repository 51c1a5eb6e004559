#include "synthgen/generate/source.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// Marks the positions that labels are about: those with a label, and the answer after one.
std::vector<bool> labelled_positions(std::span<const std::int64_t> labels,
                                     std::span<const std::uint32_t> tokens) {
  std::vector<bool> labelled(tokens.size());
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    if (labels[t] == ignored_label) continue;
    labelled[t] = true;
    if (t + 1 < tokens.size() && tokens[t + 1] == labels[t]) labelled[t + 1] = true;
  }
  return labelled;
}

}  // namespace

std::uint64_t content_table_bytes(const Config& config) noexcept {
  constexpr std::uint64_t bytes_per_id = 40;  // 16 remain, the rest is needed to make them
  return config.vocab_distribution == "zipf"
             ? bytes_per_id * static_cast<std::uint64_t>(config.vocab_size)
             : 0;
}

Result<void> LayeredSource::append(const Item& item, SequenceBatch& batch,
                                   bool with_latents) const {
  Latents* latents = with_latents ? &batch.latents.emplace_back() : nullptr;
  const std::uint32_t size = family_->length(item);
  std::vector<PositionLaw> laws(with_latents ? size : 0);
  Draft draft{.tokens = batch.append(size), .latents = latents, .laws = laws};
  if (family_->has_labels()) draft.labels = batch.append_labels();
  const std::size_t length = family_->write(item, draft);
  const std::size_t first = family_->first_content();
  const auto content = draft.tokens.first(length);
  family_->content().ranks_to_ids(content.subspan(first));
  std::vector<bool> spared;
  if (!draft.labels.empty()) {
    const auto padding = draft.labels.subspan(length);
    std::fill(padding.begin(), padding.end(), ignored_label);
    if (!family_->has_noisy_labels()) spared = labelled_positions(draft.labels, content);
  }
  if (latents == nullptr) {
    noise_.apply(item, first, content, nullptr, spared);
  } else {
    const std::vector<std::uint32_t> clean(draft.tokens.begin(), draft.tokens.end());
    noise_.apply(item, first, content, &latents->noise, spared);
    for (std::size_t t = 0; t < spared.size(); ++t) laws[t].is_spared = spared[t];
    latents->oracle_bits = oracle_bits(family_->content(), noise_.probability(), laws, clean,
                                       draft.tokens, batch.append_oracle());
    family_->infer(content, *latents);
  }
  batch.set_padding(draft.tokens.size() - length);
  return {};
}

}  // namespace synthgen
