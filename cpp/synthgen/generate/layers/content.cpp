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

Content::Content(const Config& config, std::vector<std::uint32_t> reserved)
    : reserved_(std::move(reserved)), sampler_(make_sampler(config, reserved_.size())) {
  std::sort(reserved_.begin(), reserved_.end());
  for (std::uint32_t i = 0; i < reserved_.size(); ++i) rank_above_.push_back(reserved_[i] - i);
}

std::uint32_t Content::id(std::uint32_t rank) const noexcept {
  const auto above = std::upper_bound(rank_above_.begin(), rank_above_.end(), rank);
  return rank + static_cast<std::uint32_t>(above - rank_above_.begin());
}

std::uint32_t Content::rank_among_reserved(std::uint32_t id) const noexcept {
  const auto above = std::upper_bound(reserved_.begin(), reserved_.end(), id);
  return id - static_cast<std::uint32_t>(above - reserved_.begin());
}

void Content::ranks_to_ids(std::span<std::uint32_t> tokens) const noexcept {
  if (reserved_.empty()) return;
  for (std::uint32_t& token : tokens) token = id(token);
}

}  // namespace synthgen
