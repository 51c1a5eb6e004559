#pragma once

#include "synthgen/dataset/write/write_dataset.hpp"

namespace synthgen {

/// Writes shards one after another, each as `write_dataset` does, and fails as that does: (io)
/// before the first byte if there is too little space for all of them.
Result<Progress> write_shards(const Generator& generator, const DatasetOptions& options,
                              const ShardRange& range, const ProgressCallback& progress = {});

}  // namespace synthgen
