#pragma once

#include "synthgen/formats/read_hints.hpp"
#include "synthgen/formats/tables/row_reader.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace synthgen {

/// What is known of a stream of ids from its side file and the caller.
struct StreamMetadata {
  std::optional<Dtype> dtype = {};
  std::optional<std::uint64_t> seq_length = {};
  std::optional<std::uint32_t> separator = {};
  bool separator_first = false;  ///< whether the separator precedes each sequence
  StreamPromises promises = {};

  /// Whether it says where the sequences begin.
  bool cuts() const noexcept { return seq_length || separator; }
};

/// Reads the side file `<stem>_metadata.json`, if there is one, and puts the hints in its place.
/// Every member is checked, and unknown ones are refused. With `has_type` the file says the type of
/// its ids itself, and the side file need not.
Result<StreamMetadata> stream_metadata(const ByteFile& file, const ReadHints& hints, bool has_type);

/// The separator of a file that needs none to be read: that of the hints, or one that the side file
/// names. Whatever else the side file says is left to others.
Result<std::optional<Separator>> stream_separator(const ByteFile& file, const ReadHints& hints);

/// How a caller can say what is not known of a stream: members of the side file, or flags.
std::string stream_metadata_help(const ByteFile& file, bool has_type);

/// The labels next to a stream in `<stem>_labels.bin`, int32 or int64 for each
/// of its ids; none without such a file. Fails (data) if it does not fit.
Result<std::optional<ElementRegion>> stream_labels(const ElementRegion& ids);
/// A reader of the sequences of a stream whose metadata `cuts`. Fails (data) where the two
/// contradict each other.
Result<std::unique_ptr<SequenceReader>> open_id_stream(ElementRegion ids,
                                                       const StreamMetadata& metadata);

/// A reader of a file that is nothing but ids; what is known of them comes from its side file or
/// the hints. Fails (data), saying how to give it, if that is too little.
Result<std::unique_ptr<SequenceReader>> open_bare_stream(std::shared_ptr<const ByteFile> file,
                                                         const ReadHints& hints);

}  // namespace synthgen
