#include "synthgen/formats/tables/named_tensors.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/formats/tables/id_stream.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

/// The names that programs give to ids, the most common first.
constexpr std::array<std::string_view, 3> ids_names{"input_ids", "inputs", "tokens"};

constexpr std::size_t most_parts_named = 20;

std::string list_of(const std::vector<NamedPart>& parts) {
  std::vector<std::string> texts;
  for (const NamedPart& part : parts) {
    if (texts.size() == most_parts_named) break;
    texts.push_back(formatted("{} {}", shown_key(part.name), part.what));
  }
  if (texts.empty()) return "it has none";
  return formatted("--tensor can name one of {}{}", joined(texts, "; "),
                   parts.size() > texts.size() ? "; …" : "");
}

}  // namespace

std::string tensor_text(const std::vector<std::uint64_t>& shape, std::string_view type) {
  std::vector<std::string> sizes;
  for (const std::uint64_t size : shape) sizes.push_back(std::to_string(size));
  return formatted("[{}] of {}", joined(sizes, ", "), type);
}

Result<std::string> name_of_ids(const ByteFile& file, std::uint64_t place,
                                const std::vector<NamedPart>& parts, const ReadHints& hints) {
  const auto has = [&](std::string_view name) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const NamedPart& part) { return part.name == name; });
  };
  if (!hints.tensor.empty()) {
    if (has(hints.tensor)) return hints.tensor;
    return fail(ErrorKind::usage, formatted("{}: no tensor named {}; {}", file.name(),
                                            shown_key(hints.tensor), list_of(parts)));
  }
  for (const std::string_view name : ids_names) {
    if (has(name)) return std::string(name);
  }
  return tl::unexpected(file.fault(
      place, formatted("no tensor named input_ids, inputs or tokens; {}", list_of(parts))));
}

std::vector<std::string> unread_parts(const std::vector<NamedPart>& parts, const std::string& ids) {
  std::vector<std::string> names;
  for (const NamedPart& part : parts) {
    const bool is_read = part.name == ids || part.name == mask_name || part.name == labels_name;
    if (!is_read && names.size() < most_parts_named) names.push_back(part.name);
  }
  return names;
}

Result<std::unique_ptr<SequenceReader>> open_flat(NumberTable table, const ReadHints& hints,
                                                  std::string_view reason) {
  const std::shared_ptr<const ByteFile> file = table.elements.file;
  if (table.shape.size() != 1) {
    return tl::unexpected(file->fault(0, std::string(reason)));
  }
  const Result<StreamMetadata> metadata = stream_metadata(*file, hints, true);
  if (!metadata) return tl::unexpected(metadata.error());
  if (metadata->cuts()) return open_id_stream(std::move(table.elements), *metadata);
  return tl::unexpected(file->fault(0, formatted("{}; where sequences begin in one dimension, {}",
                                                 reason, stream_metadata_help(*file, true))));
}

}  // namespace synthgen
