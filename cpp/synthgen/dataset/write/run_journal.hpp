#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A file next to those of a run that lists what the run has written, so that a later run can
/// continue however this one ended. It is also the lock against a second run: the system releases
/// it when the process ends, killed or not.
///
/// A text file: the process that writes (128 bytes), what it writes (one line), a line for each
/// chunk, and when everything is written a line for each file to be removed and a last one. An
/// incomplete last line does not count.
class RunJournal {
 public:
  /// A chunk that was written to one of the run's files.
  struct Chunk {
    std::uint64_t file = 0;  ///< its number in the dataset
    std::uint64_t tokens = 0;
    std::uint64_t bytes = 0;
    std::string checksum;  ///< of the file up to the chunk's end: XXH3 128-bit, hexadecimal

    friend bool operator==(const Chunk&, const Chunk&) = default;
  };

  /// Opens or creates the journal, locks it and writes this process's number. Fails (usage) if
  /// another run has the lock, naming its process and host and `what` it writes, or if the path is
  /// a link or no regular file; (io) if the system refuses. On file systems without locks there is
  /// none.
  static Result<RunJournal> open(const std::string& path, std::string_view what);

  RunJournal(RunJournal&& other) noexcept;
  RunJournal& operator=(RunJournal&&) = delete;
  ~RunJournal();

  /// Whether the journal existed: a previous run was stopped, maybe before it wrote anything.
  bool was_left() const noexcept { return was_left_; }

  /// What the previous run wrote, as given to `start`; empty if there is none.
  const std::string& run() const noexcept { return run_; }

  /// Whether that run had written everything and was renaming the files.
  bool was_complete() const noexcept { return was_complete_; }

  /// Starts the journal of `run`, a text of one line, and discards what it held.
  Result<void> start(std::string run);

  /// The next chunk of the previous run; none after the last. `step` moves on to the one after it.
  Result<std::optional<Chunk>> peek();
  void step() noexcept;

  /// Discards the chunks from the next one on, so that `add` follows the others.
  Result<void> cut();
  Result<void> add(const Chunk& chunk);

  /// Records that everything is written, and the names of the files that will be removed.
  Result<void> complete(const std::vector<std::string>& removals = {});

  /// What the previous run has recorded so.
  const std::vector<std::string>& removals() const noexcept { return removals_; }

  /// Removes the file, while the lock is held; fails (io).
  Result<void> remove();

 private:
  RunJournal(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  Error failure(std::string_view what) const;
  Result<void> write(std::string_view text, std::uint64_t place);
  Result<void> sign();
  Result<void> read_removals();
  /// The next complete line, without its end; none after the last. It stays the next one.
  Result<std::optional<std::string_view>> line();
  Result<void> append(std::string_view text);

  std::string path_;
  int descriptor_ = -1;
  std::string run_;
  bool was_left_ = false;
  bool was_complete_ = false;
  std::vector<std::string> removals_;
  std::uint64_t place_ = 0;  ///< where the next line starts
  std::string ahead_;        ///< what was read from there on
};

}  // namespace synthgen
