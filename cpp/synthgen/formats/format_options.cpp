#include "synthgen/formats/format_options.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/compression.hpp"

#include <algorithm>

namespace synthgen {

std::string_view name(Predictive predictive) noexcept {
  return predictive_names[static_cast<std::size_t>(predictive)];
}

std::vector<Problem> check(const FormatOptions& options) {
  const FormatEntry* entry = find_format(options.format);
  if (entry == nullptr) {
    const auto any = [](const FormatEntry&) { return true; };
    return {{"format", quoted_start(options.format), formatted("one of {}", format_names(any))}};
  }
  std::vector<Problem> problems;
  const auto refuse = [&](const char* key, std::string value, const auto& can) {
    problems.push_back(
        {key, std::move(value),
         formatted("not with {}; formats that can: {}", entry->name, format_names(can))});
  };
  if (options.with_latents && !entry->latents)
    refuse("latents", {}, [](const FormatEntry& other) { return other.latents; });
  if (options.predictive != Predictive::nothing && !entry->predictive) {
    refuse("predictive", std::string(name(options.predictive)),
           [](const FormatEntry& other) { return other.predictive; });
  }
  if (options.separator && !entry->separator) {
    refuse("separator", std::to_string(*options.separator),
           [](const FormatEntry& other) { return other.separator; });
  }
  if (options.dataset_card && !entry->dataset_card) {
    refuse("dataset_card", {}, [](const FormatEntry& other) { return other.dataset_card; });
  }
  if (options.trainer_columns && !entry->trainer_columns) {
    refuse("trainer_columns", {}, [](const FormatEntry& other) { return other.trainer_columns; });
  }
  if (options.trainer_columns && options.with_labels) {
    problems.push_back(
        {"trainer_columns", {}, "not with labels, in whose place they have the ids"});
  }
  if (options.separator_first && !options.separator) {
    problems.push_back({"separator_first", {}, "only with a separator"});
  }
  if (!options.compress.empty()) {
    if (find_compression(options.compress) == nullptr) {
      problems.push_back({"compress", quoted_start(options.compress),
                          formatted("one of {}", joined(compression_names, ", "))});
    } else if (!can_compress()) {
      problems.push_back({"compress", options.compress, "nothing: this build cannot compress"});
    } else if (!entry->is_text()) {
      refuse("compress", options.compress,
             [](const FormatEntry& other) { return other.is_text(); });
    }
  }
  if (!options.dtype.empty()) {
    const std::optional<Dtype> dtype = dtype_named(options.dtype);
    const auto has = [&](const FormatEntry& other) {
      return std::find(other.dtypes.begin(), other.dtypes.end(), *dtype) != other.dtypes.end();
    };
    if (!dtype) {
      problems.push_back({"dtype", quoted_start(options.dtype),
                          formatted("one of {}", joined(dtype_names, ", "))});
    } else if (!has(*entry)) {
      refuse("dtype", options.dtype, has);
    }
  }
  return problems;
}

void read_format_options(JsonObject& object, FormatOptions& options) {
  object.optional("format").string(options.format);
  object.optional("latents").boolean(options.with_latents);
  object.optional("labels").boolean(options.with_labels);
  object.optional("predictive").word(options.predictive, predictive_names);
  object.optional("dtype").string(options.dtype);
  object.optional("compress").string(options.compress);
  object.optional("separator").integer(options.separator);
  object.optional("separator_first").boolean(options.separator_first);
  object.optional("trainer_columns").boolean(options.trainer_columns);
  object.optional("dataset_card").boolean(options.dataset_card);
}

Result<FormatOptions> read_format_options(const Json& object) {
  FormatOptions options;
  std::vector<Problem> problems;
  JsonObject members(JsonField(object, "", problems), "an object of format options");
  read_format_options(members, options);
  members.refuse_unknown();
  if (problems.empty()) problems = check(options);
  if (!problems.empty()) return fail(std::move(problems));
  return options;
}

Json to_json(const FormatOptions& options) {
  Json object = {{"format", options.format}, {"latents", options.with_latents}};
  if (options.with_labels) object["labels"] = true;
  if (options.predictive != Predictive::nothing) object["predictive"] = name(options.predictive);
  if (!options.dtype.empty()) object["dtype"] = options.dtype;
  if (!options.compress.empty()) object["compress"] = options.compress;
  if (options.separator) object["separator"] = *options.separator;
  if (options.dataset_card) object["dataset_card"] = true;
  if (options.trainer_columns) object["trainer_columns"] = true;
  if (options.separator_first) object["separator_first"] = true;
  return object;
}

}  // namespace synthgen
