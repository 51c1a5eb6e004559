#include "html_report.hpp"

#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/formats/file_names.hpp"

#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Placeholder for the data in the template: a JSON text, so that the template works as a page.
constexpr std::string_view report_place = "\"SYNTHGEN_REPORT_DATA\"";

/// JSON for an HTML script element: no text in it can end the element or start a comment.
std::string json_for_script(const Json& data) {
  const std::string text = to_text(data);
  std::string escaped;
  escaped.reserve(text.size());
  for (const char character : text) {
    if (character == '<') {
      escaped += "\\u003c";
    } else {
      escaped += character;
    }
  }
  return escaped;
}

}  // namespace

std::vector<std::string> HtmlReport::measures() {
  std::vector<std::string> names;
  for (const MeasureEntry* entry : synthgen::measures()) {
    if (entry->in_page != InPage::never) names.emplace_back(entry->name);
  }
  return names;
}

Result<HtmlReport> HtmlReport::create(const std::string& path,
                                      const std::vector<std::filesystem::path>& read,
                                      bool overwrite) {
  if (report_template().empty()) {
    return fail(ErrorKind::usage,
                "--html: this build has no report page; run npm run build:report in the source "
                "directory and build again");
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return fail(ErrorKind::usage, formatted("{}: is a directory; --html needs a file", path));
  }
  if (Result<void> free = check_is_not_read(path, read, "--html"); !free) {
    return tl::unexpected(std::move(free.error()));
  }
  Result<OutputTarget> target = output_target(path);
  if (!target) return tl::unexpected(std::move(target.error()));
  if (target->kind == OutputTarget::Kind::standard_output) {
    return fail(ErrorKind::usage,
                "--html: standard output has the tables or the JSON; give a file");
  }
  if (target->is_stream()) return HtmlReport(std::move(*target), std::nullopt);
  if (Result<void> free = check_replaceable(*target, overwrite, "another --html"); !free) {
    return tl::unexpected(std::move(free.error()));
  }
  const HeldStopSignals held;
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file) return tl::unexpected(std::move(file.error()));
  if (!remove_when_stopped(file->temporary())) {
    return fail(ErrorKind::usage, formatted("{}: the path is too long", path));
  }
  return HtmlReport(std::move(*target), std::move(*file));
}

Result<void> HtmlReport::write(const std::vector<std::string>& files, const Json& report) {
  return write_data({{"files", files},
                     {"version", program_version},
                     {"measures", measure_table()},
                     {"report", report}});
}

Result<void> HtmlReport::write_evaluation(const Json& evaluation) {
  return write_data({{"version", program_version}, {"evaluation", evaluation}});
}

Result<void> HtmlReport::write_data(const Json& data) {
  const std::string_view page = report_template();
  const std::size_t place = page.find(report_place);
  const std::string text = json_for_script(data);
  std::unique_ptr<OutputFile> stream;
  if (!file_) {
    Result<std::unique_ptr<OutputFile>> opened = open_stream(target_);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    stream = std::move(*opened);
  }
  OutputFile& file = file_ ? *file_ : *stream;
  for (const std::string_view part :
       {page.substr(0, place), std::string_view(text), page.substr(place + report_place.size())}) {
    if (Result<void> written = file.write(part); !written) return written;
  }
  return file.commit();
}

}  // namespace synthgen::cli
