#include "synthgen/io/output/publish.hpp"

#include "synthgen/io/directory.hpp"

#include <map>
#include <set>

namespace synthgen {

Result<void> publish(const std::vector<std::string>& removed,
                     const std::vector<AtomicFile*>& files) {
  // While the old ones are there: a full disk may show here only.
  for (AtomicFile* file : files) {
    if (Result<void> synced = file->sync(); !synced) return synced;
  }
  std::map<std::string_view, const AtomicFile*> by_path;
  for (const AtomicFile* file : files) by_path.emplace(file->path(), file);
  std::set<std::string> directories;
  for (const std::string& path : removed) {
    const auto replacing = by_path.find(path);
    const std::string& file = replacing == by_path.end() ? path : replacing->second->target();
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
