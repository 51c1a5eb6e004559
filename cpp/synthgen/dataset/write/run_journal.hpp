#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synthgen {

/// What a run that writes files has done so far, kept in a file beside them so that a later run can
/// go on where this one ended, however it ended. It is also the lock that keeps a second run away:
/// the system frees it when the process ends, killed or not.
///
/// A text file: the process that writes (128 bytes), what it writes (one line), a line for each
/// chunk, and a line when all is written. A last line that was cut short does not count.
class RunJournal {
 public:
  /// A chunk that was written to one of the run's files, behind those before it.
  struct Chunk {
    std::uint64_t file = 0;  ///< which of them
    std::uint64_t tokens = 0;
    std::uint64_t bytes = 0;
    std::string checksum;  ///< of this chunk alone: XXH3 128-bit, hexadecimal

    friend bool operator==(const Chunk&, const Chunk&) = default;
  };

  /// Opens or makes the journal, locks it and notes this process in it. Fails (usage) when another
  /// run has the lock, naming its process and host and `what` it writes; (io) when the system
  /// refuses. On file systems that have no locks there is none.
  static Result<RunJournal> open(const std::string& path, std::string_view what);

  RunJournal(RunJournal&& other) noexcept;
  RunJournal& operator=(RunJournal&&) = delete;
  ~RunJournal();

  /// What the run that left this journal wrote, as given to `start`; empty when there is none.
  const std::string& run() const noexcept { return run_; }

  /// Whether that run had written everything and was giving the files their names.
  bool was_complete() const noexcept { return was_complete_; }

  /// Forgets what is in it; from now on this is the journal of `run`, a text of one line.
  Result<void> start(std::string run);

  /// The next chunk that the earlier run noted; none behind the last. `step` goes on to the one
  /// behind it.
  Result<std::optional<Chunk>> peek();
  void step() noexcept;

  /// Forgets the chunks that were not stepped over, so that `add` follows those that were.
  Result<void> cut();
  Result<void> add(const Chunk& chunk);

  /// Notes that everything is written.
  Result<void> complete();

  /// Removes the file, while the lock is held.
  void remove() noexcept;

 private:
  RunJournal(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  Error failure(std::string_view what) const;
  Result<void> sign();
  /// The next whole line, without its end; none behind the last. It stays the next one.
  Result<std::optional<std::string_view>> line();
  Result<void> append(std::string_view text);

  std::string path_;
  int descriptor_ = -1;
  std::string run_;
  bool was_complete_ = false;
  std::uint64_t place_ = 0;  ///< where the next line starts
  std::string ahead_;        ///< what was read from there on
};

}  // namespace synthgen
