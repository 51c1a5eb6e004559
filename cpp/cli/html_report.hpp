#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen::cli {

/// The page into which a report's data is inserted, built from web/report; empty in a build without
/// it.
std::string_view report_template() noexcept;

/// A report as one self-contained HTML page with the playground's charts.
class HtmlReport {
 public:
  /// Groups of measures that it shows: those of the page.
  static std::vector<std::string> measures();

  /// Fails (usage) if this build has no template, the path is a directory, standard output or one
  /// of the input files, or it exists and `overwrite` is off; (io) if it cannot be created. A stop
  /// signal removes what is written until then.
  static Result<HtmlReport> create(const std::string& path,
                                   const std::vector<std::filesystem::path>& read, bool overwrite);

  /// Writes the report on these files; the page appears under its name when it is complete.
  Result<void> write(const std::vector<std::string>& files, const Json& report);

  /// Likewise what `to_json` makes of an evaluation.
  Result<void> write_evaluation(const Json& evaluation);

 private:
  Result<void> write_data(const Json& data);

  HtmlReport(OutputTarget target, std::optional<AtomicFile> file)
      : target_(std::move(target)), file_(std::move(file)) {}

  OutputTarget target_;
  std::optional<AtomicFile> file_;  ///< none for a pipe or device, which is opened to be written
};

}  // namespace synthgen::cli
