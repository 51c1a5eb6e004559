#pragma once

#include "synthgen/dataset/write/write_dataset.hpp"

namespace synthgen {

/// Writes shards one after another, each as `write_dataset` does, and fails as that does: (io)
/// before the first byte if there is too little space for all of them. All shards of a dataset that
/// replace another, or continue a stopped run, get their names together at the end; they are not
/// written (usage) next to shards of another number.
Result<Progress> write_shards(const Generator& generator, const DatasetOptions& options,
                              const ShardRange& range, const ProgressCallback& progress = {});

}  // namespace synthgen
