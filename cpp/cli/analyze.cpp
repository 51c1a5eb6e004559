#include "synthgen/advise/advice.hpp"
#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/io/input.hpp"

#include <algorithm>
#include <limits>
#include <thread>

#include "cli/flags/format_flags.hpp"
#include "cli/text/analysis_text.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "command.hpp"
#include "dataset_comparison.hpp"
#include "dataset_inputs.hpp"
#include "html_report.hpp"
#include "measure_files.hpp"

namespace synthgen::cli {
namespace {

/// Measures the sequences of one or several files together.
class Analyze final : public Command {
 public:
  explicit Analyze(CLI::App& program)
      : Command(program, "analyze", "Measure the sequences of files, all files together.") {
    constexpr std::int64_t longest_ngram = 16;
    constexpr std::int64_t most_threads = 1024;
    arguments_.add_operands(
        "FILE",
        "File of sequences in any format, the directory of a dataset, or - for standard "
        "input.",
        paths_);
    arguments_.add_switch("--json", "One JSON document instead of tables.", as_json_);
    arguments_.add_integer("--ngram", "Length n of the most common n-grams, 1 to 16. Default: 3.",
                           ngram_, 1, longest_ngram);
    arguments_.add_integer("--top", "How many n-grams, and ids in the table, to show. Default: 10.",
                           top_, 1, std::numeric_limits<unsigned>::max());
    arguments_.add("--measures", "NAMES",
                   "What to measure: names of measures or groups, separated by commas, or all. A "
                   "measure brings its whole group with it, see synthgen measures. Default: "
                   "default.",
                   [this](const std::string& text) { return store_measures(text); });
    arguments_.add_integer("--threads",
                           "Number of threads. The report does not depend on it, except with "
                           "--approximate, where each thread has its share of the memory. "
                           "Default: one per processor.",
                           threads_, 1, most_threads);
    constexpr std::uint64_t smallest_limit = std::uint64_t{1} << 20;
    arguments_.add_bytes(
        "--memory-limit",
        "About how much memory exact counts may take; beyond it they go to temporary files in "
        "TMPDIR (/tmp). mutual_information, conditional_entropy, distinct_n and "
        "near_duplicate_share are then estimated from what fits, and the report has bounds of "
        "their errors.",
        memory_limit_bytes_, smallest_limit);
    add_max_line(arguments_, max_line_);
    add_read_hints(arguments_, hints_);
    arguments_.add_switch("--approximate",
                          "Stay within the memory limit without temporary files; the report then "
                          "has bounds of the errors of counts.",
                          approximate_);
    arguments_.add_switch("--no-expected",
                          "Leave out the expected values from the manifest's generator. Simulating "
                          "them can take longer than measuring, mostly with --measures all.",
                          no_expected_);
    arguments_.add_text(
        "--html", "REPORT",
        "Also write an HTML page with the numbers and the playground's charts. This adds the "
        "measures of these charts to the report, --json's too.",
        html_);
    arguments_.add_switch("--force", "Replace the HTML page if it exists.", force_);
    arguments_.add_switch("--quiet", "No progress bar.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (!problems.empty()) return fail(std::move(problems));
    const Result<DatasetInputs> inputs = find_inputs(paths_);
    if (!inputs) return tl::unexpected(inputs.error());
    std::optional<HtmlReport> page;
    if (!html_.empty()) {
      Result<HtmlReport> created = HtmlReport::create(html_, files_read(inputs->files), force_);
      if (!created) return tl::unexpected(std::move(created.error()));
      page.emplace(std::move(*created));
    }
    for (const Fault& fault : inputs->faults) say(fault.text());
    Result<Json> report = measure(*inputs);
    if (!report) return tl::unexpected(report.error());
    const Config* config = inputs->config ? &*inputs->config : nullptr;
    (*report)["advice"] = to_json(advise(*report, config));
    const AnalysisView view{.top = options(*inputs).top,
                            .width = terminal_width(Stream::output),
                            .blocks = blocks_of_locale()};
    const Result<void> printed =
        print(as_json_ ? to_text(*report, 2) + '\n' : analysis_text(*report, view));
    if (!printed) return tl::unexpected(printed.error());
    if (page) {
      std::vector<std::string> names;
      for (const DatasetFile& file : inputs->files) names.push_back(input_name(file.path));
      if (Result<void> written = page->write(names, *report); !written) {
        return tl::unexpected(std::move(written.error()));
      }
    }
    return ExitStatus::done;
  }

 private:
  std::optional<Problem> store_measures(const std::string& text) {
    for (std::size_t start = 0; start <= text.size();) {
      const std::size_t end = std::min(text.find(',', start), text.size());
      measures_.push_back(text.substr(start, end - start));
      start = end + 1;
    }
    const auto selected = selected_measures(measures_);
    if (selected) return std::nullopt;
    return selected.error().problems.front();
  }

  AnalysisOptions options(const DatasetInputs& inputs) const {
    AnalysisOptions options;
    options.vocab_size = inputs.vocab_size;
    options.measures = measures_;
    if (!html_.empty()) {
      const std::vector<std::string> shown = HtmlReport::measures();
      options.measures.insert(options.measures.end(), shown.begin(), shown.end());
    }
    options.ngram = static_cast<unsigned>(ngram_.value_or(options.ngram));
    options.top = static_cast<unsigned>(top_.value_or(options.top));
    options.memory_limit_bytes = memory_limit_bytes_;
    options.approximate = approximate_;
    return options;
  }

  Result<Json> measured(const std::vector<DatasetFile>& files, const AnalysisOptions& how,
                        unsigned threads, DatasetComparison& comparison) const {
    std::vector<std::string> notes;
    const MeasuringOptions measuring{
        .threads = threads, .max_line = max_line_, .hints = hints_, .quiet = quiet_};
    const Result<Analyzer> analyzer = measure_files(files, how, measuring, comparison, notes);
    if (!analyzer) return tl::unexpected(analyzer.error());
    if (!quiet_) {
      for (const std::string& note : notes) say(note);
    }
    return analyzer->report();
  }

  Result<Json> measure(const DatasetInputs& inputs) const {
    const auto threads =
        static_cast<unsigned>(threads_.value_or(std::max(1U, std::thread::hardware_concurrency())));
    const AnalysisOptions how = options(inputs);
    DatasetComparison comparison(inputs.files, how);
    Result<Json> report = measured(inputs.files, how, threads, comparison);
    if (!report) return report;
    const std::optional<Config> config = no_expected_ ? std::nullopt : inputs.config;
    if (Result<void> compared = comparison.report(config, threads, quiet_, *report); !compared) {
      return tl::unexpected(std::move(compared.error()));
    }
    return report;
  }

  std::vector<std::string> paths_;
  std::optional<std::int64_t> ngram_;
  std::optional<std::int64_t> top_;
  std::optional<std::int64_t> threads_;
  std::uint64_t memory_limit_bytes_ = AnalysisOptions().memory_limit_bytes;
  std::uint64_t max_line_ = default_max_line;
  ReadHints hints_;
  bool approximate_ = false;
  std::vector<std::string> measures_;
  std::string html_;
  bool no_expected_ = false;
  bool force_ = false;
  bool as_json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_analyze(CLI::App& program) {
  return std::make_unique<Analyze>(program);
}

}  // namespace synthgen::cli
