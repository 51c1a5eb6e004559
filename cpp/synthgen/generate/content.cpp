#include "synthgen/generate/content.hpp"

namespace synthgen {

Content::Content(const Config& config)
    : sampler_(config.vocab_distribution == "zipf"
                   ? TokenSampler::zipf(static_cast<std::uint32_t>(config.vocab_size),
                                        config.zipf_exponent)
                   : TokenSampler::uniform(static_cast<std::uint32_t>(config.vocab_size))) {}

}  // namespace synthgen
