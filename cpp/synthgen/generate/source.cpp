#include "synthgen/generate/source.hpp"

namespace synthgen {

Result<void> LayeredSource::append(const Item& item, SequenceBatch& batch,
                                   bool with_latents) const {
  if (with_latents) {
    append_described(item, batch);
  } else {
    append_plain(item, batch);
  }
  return {};
}

void LayeredSource::append_plain(const Item& item, SequenceBatch& batch) const {
  Draft draft{.tokens = batch.append(family_->length(item)), .laws = {}};
  const std::size_t length = family_->write(item, draft);
  const std::size_t first = family_->first_content();
  const auto content = draft.tokens.first(length);
  family_->content().ranks_to_ids(content.subspan(first));
  noise_.apply(item, first, content, nullptr);
  batch.set_padding(draft.tokens.size() - length);
}

void LayeredSource::append_described(const Item& item, SequenceBatch& batch) const {
  Latents& latents = batch.latents.emplace_back();
  const std::uint32_t size = family_->length(item);
  std::vector<PositionLaw> laws(size);
  Draft draft{.tokens = batch.append(size), .latents = &latents, .laws = laws};
  const std::size_t length = family_->write(item, draft);
  const std::size_t first = family_->first_content();
  const auto content = draft.tokens.first(length);
  family_->content().ranks_to_ids(content.subspan(first));
  const std::vector<std::uint32_t> clean(draft.tokens.begin(), draft.tokens.end());
  noise_.apply(item, first, content, &latents.noise);
  latents.oracle_bits =
      oracle_bits(family_->content(), noise_.probability(), laws, clean, draft.tokens);
  batch.set_padding(draft.tokens.size() - length);
}

}  // namespace synthgen
