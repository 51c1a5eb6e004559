#pragma once

#include "synthgen/generate/layers/latents.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace synthgen::cli {

/// Sequences as text: ids in aligned rows, with their structure as colors, or without colors as a
/// mark after each id.
class SequenceView {
 public:
  struct Options {
    bool colored = false;
    std::size_t width = 80;       ///< columns of a row
    std::size_t most_tokens = 0;  ///< how many ids of a sequence to show; 0: all
    std::int64_t vocab_size = 0;
  };

  explicit SequenceView(const Options& options);

  /// The line that explains colors or marks.
  std::string legend() const;

  /// One sequence: a headline that starts with `title`, then its ids.
  std::string text(const std::string& title, std::span<const std::uint32_t> tokens,
                   const Latents& latents) const;

 private:
  std::string row(std::span<const std::uint32_t> tokens, std::span<const std::uint8_t> styles,
                  std::size_t first) const;

  Options options_;
  std::size_t id_width_;
};

}  // namespace synthgen::cli
