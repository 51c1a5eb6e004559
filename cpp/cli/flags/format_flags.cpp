#include "format_flags.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/dataset_card.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/compression.hpp"
#include "synthgen/io/whole_file.hpp"

#include <array>
#include <filesystem>
#include <system_error>

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

/// A flag whose value is an id.
Arguments::Store an_id(std::optional<std::uint32_t>& target) {
  return [&target](const std::string& text) -> std::optional<Problem> {
    const std::optional<std::int64_t> id = whole_number(number_from_text(text));
    if (!id || *id < 0 || *id > UINT32_MAX) {
      return Problem{{}, quoted_start(text), "an id from 0 to 4294967295"};
    }
    target = static_cast<std::uint32_t>(*id);
    return std::nullopt;
  };
}

/// "npy: uint16, int32; pt: int64".
std::string dtypes_by_format() {
  std::string text;
  for (const FormatEntry* entry : formats()) {
    std::vector<std::string_view> names;
    for (const Dtype dtype : entry->dtypes) names.push_back(name(dtype));
    if (names.empty()) continue;
    text += formatted("{}{}: {}", text.empty() ? "" : "; ", entry->name, joined(names, ", "));
  }
  return text;
}

/// "gzip (.gz), zstd (.zst)".
std::string compressions_with_extensions() {
  std::vector<std::string> words;
  for (const Compression& each : compressions) {
    words.push_back(formatted("{} ({})", each.name, each.extension));
  }
  return joined(words, ", ");
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
                formatted("Type of the ids. Allowed: {}. Default: the first of these that holds "
                          "every id.",
                          dtypes_by_format()),
                one_of(format.dtype, dtype_names));
  arguments.offer("--dtype", {dtype_names.begin(), dtype_names.end()});
  arguments.add("--compress", "WORD",
                formatted("Compress the files of text formats: {}. Allowed: {}. Default: no "
                          "compression.",
                          format_names([](const FormatEntry& entry) { return entry.is_text(); }),
                          compressions_with_extensions()),
                one_of(format.compress, compression_names));
  arguments.offer("--compress", {compression_names.begin(), compression_names.end()});
  arguments.add("--separator", "ID",
                formatted("An id after each sequence, above those of the vocabulary. Formats: {}. "
                          "Default: none.",
                          format_names([](const FormatEntry& entry) { return entry.separator; })),
                an_id(format.separator));
  arguments.add_switch("--separator-first", "Put the separator before each sequence instead.",
                       format.separator_first);
  arguments.add_switch(
      "--trainer-columns",
      "Also write attention_mask, and labels equal to the ids (models shift them), the columns "
      "Hugging Face's trainers expect. Formats: " +
          format_names([](const FormatEntry& entry) { return entry.trainer_columns; }) + ".",
      format.trainer_columns);
}

void add_dataset_card(Arguments& arguments, FormatOptions& format) {
  arguments.add_switch(
      "--dataset-card",
      "Also write a README.md that tells Hugging Face's load_dataset which file is which split. "
      "Formats: " +
          format_names([](const FormatEntry& entry) { return entry.dataset_card; }) + ".",
      format.dataset_card);
}

Result<void> check_dataset_card(const std::string& directory) {
  const std::string path = (std::filesystem::path(directory) / dataset_card_name).string();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  const Result<std::string> text = read_file(path);
  if (!text) return tl::unexpected(text.error());
  if (is_dataset_card(*text)) return {};
  return fail(ErrorKind::usage,
              formatted("{}: exists and is no card of a dataset; --force replaces it", path));
}

void add_max_line(Arguments& arguments, std::uint64_t& max_line) {
  arguments.add_bytes("--max-line",
                      "The longest line of a text that is read; reading it takes a few times as "
                      "much memory.",
                      max_line, 1);
}

void add_read_hints(Arguments& arguments, ReadHints& hints) {
  constexpr std::array stream_types{name(Dtype::uint16), name(Dtype::uint32)};
  arguments.add("--input-dtype", "TYPE",
                formatted("Type of the ids in a stream without a header. Allowed: {}. Default: the "
                          "value in the file's metadata.",
                          joined(stream_types, ", ")),
                [&hints, stream_types](const std::string& text) -> std::optional<Problem> {
                  const std::optional<Dtype> dtype = dtype_named(text);
                  if (dtype != Dtype::uint16 && dtype != Dtype::uint32) {
                    return Problem{
                        {}, quoted_start(text), formatted("one of {}", joined(stream_types, ", "))};
                  }
                  hints.dtype = dtype;
                  return std::nullopt;
                });
  arguments.add("--input-seq-length", "N",
                "Length of the sequences in a stream of ids, or in an array of one dimension. "
                "Default: the value in the file's metadata.",
                [&hints](const std::string& text) -> std::optional<Problem> {
                  const std::optional<std::int64_t> length = whole_number(number_from_text(text));
                  if (!length || *length < 1) {
                    return Problem{{}, quoted_start(text), "an integer from 1 up"};
                  }
                  hints.seq_length = static_cast<std::uint64_t>(*length);
                  return std::nullopt;
                });
  arguments.add("--input-separator", "ID",
                "The id that follows each sequence in a stream of ids, or in an array of one "
                "dimension; it is left out. Default: the value in the file's metadata.",
                an_id(hints.separator));
  arguments.add_switch("--input-separator-first", "The separator precedes each sequence instead.",
                       hints.separator_first);
  arguments.add_text(
      "--tensor", "NAME",
      "The ids in a file of several tensors or arrays. Default: input_ids, inputs or "
      "tokens.",
      hints.tensor);
}

Error with_flag_names(const Error& error) {
  if (error.problems.empty()) return error;
  std::vector<Problem> problems = error.problems;
  for (Problem& problem : problems) problem.key = flag_name(problem.key);
  return fail(std::move(problems)).value();
}

}  // namespace synthgen::cli
