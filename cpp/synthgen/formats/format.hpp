#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/formats/dtype.hpp"
#include "synthgen/formats/file_encoder.hpp"
#include "synthgen/formats/file_plan.hpp"
#include "synthgen/formats/format_options.hpp"
#include "synthgen/formats/read_hints.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/byte_file.hpp"
#include "synthgen/io/line_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A file that a format writes next to the one with the sequences.
struct SideFileName {
  std::string_view ending;  ///< what follows the stem, or a whole name after a slash
  bool is_read = true;      ///< whether reading the sequences takes bytes from it
  bool is_shared = false;   ///< whether other formats or other files use the same name
};

/// A format: one of these, in the file that writes and reads it, is all that the rest of the
/// program knows of it.
struct FormatEntry {
  std::string_view name;
  std::string_view extension;  ///< of the files that it writes, with the dot
  std::span<const std::string_view> other_extensions = {};  ///< of other files that it reads
  std::string_view summary;                                 ///< one sentence
  std::string_view content = "text";                        ///< what errors call such a content
  bool latents = false;                                     ///< whether it can carry them
  bool predictive = false;                                  ///< whether it can carry the exact law
  bool dataset_card = false;           ///< whether Hugging Face's load_dataset reads it
  bool trainer_columns = false;        ///< whether it can carry what trainers look for besides ids
  bool separator = false;              ///< whether it can put an id between sequences
  bool needs_separator = false;        ///< whether it must where sequences differ in length
  bool counts_tokens = false;          ///< whether a file begins with the number of its tokens
  std::span<const Dtype> dtypes = {};  ///< the first that fits is the default; none for text
  std::span<const SideFileName> side_files = {};
  /// The side file that each file of this format has and those of others with the same extension
  /// lack: Megatron's ".idx".
  std::string_view index_ending = {};
  bool standalone = true;  ///< whether a file can be read without its side files
  /// Whether it can be written to a pipe: the sequences are of use without side files, one by one.
  bool streams = false;
  bool takes_stream_hints = false;  ///< whether it reads streams of ids that need `ReadHints`
  bool takes_tensor = false;        ///< whether its files can hold several tensors by name

  /// Whether a file of `size` bytes that begins like this has this format; `start` is its first
  /// `recognized_bytes`. Null where the first bytes may be anything.
  bool (*recognizes)(std::string_view start, std::uint64_t size) = nullptr;

  /// The encoder of one file; `options` are already checked.
  Result<std::unique_ptr<const FileEncoder>> (*make_encoder)(const FormatOptions& options,
                                                             const FilePlan& plan);

  /// A note for whoever reads such files with other programs; empty for none. Null for formats
  /// without notes.
  std::string (*note)(const FormatOptions& options, const FilePlan& plan) = nullptr;

  /// A reader of a binary file. Fails (data) if the file has another format or is malformed,
  /// before it allocates what a header asks for. Null for text.
  Result<std::unique_ptr<SequenceReader>> (*open)(std::shared_ptr<const ByteFile> file,
                                                  const ReadHints& hints) = nullptr;

  /// A reader of text, which faults call `name`. Null for binary formats.
  std::unique_ptr<SequenceReader> (*open_lines)(std::unique_ptr<LineSource> lines,
                                                std::string name) = nullptr;

  /// Text has one sequence per line and can be compressed.
  bool is_text() const noexcept { return open_lines != nullptr; }

  /// Whether files with this extension (with its dot) can have this format.
  bool has_extension(std::string_view of_file) const noexcept;
};

/// How much of a file's start `FormatEntry::recognizes` needs.
inline constexpr std::uint64_t recognized_bytes = 1024;

/// Every format, in the order in which help lists them. The first is the default.
std::span<const FormatEntry* const> formats();

/// Null if no format has that name.
const FormatEntry* find_format(std::string_view name);

/// The names of the formats that a rule admits: "jsonl, npy, pt".
template <class Rule>
std::string format_names(const Rule& rule) {
  std::string names;
  for (const FormatEntry* entry : formats()) {
    if (!rule(*entry)) continue;
    if (!names.empty()) names += ", ";
    names += entry->name;
  }
  return names;
}

/// The names of the formats that can carry latents.
std::string formats_with_latents();

/// For each format {name, extension, extensions (that are read), summary, latents, predictive,
/// text, separator, dtypes, in_memory (whether a file is read without its side files)}.
Json format_table();

/// Notes on a file for whoever reads it with other programs; none if the options are wrong.
std::vector<std::string> format_notes(const FormatOptions& options, const FilePlan& plan);

/// The encoder of one file. Fails (usage) with every problem of the options and of this file.
Result<std::unique_ptr<const FileEncoder>> make_encoder(const FormatOptions& options,
                                                        const FilePlan& plan);

}  // namespace synthgen
