#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/result.hpp"

#include <vector>

namespace synthgen {

/// The config that holds in one split: the config with that split's overrides on top. Family, seed
/// and the numbers of sequences belong to the dataset and cannot be overridden. Appends what is
/// wrong with the overrides to `problems`, under keys such as `splits.test.seq_length`.
Config split_config(const Config& config, Split split, std::vector<Problem>& problems);

/// What is wrong with `splits` itself: names that are not splits, values that are not objects.
std::vector<Problem> check_splits(const Config& config);

}  // namespace synthgen
