#pragma once

#include "synthgen/analyze/hashing/content_index.hpp"
#include "synthgen/formats/fault.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace synthgen {

/// Which sequences are equal to an earlier one, of their split or of another.
class EqualSequences {
 public:
  /// Keeps the place of the first `places` of each kind. Without a file system what passes the
  /// limit stays in memory, so that every equal sequence is found.
  EqualSequences(std::uint64_t memory_limit_bytes, std::size_t places)
      : contents_({.bytes = can_spill ? memory_limit_bytes / 2 : UINT64_MAX}), places_(places) {}

  /// Names the file, or whatever else the next sequences come from, and its split, which may be
  /// empty. At most 2^24 of them.
  void open(std::string name, std::string split) {
    sources_.push_back({std::move(name), std::move(split)});
  }

  /// A sequence of the source that was opened last; lines ascend and are below 2^40. Fails (io) as
  /// `ContentIndex` does.
  Result<void> add(std::span<const std::uint32_t> content, std::uint64_t line);

  struct Found {
    FaultTally duplicates;
    FaultTally overlaps;
  };
  /// What was found so far. Fails (io) as `ContentIndex` does.
  Result<Found> find();

 private:
  struct Source {
    std::string name;
    std::string split;
  };
  /// A sequence's place and that of the earlier one that it equals.
  struct Pair {
    std::uint64_t place;
    std::uint64_t like;

    friend auto operator<=>(const Pair&, const Pair&) = default;
  };
  struct Pairs {
    std::uint64_t count = 0;
    std::vector<Pair> first;  ///< by ascending place

    void add(Pair pair, std::size_t places);
  };
  const Source& source_of(std::uint64_t place) const;
  std::string text_of(std::uint64_t place) const;
  FaultTally tally(FaultKind kind, const Pairs& pairs) const;

  ContentIndex contents_;
  std::size_t places_;
  std::vector<Source> sources_;
};

}  // namespace synthgen
