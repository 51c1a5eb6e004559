#pragma once

#include "synthgen/dataset/dataset_encoder.hpp"

#include <string>

namespace synthgen {

/// Fails (io) if `directory` has too little space for the encoder's files, whose size is
/// estimated from the first chunk of each; what stopped runs have left of them counts as written.
/// Fails also as the generator does.
Result<void> check_expected_space(const DatasetEncoder& encoder, const std::string& directory);

/// The same for shards that are written one after another. Finished shards count as written unless
/// they are to be replaced.
Result<void> check_expected_space(const Generator& generator, const FormatOptions& format,
                                  const ShardRange& range, const std::string& directory,
                                  bool replaces);

}  // namespace synthgen
