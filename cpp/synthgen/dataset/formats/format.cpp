#include "synthgen/dataset/formats/format.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/formats/all_formats.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array all_formats{&jsonl_format};

/// The names of the formats that a rule admits.
template <class Rule>
std::string names_where(const Rule& rule) {
  std::vector<std::string_view> names;
  for (const FormatEntry* entry : all_formats) {
    if (rule(*entry)) names.push_back(entry->name);
  }
  return joined(names, ", ");
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

std::vector<Problem> check(const FormatOptions& options) {
  const FormatEntry* entry = find_format(options.format);
  if (entry == nullptr) {
    return {{"format", quoted_start(options.format),
             formatted("one of {}", names_where([](const FormatEntry&) { return true; }))}};
  }
  std::vector<Problem> problems;
  if (options.with_latents && !entry->latents) {
    problems.push_back(
        {"latents",
         {},
         formatted("{} cannot carry them; formats that can: {}", entry->name,
                   names_where([](const FormatEntry& other) { return other.latents; }))});
  }
  return problems;
}

Result<std::unique_ptr<const FileEncoder>> make_encoder(const FormatOptions& options,
                                                        const FilePlan& plan) {
  std::vector<Problem> problems = check(options);
  if (!problems.empty()) return fail(std::move(problems));
  return find_format(options.format)->make_encoder(options, plan);
}

std::string file_name(const FormatOptions& options, std::string_view stem) {
  return std::string(stem).append(find_format(options.format)->extension);
}

std::vector<std::string> possible_file_names(std::string_view stem) {
  std::vector<std::string> names;
  for (const FormatEntry* entry : all_formats) {
    names.push_back(std::string(stem).append(entry->extension));
  }
  return names;
}

}  // namespace synthgen
