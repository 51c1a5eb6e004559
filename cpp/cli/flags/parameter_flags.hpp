#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"

namespace synthgen::cli {

/// The parameter table as flags, `--config FILE`, which they override, and `--preset NAME`, which
/// both override.
class ParameterFlags {
 public:
  /// Adds `--config`, `--preset` and a flag for each parameter but `left_out`.
  explicit ParameterFlags(Arguments& arguments, std::string_view left_out = {});

  /// Sets a parameter as its flag would.
  void set(std::string_view key, Json value) { flags_[std::string(key)] = std::move(value); }

  /// The text of the file that `--config` names, for what else it may say. It is read once.
  const Result<std::string>& config_text(const std::string& path) const;

  /// Whether any of the flags was given; known after `Arguments::store`.
  bool any() const noexcept { return !flags_.empty() || !config_path_.empty() || !preset_.empty(); }

  /// The generator of file and flags. Fails (usage) with `problems`, those of the file, those of
  /// the flags and those of the two together, all at once; (io) if a file cannot be read. A config
  /// without problems is given to `announce` before its tables are made, which may take long.
  Result<Generator> generator(std::vector<Problem> problems,
                              const std::function<void(const Config&)>& announce = {}) const;

 private:
  Result<Json> read_config_file() const;
  /// Sets the parameters of the preset, then those of the file, then those of the flags; returns
  /// their problems.
  std::vector<Problem> apply_to(Config& config, Json file) const;

  std::string config_path_;
  std::string preset_;
  mutable std::optional<Result<std::string>> config_text_;
  /// The error of the first file of a flag that cannot be read.
  std::optional<Error> unreadable_;
  Json flags_ = Json::object();
};

}  // namespace synthgen::cli
