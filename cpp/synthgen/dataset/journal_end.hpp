#pragma once

#include <string>
#include <string_view>

namespace synthgen {

/// The name of a run's journal is that of its manifest with this after it.
inline constexpr std::string_view journal_ending = ".journal";

/// The last line of a journal whose run has written everything.
inline constexpr std::string_view journal_complete_line = "complete\n";

/// Whether an open file ends with a text.
bool file_ends_with(int descriptor, std::string_view text);

/// Whether the journal of some run says that all was written and the files get their names, or got
/// them until that run was stopped.
bool journal_says_complete(const std::string& path);

}  // namespace synthgen
