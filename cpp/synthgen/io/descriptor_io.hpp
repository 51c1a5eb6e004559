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

/// Makes the file so long; a call is made only where it has another length.
int truncate_descriptor(int descriptor, std::uint64_t size) noexcept;

/// Whether the errno of a call says that the file system has no such call, as
/// those of object stores do.
bool is_lacking(int refused) noexcept;

/// Flushes what was written to the disk, where the file system can be asked to.
int sync_descriptor(int descriptor) noexcept;

/// Lets this process have so many files open, as far as the system allows it.
void allow_open_files(std::uint64_t count) noexcept;

}  // namespace synthgen
