#include "format_flags.hpp"

#include "synthgen/config/formatted.hpp"

#include "flag_value.hpp"

namespace synthgen::cli {
namespace {

/// The flag's value when it is one of `choices`.
template <class Choices>
Arguments::Store one_of(std::string& target, const Choices& choices) {
  return [&target, choices](const std::string& text) -> std::optional<Problem> {
    for (const auto& choice : choices) {
      if (text != choice) continue;
      target = text;
      return std::nullopt;
    }
    return Problem{{}, quoted_start(text), formatted("one of {}", joined(choices, ", "))};
  };
}

}  // namespace

void add_format_options(Arguments& arguments, FormatOptions& format) {
  std::vector<std::string_view> names;
  std::string summaries;
  for (const FormatEntry* entry : formats()) {
    names.push_back(entry->name);
    summaries += formatted(" {}: {}", entry->name, entry->summary);
  }
  arguments.add_choice("--format", "Format of the files." + summaries, format.format, names);
  arguments.add("--dtype", "TYPE",
                formatted("Type of the ids in npy, pt, safetensors, bin and megatron. Allowed: one "
                          "of {}, as far as the format has it. Default: the format's first that "
                          "holds every id, for pt and safetensors int64.",
                          joined(dtype_names, ", ")),
                one_of(format.dtype, dtype_names));
  arguments.add("--compress", "WORD",
                "Compress jsonl or csv. Allowed: gzip (.gz) or zstd (.zst). Default: not at all.",
                one_of(format.compress, std::array{"gzip", "zstd"}));
  arguments.add("--separator", "ID",
                "With bin: an id behind each sequence, above every token's. Default: none.",
                [&format](const std::string& text) -> std::optional<Problem> {
                  const std::optional<std::int64_t> id = whole_number(number_from_text(text));
                  if (!id || *id < 0 || *id > UINT32_MAX) {
                    return Problem{{}, quoted_start(text), "an id from 0 to 4294967295"};
                  }
                  format.separator = static_cast<std::uint32_t>(*id);
                  return std::nullopt;
                });
}

Error with_flag_names(const Error& error) {
  if (error.problems.empty()) return error;
  std::vector<Problem> problems = error.problems;
  for (Problem& problem : problems) problem.key = flag_name(problem.key);
  return fail(std::move(problems)).value();
}

}  // namespace synthgen::cli
