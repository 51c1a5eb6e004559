#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/layers/length_layer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

class Generator;
struct DocumentIndex;

/// What is known of a file before its first sequence exists. It depends on the config and the
/// place of the file in the dataset alone, so that all shards agree on row lengths and types.
struct FilePlan {
  std::string stem;             ///< its name without the extension: train-00003-of-00016
  std::uint64_t sequences = 0;  ///< exactly as many
  LengthRange lengths;          ///< of any sequence of its split
  /// Tokens of all its sequences; none if that is not known and lengths differ.
  std::optional<std::uint64_t> tokens = {};
  std::uint64_t vocab_size = 0;           ///< ids are below it
  std::uint64_t dataset_vocab_size = 0;   ///< the largest of all splits
  std::uint32_t pad_token = 0;            ///< fills rows that must have equal lengths
  std::optional<std::int64_t> seed = {};  ///< of the config, if there is one
  std::vector<Split> splits = {};         ///< of the dataset, those with sequences
  /// The documents that the sequences are grouped into; null if each is one.
  std::shared_ptr<const DocumentIndex> documents = {};
  /// For temporary files with data that belongs at the file's end; empty: the system's directory.
  std::string spool_directory = {};
};

/// The plan of a file with some of a split's sequences.
FilePlan plan_of(const Generator& generator, Split split, std::string stem,
                 std::uint64_t sequences);

}  // namespace synthgen
