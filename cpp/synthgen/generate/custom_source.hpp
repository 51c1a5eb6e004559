#pragma once

#include "synthgen/generate/layers/noise_layer.hpp"
#include "synthgen/generate/sequence_generator.hpp"
#include "synthgen/generate/source.hpp"

#include <memory>

namespace synthgen {

/// A custom generator with the noise layer on top, whose sequences are all checked.
class CustomSource final : public SequenceSource {
 public:
  explicit CustomSource(std::shared_ptr<const SequenceGenerator> generator)
      : generator_(std::move(generator)),
        noise_(generator_->config(), generator_->laws().content) {}

  /// Fails (data) naming the sequence: it throws, is empty or longer than allowed, or has an id
  /// outside of the vocabulary. Nothing is appended then.
  Result<void> append(const Item& item, SequenceBatch& batch, bool with_latents) const override;

  /// Its code may stop anywhere.
  LengthRange length_range() const override {
    return {1, static_cast<std::uint64_t>(generator_->max_length())};
  }

  bool has_labels() const override { return generator_->has_labels(); }
  const SequenceGenerator* custom() const override { return generator_.get(); }

  std::vector<Expectation> truth() const override {
    return generator_->truth(noise_.probability());
  }

 private:
  std::shared_ptr<const SequenceGenerator> generator_;
  NoiseLayer noise_;
};

}  // namespace synthgen
