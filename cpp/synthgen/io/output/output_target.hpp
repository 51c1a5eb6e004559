#pragma once

#include "synthgen/config/result.hpp"

#include <string>
#include <string_view>

namespace synthgen {

/// What a path for output leads to. Every file that the program writes is looked at here first.
struct OutputTarget {
  enum class Kind {
    absent,  ///< nothing yet, also at the end of links
    file,    ///< a regular file
    directory,
    pipe,          ///< a named pipe
    device,        ///< a character device, such as a terminal
    block_device,  ///< a disk
    socket,
    standard_output,  ///< "-", /dev/stdout
  };

  std::string path;  ///< as it was given
  std::string file;  ///< what it leads to: links are followed, the last one too
  Kind kind = Kind::absent;

  bool is_link() const noexcept { return file != path; }
  bool exists() const noexcept { return kind != Kind::absent; }

  /// Whether bytes can be written to it one after another, and nothing is replaced.
  bool is_stream() const noexcept;

  /// Its name in messages: the path, or "standard output".
  std::string name() const;

  /// What it is, in words: "a named pipe".
  std::string_view noun() const noexcept;
};

/// Fails (io) if the system refuses to say, also where links lead in a circle.
Result<OutputTarget> output_target(const std::string& path);

/// Fails (usage) if the target is neither a regular file nor absent, so that no file may take its
/// place. `alternative` says what to give instead: "another --output".
Result<void> check_is_file(const OutputTarget& target, std::string_view alternative);

/// The same, and fails (usage) if the file exists and `overwrite` is off.
Result<void> check_replaceable(const OutputTarget& target, bool overwrite,
                               std::string_view alternative);

/// Whether an open file is a regular one with a single name. Files that a run continues (partial
/// files, journals) must be: what is written to them shows nowhere else.
bool is_own_file(int descriptor) noexcept;

}  // namespace synthgen
