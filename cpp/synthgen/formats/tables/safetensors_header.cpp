#include "synthgen/formats/tables/safetensors_header.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace synthgen {
namespace {

std::optional<Element> integer_element(std::string_view dtype) {
  if (dtype == "BOOL") return Element{1, false};
  const bool is_signed = !dtype.empty() && dtype[0] == 'I';
  if (dtype.empty() || (!is_signed && dtype[0] != 'U')) return std::nullopt;
  for (const std::uint64_t bytes : std::array<std::uint64_t, 4>{1, 2, 4, 8}) {
    if (dtype.substr(1) == std::to_string(8 * bytes)) return Element{bytes, is_signed};
  }
  return std::nullopt;
}

std::optional<Element> real_element(std::string_view dtype) {
  if (dtype == "BF16") return Element{2, true, false, NumberForm::bfloat};
  for (const std::uint64_t bytes : std::array<std::uint64_t, 3>{2, 4, 8}) {
    if (dtype.starts_with('F') && dtype.substr(1) == std::to_string(8 * bytes)) {
      return Element{bytes, true, false, NumberForm::ieee};
    }
  }
  return std::nullopt;
}

/// What kind of numbers a reader takes.
struct TensorTypes {
  std::optional<Element> (*element)(std::string_view dtype);
  std::string_view types;
};

Result<NumberTable> tensor_at(const std::shared_ptr<const ByteFile>& file,
                              const SafetensorsHeader& header, const std::string& name,
                              const TensorTypes& wanted) {
  const auto fault = [&](const std::string& reason) {
    return tl::unexpected(file->fault(8, formatted("{}: {}", name, reason)));
  };
  const Json& entry = header.tensors[name];
  const auto is_counts = [](const Json& list, std::size_t fewest, std::size_t most) {
    return list.is_array() && list.size() >= fewest && list.size() <= most &&
           std::all_of(list.begin(), list.end(),
                       [](const Json& value) { return value.is_number_unsigned(); });
  };
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() ||
      !entry.contains("shape") || !is_counts(entry["shape"], 0, 32) ||
      !entry.contains("data_offsets") || !is_counts(entry["data_offsets"], 2, 2)) {
    return fault("dtype, shape or data_offsets is missing or malformed");
  }
  const std::string dtype = entry["dtype"].get<std::string>();
  const std::optional<Element> element = wanted.element(dtype);
  if (!element) return fault(formatted("dtype {}; {} are read", quoted_start(dtype), wanted.types));
  const auto begin = entry["data_offsets"][0].get<std::uint64_t>();
  const auto end = entry["data_offsets"][1].get<std::uint64_t>();
  const std::uint64_t room = file->size() - header.start;
  std::uint64_t count = 1;
  bool fits = begin <= end && end <= room;
  NumberTable place;
  for (const Json& size : entry["shape"]) {
    place.shape.push_back(size.get<std::uint64_t>());
    fits = fits && (place.shape.back() == 0 || count <= room / place.shape.back());
    count *= place.shape.back();
  }
  if (!fits || count > room || count * element->bytes != end - begin) {
    return fault(
        formatted("shape and dtype do not make the bytes {} to {} of the {} that there are", begin,
                  end, room));
  }
  place.elements = {file, header.start + begin, *element, count};
  return place;
}

}  // namespace

std::vector<std::string> SafetensorsHeader::names() const {
  std::vector<std::string> names;
  for (const auto& [name, entry] : tensors.items()) {
    if (name != "__metadata__") names.push_back(name);
  }
  return names;
}

bool begins_with_safetensors_header(std::string_view start, std::uint64_t size) {
  if (start.size() <= sizeof(std::uint64_t) || start[8] != '{') return false;
  std::uint64_t header = 0;
  std::memcpy(&header, start.data(), sizeof header);
  if (header > size - sizeof header) return false;
  const std::string_view text = start.substr(8, static_cast<std::size_t>(header));
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' || c < 0; });
}

Result<SafetensorsHeader> read_safetensors_header(const ByteFile& file) {
  constexpr std::uint64_t most = 1 << 20;
  ElementReader size({std::shared_ptr<const ByteFile>(std::shared_ptr<void>(), &file), 0, {8}, 1});
  std::int64_t bytes = 0;
  if (file.size() >= 8) {
    const Result<std::int64_t> read = size.take_one();
    if (!read) return tl::unexpected(read.error());
    bytes = *read;
  }
  const auto length = static_cast<std::uint64_t>(bytes);
  if (file.size() < 8 || length > most || length > file.size() - 8) {
    return tl::unexpected(
        file.fault(0, formatted("a header of {} bytes; the file has {}, and {} are allowed", length,
                                file.size(), most)));
  }
  const Result<std::string> text = file.read_start(8, length);
  if (!text) return tl::unexpected(text.error());
  Result<Json> header = parse_json(*text, file.name() + ": header");
  if (!header) return fail(ErrorKind::data, header.error().message);
  if (!header->is_object()) return tl::unexpected(file.fault(8, "the header is no object"));
  return SafetensorsHeader{std::move(*header), 8 + length};
}

Result<NumberTable> integer_tensor(const std::shared_ptr<const ByteFile>& file,
                                   const SafetensorsHeader& header, const std::string& name) {
  return tensor_at(file, header, name, {&integer_element, "integers"});
}

Result<NumberTable> real_tensor(const std::shared_ptr<const ByteFile>& file,
                                const SafetensorsHeader& header, const std::string& name) {
  return tensor_at(file, header, name, {&real_element, "float16, float32, float64 and bfloat16"});
}

}  // namespace synthgen
