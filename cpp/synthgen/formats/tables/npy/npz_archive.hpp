#pragma once

#include "synthgen/formats/read_hints.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/byte_file.hpp"

#include <memory>
#include <string_view>

namespace synthgen {

/// Whether a file that begins like this is a ZIP whose first record is an array of NumPy.
bool begins_with_npz(std::string_view start) noexcept;

/// A reader of the arrays that numpy.savez has written: ids, attention_mask and labels. Fails
/// (data) for compressed ones, and, listing what there is, if none is known to hold ids.
Result<std::unique_ptr<SequenceReader>> open_npz(std::shared_ptr<const ByteFile> file,
                                                 const ReadHints& hints);

}  // namespace synthgen
