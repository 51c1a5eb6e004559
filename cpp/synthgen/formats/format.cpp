#include "synthgen/formats/format.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/all_formats.hpp"
#include "synthgen/io/compression.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array all_formats{&jsonl_format, &npy_format,      &pt_format, &safetensors_format,
                                 &bin_format,   &megatron_format, &csv_format};

const Compression* find_compression(std::string_view name) {
  const auto found = std::find_if(compressions.begin(), compressions.end(),
                                  [&](const Compression& way) { return way.name == name; });
  return found == compressions.end() ? nullptr : &*found;
}

/// The names of the formats that a rule admits.
template <class Rule>
std::string names_where(const Rule& rule) {
  std::vector<std::string_view> names;
  for (const FormatEntry* entry : all_formats) {
    if (rule(*entry)) names.push_back(entry->name);
  }
  return joined(names, ", ");
}

bool carries_latents(const FormatEntry& entry) {
  return entry.latents;
}
bool carries_labels(const FormatEntry& entry) {
  return entry.labels;
}

}  // namespace

std::span<const FormatEntry* const> formats() {
  return all_formats;
}

const FormatEntry* find_format(std::string_view name) {
  const auto found = std::find_if(all_formats.begin(), all_formats.end(),
                                  [&](const FormatEntry* entry) { return entry->name == name; });
  return found == all_formats.end() ? nullptr : *found;
}

std::string formats_with_labels() {
  return names_where(carries_labels);
}

std::string formats_with_latents() {
  return names_where(carries_latents);
}

std::vector<Problem> check(const FormatOptions& options) {
  const FormatEntry* entry = find_format(options.format);
  if (entry == nullptr) {
    return {{"format", quoted_start(options.format),
             formatted("one of {}", names_where([](const FormatEntry&) { return true; }))}};
  }
  std::vector<Problem> problems;
  const auto refuse = [&](const char* key, std::string value, const auto& can) {
    problems.push_back(
        {key, std::move(value),
         formatted("not with {}; formats that can: {}", entry->name, names_where(can))});
  };
  if (options.with_latents && !entry->latents) refuse("latents", {}, carries_latents);
  if (options.with_labels && !entry->labels) refuse("labels", {}, carries_labels);
  if (options.separator && !entry->separator) {
    refuse("separator", std::to_string(*options.separator),
           [](const FormatEntry& other) { return other.separator; });
  }
  if (!options.compress.empty()) {
    if (find_compression(options.compress) == nullptr) {
      problems.push_back({"compress", quoted_start(options.compress), "gzip or zstd"});
    } else if (!can_compress()) {
      problems.push_back({"compress", options.compress, "nothing: this build compresses nothing"});
    } else if (!entry->text) {
      refuse("compress", options.compress, [](const FormatEntry& other) { return other.text; });
    }
  }
  if (!options.dtype.empty()) {
    const std::optional<Dtype> dtype = dtype_named(options.dtype);
    if (!dtype) {
      problems.push_back({"dtype", quoted_start(options.dtype),
                          formatted("one of {}", joined(dtype_names, ", "))});
    } else if (std::find(entry->dtypes.begin(), entry->dtypes.end(), *dtype) ==
               entry->dtypes.end()) {
      refuse("dtype", options.dtype, [&](const FormatEntry& other) {
        return std::find(other.dtypes.begin(), other.dtypes.end(), *dtype) != other.dtypes.end();
      });
    }
  }
  return problems;
}

Result<std::unique_ptr<const FileEncoder>> make_encoder(const FormatOptions& options,
                                                        const FilePlan& plan) {
  std::vector<Problem> problems = check(options);
  if (!problems.empty()) return fail(std::move(problems));
  Result<std::unique_ptr<const FileEncoder>> encoder =
      find_format(options.format)->make_encoder(options, plan);
  if (!encoder || options.compress.empty()) return encoder;
  return compressed(std::move(*encoder), *find_compression(options.compress));
}

std::string file_name(const FormatOptions& options, std::string_view stem) {
  std::string name = std::string(stem).append(find_format(options.format)->extension);
  if (const Compression* way = find_compression(options.compress)) name += way->extension;
  return name;
}

std::vector<std::string> main_file_names(std::string_view stem) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  };
  for (const FormatEntry* entry : all_formats) {
    const std::string name = std::string(stem).append(entry->extension);
    add(name);
    if (!entry->text) continue;
    for (const Compression& way : compressions) add(name + std::string(way.extension));
  }
  return names;
}

std::vector<std::string> possible_file_names(std::string_view stem) {
  std::vector<std::string> names = main_file_names(stem);
  for (const FormatEntry* entry : all_formats) {
    for (const std::string_view side : entry->side_files) {
      std::string name =
          side.starts_with('/') ? std::string(side.substr(1)) : std::string(stem).append(side);
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(std::move(name));
      }
    }
  }
  return names;
}

}  // namespace synthgen
