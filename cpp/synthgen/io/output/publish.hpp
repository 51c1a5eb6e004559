#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <string>
#include <vector>

namespace synthgen {

/// Replaces files by others that belong together: syncs `files`, removes `removed` in their order,
/// then gives `files` their names in theirs. With the file that leads readers to the others (a
/// manifest, an id table with side files) first in `removed` and last in `files`, a reader at any
/// moment, also after a crash, finds the old files, the new ones, or none that leads to the others;
/// never a mixture. A removed path that one of the files has too means what its links lead to.
/// Fails (io) at the first refusal; nothing is removed where a file cannot be synced.
Result<void> publish(const std::vector<std::string>& removed,
                     const std::vector<AtomicFile*>& files);

}  // namespace synthgen
