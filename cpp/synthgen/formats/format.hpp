#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/file_encoder.hpp"
#include "synthgen/formats/dtype.hpp"
#include "synthgen/generate/length_layer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// What is known of a file before its first sequence is made. Depends on the config and the file's
/// place in the dataset alone, so every shard agrees on row lengths and types.
struct FilePlan {
  std::string stem;              ///< its name without the extension: train, train-00003-of-00016
  std::uint64_t sequences = 0;   ///< exactly as many
  LengthRange lengths;           ///< of any sequence of its split
  std::uint64_t vocab_size = 0;  ///< ids lie below it
  std::uint64_t dataset_vocab_size = 0;   ///< of all splits
  std::uint32_t pad_token = 0;            ///< fills rows that have to be equally long
  std::optional<std::int64_t> seed = {};  ///< where a config has made the sequences
  /// Where what has to wait for the file's end is kept; empty: where the system has such files.
  std::string spool_directory = {};
};

/// How the files of a dataset are written.
struct FormatOptions {
  std::string format = "jsonl";  ///< a name from `formats()`
  bool with_latents = false;     ///< each sequence's latents beside its tokens
  bool with_labels = false;      ///< each token's label beside it
  std::string dtype = {};        ///< of the ids, by its name; empty: the format's own choice
  std::string compress = {};     ///< gzip or zstd; empty: not at all
  std::optional<std::uint32_t> separator = {};  ///< an id behind each sequence of a stream of ids
};

/// A format's line in the registry.
struct FormatEntry {
  std::string_view name;
  std::string_view extension;          ///< with its dot
  std::string_view summary;            ///< one sentence
  bool latents = false;                ///< whether it can carry them
  bool labels = false;                 ///< the same
  bool text = false;                   ///< whether it is for people, too: it can be compressed
  bool separator = false;              ///< whether it can put one between sequences
  std::span<const Dtype> dtypes = {};  ///< its own choice is the first that fits; none for text
  /// Files that belong to one: what stands behind its stem, or a whole name behind a slash.
  std::span<const std::string_view> side_files = {};
  bool joins = false;  ///< whether the concatenation of two files is a file of both's sequences
  /// The encoder of one file; the options are the format's own (`make_encoder` has checked them).
  Result<std::unique_ptr<const FileEncoder>> (*make_encoder)(const FormatOptions&, const FilePlan&);
};

/// Every format that can be written, in the order in which help lists them.
std::span<const FormatEntry* const> formats();

/// Null when there is none of that name.
const FormatEntry* find_format(std::string_view name);

/// What is wrong with the options themselves: an unknown format, or what the format cannot carry,
/// with those that can. Keys are the members' names.
std::vector<Problem> check(const FormatOptions& options);

/// The names of the formats that can carry labels, or latents: "jsonl, npy, pt, safetensors".
std::string formats_with_labels();
std::string formats_with_latents();

/// The encoder of one file. Fails (usage) with every problem of the options, those with this file
/// included.
Result<std::unique_ptr<const FileEncoder>> make_encoder(const FormatOptions& options,
                                                        const FilePlan& plan);

/// A file's name from its plan's stem, "train.jsonl"; the options hold a known format.
std::string file_name(const FormatOptions& options, std::string_view stem);

/// Every name that a file of sequences of that stem has in some format.
std::vector<std::string> main_file_names(std::string_view stem);

/// Every name that a file of that stem, or what belongs to it, has in some format.
std::vector<std::string> possible_file_names(std::string_view stem);

}  // namespace synthgen
