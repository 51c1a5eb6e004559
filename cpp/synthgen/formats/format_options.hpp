#pragma once

#include "synthgen/config/json_fields.hpp"
#include "synthgen/generate/predictive.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The words for `Predictive`; the first, empty, is for nothing.
inline constexpr std::array<std::string_view, 3> predictive_names{"", "bits", "law"};

std::string_view name(Predictive predictive) noexcept;

/// How labels lie: scored against the model's output at their own position, or one position
/// earlier, because the model shifts them itself.
inline constexpr std::string_view same_position = "same_position";
inline constexpr std::string_view next_token = "next_token";

/// How the files of a dataset are written.
struct FormatOptions {
  std::string format = "jsonl";                 ///< a name from `formats()`
  bool with_latents = false;                    ///< write each sequence's latents
  bool with_labels = false;                     ///< write each token's label
  Predictive predictive = Predictive::nothing;  ///< write the exact law, or what tokens cost by it
  std::string dtype = {};                       ///< type of the ids; empty: the format's choice
  std::string compress = {};                    ///< gzip or zstd; empty: no compression
  std::optional<std::uint32_t> separator = {};  ///< an id after each sequence of a stream of ids
  /// JSONL: a README.md that maps files to splits for Hugging Face's load_dataset.
  bool dataset_card = false;
  /// JSONL: also attention_mask, and labels equal to the ids: the columns that trainers expect.
  bool trainer_columns = false;
  bool separator_first = false;  ///< the separator precedes each sequence instead
};

/// What is wrong with the options: an unknown format, or what the format cannot carry, with the
/// formats that can. Keys are those of `to_json`.
std::vector<Problem> check(const FormatOptions& options);

/// Reads an object of `format`, `latents`, `labels`, `predictive` ("bits" or "law"), `dtype`,
/// `compress`, `separator`, `separator_first`, `trainer_columns` and `dataset_card`, all optional.
/// Fails (usage) with every problem at once, those of `check` included.
Result<FormatOptions> read_format_options(const Json& object);

/// Reads these members of an object that may have others.
void read_format_options(JsonObject& object, FormatOptions& options);

/// The object that `read_format_options` reads: `format`, `latents`, and what differs from the
/// defaults.
Json to_json(const FormatOptions& options);

}  // namespace synthgen
