#pragma once

#include <cstdint>
#include <string_view>

namespace synthgen {

// System calls on an open file that are carried through: an interrupted or short one is continued.
// Each returns 0, or the errno of the call that was refused.

/// Writes all of `bytes`. A write that takes nothing and gives no reason counts as EIO.
int write_all(int descriptor, std::string_view bytes) noexcept;

/// The same from the byte `offset` of the file on.
int write_all_at(int descriptor, std::string_view bytes, std::uint64_t offset) noexcept;

/// Flushes what was written to the disk.
int sync_descriptor(int descriptor) noexcept;

/// Lets this process have so many files open, as far as the system allows it.
void allow_open_files(std::uint64_t count) noexcept;

}  // namespace synthgen
