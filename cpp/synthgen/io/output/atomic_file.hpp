#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/io/output/output_file.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace synthgen {

/// A file that appears under its name only when it is complete: written under a temporary name
/// in the same directory, synced, then renamed. Where the path is a link, all of this happens where
/// it leads, and the link stays. A file that is replaced leaves its mode and, as far as the system
/// allows, its owner to the new one.
class AtomicFile final : public OutputFile {
 public:
  /// The temporary file is this process's own, `<path>.partial-<number>`, with a lock until it has
  /// its final name, and is removed if this object is destroyed before `commit`; those that killed
  /// processes left for the same path are removed now. Fails (io) if it cannot be created, (usage)
  /// if the path leads to a pipe, a device or a socket.
  static Result<AtomicFile> create(const std::string& path);

  /// The temporary file is `partial_of(path)`. What an earlier process left in it can be read from
  /// the start, and it is kept if this object is destroyed before `commit`. Fails also (usage) if
  /// it has another name or is no regular file.
  static Result<AtomicFile> reopen(const std::string& path);

  /// `<path>.partial`, where links lead to if the path is one.
  static std::string partial_of(const std::string& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile() override;

  /// Fills `bytes` with what follows; false if the file ends before. Fails (io) with the system's
  /// reason.
  Result<bool> read(std::span<char> bytes);

  /// How many bytes `read` can still give.
  std::uint64_t bytes_left() const noexcept;

  /// Cuts the file to its first `size_bytes` bytes; writing continues after them.
  Result<void> cut(std::uint64_t size_bytes);

  Result<void> write(std::string_view bytes) override;

  /// Flushes what was written to the disk; `commit` may follow later, and does not flush again.
  Result<void> sync();

  /// Closes a file of `reopen` that is complete and synced, so that thousands can wait for
  /// `commit`. Does nothing to one of `create`, whose lock keeps others from removing it.
  void rest() noexcept;

  /// Gives the file its name, replacing any file with that name, and syncs the directory.
  Result<void> commit() override;

  const std::string& path() const noexcept { return path_; }

  /// The name that it gets: what the path's links lead to.
  const std::string& target() const noexcept { return target_; }

  /// The path of its bytes until `commit`.
  const std::string& temporary() const noexcept { return temporary_; }

  /// Removes the temporary file.
  void discard() noexcept;

 private:
  AtomicFile(const OutputTarget& target, std::string temporary, int descriptor, bool keeps)
      : path_(target.path),
        target_(target.file),
        temporary_(std::move(temporary)),
        descriptor_(descriptor),
        keeps_(keeps) {}
  Error failure(std::string_view what) const;
  void take_over_owner();

  std::string path_;
  std::string target_;
  std::string temporary_;  ///< empty once committed
  int descriptor_ = -1;
  bool is_synced_ = false;             ///< whether nothing was written since the last `sync`
  bool keeps_ = false;                 ///< whether destruction keeps the temporary file
  std::optional<unsigned> mode_ = {};  ///< of the file that is replaced
};

}  // namespace synthgen
