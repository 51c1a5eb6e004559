#pragma once

#include "synthgen/formats/read_hints.hpp"
#include "synthgen/formats/tables/number_table.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

inline constexpr std::string_view mask_name = "attention_mask";
inline constexpr std::string_view labels_name = "labels";

/// A part of a file that holds several by name.
struct NamedPart {
  std::string name;
  std::string what;  ///< "[3, 4] of int64"
};

/// "[3, 4] of int64".
std::string tensor_text(const std::vector<std::uint64_t>& shape, std::string_view type);

/// The name of the part with the ids: that of the hints, or the first of input_ids, inputs and
/// tokens. Fails, listing what there is: (usage) if the hints name another, (data) if there is none
/// of these.
Result<std::string> name_of_ids(const ByteFile& file, std::uint64_t place,
                                const std::vector<NamedPart>& parts, const ReadHints& hints);

/// The names of the parts apart from `ids`, attention_mask and labels, 20 at most.
std::vector<std::string> unread_parts(const std::vector<NamedPart>& parts, const std::string& ids);

/// A reader of numbers in one dimension, a stream whose side file or hints say how it is cut. Fails
/// (data) with `reason` and how to say it if they do not.
Result<std::unique_ptr<SequenceReader>> open_flat(NumberTable table, const ReadHints& hints,
                                                  std::string_view reason);

}  // namespace synthgen
