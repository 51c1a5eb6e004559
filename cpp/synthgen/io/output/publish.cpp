#include "synthgen/io/output/publish.hpp"

#include "synthgen/io/directory.hpp"

#include <algorithm>
#include <set>

namespace synthgen {

Result<void> publish(const std::vector<std::string>& removed,
                     const std::vector<AtomicFile*>& files) {
  // While the old ones are there: a full disk may show here only.
  for (AtomicFile* file : files) {
    if (Result<void> synced = file->sync(); !synced) return synced;
  }
  std::set<std::string> directories;
  for (const std::string& path : removed) {
    const auto replacing = std::find_if(
        files.begin(), files.end(), [&](const AtomicFile* file) { return file->path() == path; });
    const std::string& file = replacing == files.end() ? path : (*replacing)->target();
    if (Result<void> gone = remove_file(file); !gone) return gone;
    directories.insert(directory_of(file));
  }
  for (const std::string& directory : directories) {
    if (Result<void> synced = sync_directory(directory); !synced) return synced;
  }
  for (AtomicFile* file : files) {
    if (Result<void> committed = file->commit(); !committed) return committed;
  }
  return {};
}

}  // namespace synthgen
