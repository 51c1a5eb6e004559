#include "synthgen/dataset/converted_files.hpp"

#include "synthgen/formats/file_names.hpp"
#include "synthgen/io/byte_file.hpp"
#include "synthgen/io/directory.hpp"
#include "synthgen/io/output/directory_lock.hpp"
#include "synthgen/io/output/output_target.hpp"
#include "synthgen/io/output/publish.hpp"

#include <algorithm>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// Whether two files have the same bytes.
bool are_equal(const std::string& one, const std::string& other) {
  const auto first = open_bytes(one);
  const auto second = open_bytes(other);
  if (!first || !second || (*first)->size() != (*second)->size()) return false;
  constexpr std::uint64_t step = 1 << 16;
  for (std::uint64_t at = 0; at < (*first)->size(); at += step) {
    const Result<std::string> left = (*first)->read_start(at, step);
    const Result<std::string> right = (*second)->read_start(at, step);
    if (!left || !right || *left != *right) return false;
  }
  return true;
}

}  // namespace

Result<void> ConvertedFiles::check(const fs::path& path) const {
  const Result<OutputTarget> target = output_target(path.string());
  if (!target) return tl::unexpected(target.error());
  const bool is_output = target->kind == OutputTarget::Kind::standard_output;
  Result<void> free =
      check_is_not_read(is_output ? fs::path("/dev/stdout") : path, read_, "--output");
  if (!free || target->is_stream()) return free;
  return check_replaceable(*target, overwrite_, "another --output");
}

Result<void> ConvertedFiles::add(const SideFile& side, const std::function<bool()>& stopped) {
  const std::string path = (output_.parent_path() / side.name).string();
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file) return tl::unexpected(std::move(file.error()));
  for (std::string bytes;;) {
    if (stopped()) return fail(ErrorKind::cancelled, "stopped; no file was written");
    const Result<bool> more = side.bytes->next(bytes);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    if (Result<void> written = file->write(bytes); !written) return written;
  }
  sides_.push_back(std::move(*file));
  return {};
}

Result<void> ConvertedFiles::publish(AtomicFile main, const FormatOptions& format,
                                     const std::function<bool()>& stopped) {
  const Result<DirectoryLock> lock = DirectoryLock::take(directory_of(output_.string()), stopped);
  if (!lock) return tl::unexpected(lock.error());
  // What exists now stays until the lock is dropped.
  if (Result<void> free = check(output_); !free) return free;
  std::vector<std::string> kept;
  std::vector<AtomicFile> changed;
  for (AtomicFile& side : sides_) {
    kept.push_back(side.path());
    if (are_equal(side.target(), side.temporary())) continue;
    if (Result<void> free = check(side.path()); !free) return free;
    changed.push_back(std::move(side));
  }
  sides_ = std::move(changed);
  std::vector<std::string> removed;
  for (const fs::path& stale : side_files_read_with(output_, format)) {
    std::error_code ignored;
    const bool is_kept = std::find(kept.begin(), kept.end(), stale.string()) != kept.end();
    if (is_kept || !fs::exists(stale, ignored)) continue;
    if (Result<void> free = check(stale); !free) return free;
    removed.push_back(stale.string());
  }
  // A file that alone changes is replaced at one stroke.
  if (!removed.empty() || !sides_.empty()) removed.insert(removed.begin(), main.path());
  std::vector<AtomicFile*> in_order;
  for (AtomicFile& side : sides_) in_order.push_back(&side);
  in_order.push_back(&main);
  return synthgen::publish(removed, in_order);
}

std::vector<std::string> ConvertedFiles::written() const {
  std::vector<std::string> paths{output_.string()};
  for (const AtomicFile& side : sides_) paths.push_back(side.path());
  return paths;
}

}  // namespace synthgen
