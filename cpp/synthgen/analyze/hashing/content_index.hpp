#pragma once

#include "synthgen/analyze/hashing/content_records.hpp"

#include <cstdint>
#include <functional>
#include <span>

namespace synthgen {

/// Finds equal sequences among any number of them, each with its place: 24 bytes a sequence. Beyond
/// the limit they go to temporary files; if they must not or cannot, a sample of the sequences'
/// contents is kept, with all the places of each.
class ContentIndex {
 public:
  /// Called with the place of each sequence, equal ones one after another by ascending place;
  /// `repeated`: it equals the one before.
  using Visit = std::function<void(std::uint64_t place, bool repeated)>;

  explicit ContentIndex(const CountLimits& limits) : contents_(limits) {}

  /// Takes a sequence; no two have one place. Fails (io) if the limit is reached and the
  /// temporary file cannot be written.
  Result<void> add(std::span<const std::uint32_t> sequence, std::uint64_t place);

  /// Visits all, or the sample; more may be added afterwards. Gives the share of the contents that
  /// are in it, 1 for all. Fails (io) if the temporary file cannot be read.
  Result<double> visit(const Visit& visit) const;

  /// Whether there is a temporary file.
  bool uses_file() const noexcept { return contents_.uses_file(); }

 private:
  ContentRecords<2> contents_;
};

}  // namespace synthgen
