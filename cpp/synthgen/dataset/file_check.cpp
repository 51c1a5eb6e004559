#include "synthgen/dataset/file_check.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/whole_file.hpp"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace synthgen {
namespace {

tl::unexpected<Error> unreadable(const std::string& path) {
  return fail(ErrorKind::io, formatted("{}: cannot read: {}", path, std::strerror(errno)));
}

}  // namespace

Result<std::vector<FileFault>> check_file(const std::string& directory, const SideRecord& record) {
  const std::string path = directory + '/' + record.file;
  std::vector<FileFault> faults;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return unreadable(path);
    faults.push_back({record.file, "is missing", true});
    return faults;
  }
  if (const auto size = static_cast<std::uint64_t>(status.st_size); size != record.bytes) {
    faults.push_back({record.file, formatted("has {}; the manifest says {}", counted(size, "byte"),
                                             record.bytes)});
    return faults;
  }
  const Result<FileDigest> digest = digest_of_file(path);
  if (!digest) return tl::unexpected(digest.error());
  if (digest->checksum != record.checksum) {
    faults.push_back({record.file, formatted("has the checksum {}; the manifest says {}",
                                             digest->checksum, record.checksum)});
  }
  return faults;
}

Result<std::vector<FileFault>> check_files(const std::string& directory, const FileRecord& record) {
  Result<std::vector<FileFault>> faults =
      check_file(directory, {record.file, record.bytes, record.checksum});
  if (!faults) return faults;
  for (const SideRecord& side : record.side_files) {
    Result<std::vector<FileFault>> more = check_file(directory, side);
    if (!more) return more;
    faults->insert(faults->end(), more->begin(), more->end());
  }
  return faults;
}

}  // namespace synthgen
