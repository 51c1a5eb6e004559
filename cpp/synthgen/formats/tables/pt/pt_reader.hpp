#pragma once

#include "synthgen/formats/read_hints.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/byte_file.hpp"

#include <memory>
#include <string_view>

namespace synthgen {

inline constexpr std::string_view pt_lengths = "_lengths.pt";
inline constexpr std::string_view pt_labels = "_labels.pt";

/// A reader of what torch.save has written: a tensor of [sequences, tokens], a list of rows, or a
/// dict of these, from which the hints choose one. Otherwise fails (data) and lists what is there.
Result<std::unique_ptr<SequenceReader>> open_pt(std::shared_ptr<const ByteFile> file,
                                                const ReadHints& hints);

}  // namespace synthgen
