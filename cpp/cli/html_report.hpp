#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/io/atomic_file.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen::cli {

/// The page that a report's data is put into, built from web/report; empty in a build without it.
std::string_view report_template() noexcept;

/// A report as one HTML page with the playground's charts, which asks for nothing else.
class HtmlReport {
 public:
  /// Names of the measures that its charts show, the default ones among them.
  static std::vector<std::string> measures();

  /// Fails (usage) when this build has no template, when the path is a directory or one of the
  /// files that are read, and when it exists and `overwrite` is off; (io) when it cannot be made.
  static Result<HtmlReport> create(const std::string& path,
                                   const std::vector<std::filesystem::path>& read, bool overwrite);

  /// Writes what was measured on these files; the page appears under its name when it is whole.
  Result<void> write(const std::vector<std::string>& files, const Json& report);

 private:
  explicit HtmlReport(AtomicFile file) : file_(std::move(file)) {}

  AtomicFile file_;
};

}  // namespace synthgen::cli
