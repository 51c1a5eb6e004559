#include "synthgen/generate/layers/content.hpp"

#include <algorithm>

namespace synthgen {
namespace {

TokenSampler make_sampler(const Config& config, std::size_t reserved) {
  const auto size =
      static_cast<std::uint32_t>(config.vocab_size) - static_cast<std::uint32_t>(reserved);
  return config.vocab_distribution == "zipf" ? TokenSampler::zipf(size, config.zipf_exponent)
                                             : TokenSampler::uniform(size);
}

}  // namespace

ReservedIds::ReservedIds(std::vector<std::uint32_t> ids, std::uint32_t ids_below)
    : below(ids_below), others(std::move(ids)) {
  std::sort(others.begin(), others.end());
}

Content::Content(const Config& config, ReservedIds reserved)
    : reserved_(std::move(reserved)), sampler_(make_sampler(config, reserved_.size())) {
  for (std::uint32_t i = 0; i < reserved_.others.size(); ++i) {
    rank_above_.push_back(reserved_.others[i] - reserved_.below - i);
  }
}

std::uint32_t Content::id(std::uint32_t rank) const noexcept {
  const auto above = std::upper_bound(rank_above_.begin(), rank_above_.end(), rank);
  return reserved_.below + rank + static_cast<std::uint32_t>(above - rank_above_.begin());
}

std::uint32_t Content::rank_among_reserved(std::uint32_t id) const noexcept {
  const auto& others = reserved_.others;
  const auto above = std::upper_bound(others.begin(), others.end(), id);
  return id - reserved_.below - static_cast<std::uint32_t>(above - others.begin());
}

bool Content::is_content(std::uint32_t id) const noexcept {
  const auto& others = reserved_.others;
  return id >= reserved_.below && !std::binary_search(others.begin(), others.end(), id);
}

void Content::ranks_to_ids(std::span<std::uint32_t> tokens) const noexcept {
  if (reserved_.size() == 0) return;
  if (const auto first = first_id()) {
    for (std::uint32_t& token : tokens) token += *first;
  } else {
    for (std::uint32_t& token : tokens) token = id(token);
  }
}

}  // namespace synthgen
