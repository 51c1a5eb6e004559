#include <cstdio>
#include <synthgen/analyze/analyzer.hpp>
#include <synthgen/generate/functions.hpp>

int main() {
  const auto batch = synthgen::generate_pattern_sequences({.vocab_size = 1000,
                                                           .seq_length = 256,
                                                           .num_samples = 100,
                                                           .pattern_probability = 0.3,
                                                           .seed = 42});
  if (!batch) {
    std::fputs(batch.error().message.c_str(), stderr);
    return 1;
  }
  const auto coherence = synthgen::measure_coherence(*batch);
  std::printf("%zu sequences, local coherence %.4f, global coherence %.4f\n", batch->size(),
              coherence.local_coherence.value(), coherence.global_coherence.value());
}
