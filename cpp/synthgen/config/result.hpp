#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace synthgen {

/// What kind of thing went wrong; the CLI turns it into an exit status.
enum class ErrorKind {
  data,       ///< faults in data that was read, malformed content included
  usage,      ///< a config or call that asks for something not allowed
  io,         ///< the operating system refused: not found, no space, no permission
  cancelled,  ///< stopped on request
};

/// One bad field. `value` and `allowed` are parts of a message; either may be empty.
struct Problem {
  std::string key;          ///< a parameter's key, or a path such as `splits.test.seq_length`
  std::string value;        ///< what was given, as JSON
  std::string allowed;      ///< what would be accepted, or which rule was broken
  std::string source = {};  ///< the file that contains it, where that is known

  std::string text() const;
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// A place in a text, both counted from 1.
struct TextPlace {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

/// A failure as a value. The core returns these; it never throws across its boundary, prints or
/// exits.
struct Error {
  ErrorKind kind = ErrorKind::usage;
  std::string message;                  ///< one line, or one line per problem
  std::vector<Problem> problems;        ///< the bad fields, where fields were checked
  std::optional<TextPlace> place = {};  ///< where a text could not be parsed, if that is known
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message), {}});
}

/// An error from every bad field at once; `problems` is not empty. `source` is the file that
/// contains them, if any.
tl::unexpected<Error> fail(std::vector<Problem> problems, ErrorKind kind = ErrorKind::usage,
                           std::string_view source = {});

}  // namespace synthgen
