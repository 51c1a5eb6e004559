#include "synthgen/analyze/advice.hpp"
#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/dataset/sequence_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "analysis_text.hpp"
#include "command.hpp"
#include "dataset_comparison.hpp"
#include "dataset_inputs.hpp"
#include "html_report.hpp"
#include "progress_bar.hpp"
#include "standard_output.hpp"
#include "terminal.hpp"

namespace synthgen::cli {
namespace {

/// Measures the sequences of one or several files together.
class Analyze final : public Command {
 public:
  explicit Analyze(CLI::App& program)
      : Command(program, "analyze", "Measure the sequences of files, all files together.") {
    constexpr std::int64_t longest_ngram = 16;
    arguments_.add_operands(
        "FILE", "File of sequences in any format, or the directory of a dataset.", paths_);
    arguments_.add_switch("--json", "One JSON document instead of tables.", as_json_);
    arguments_.add_integer("--ngram", "n of the most common n-grams, 1 to 16. Default: 3.", ngram_,
                           1, longest_ngram);
    arguments_.add_integer("--top", "How many n-grams, and ids in the table, to show. Default: 10.",
                           top_, 1, std::numeric_limits<unsigned>::max());
    arguments_.add("--measures", "NAMES",
                   "What to measure: names of measures or groups of them, separated by commas, or "
                   "all. Default: default.",
                   [this](const std::string& text) { return store_measures(text); });
    arguments_.add_text("--html", "REPORT",
                        "Also write one HTML page with the numbers and the playground's charts.",
                        html_);
    arguments_.add_switch("--force", "Replace the HTML page if it is there.", force_);
    arguments_.add_switch("--quiet", "No progress bar.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (!problems.empty()) return fail(std::move(problems));
    const Result<DatasetInputs> inputs = find_inputs(paths_);
    if (!inputs) return tl::unexpected(inputs.error());
    std::optional<HtmlReport> page;
    if (!html_.empty()) {
      Result<HtmlReport> created = HtmlReport::create(html_, force_);
      if (!created) return tl::unexpected(std::move(created.error()));
      page.emplace(std::move(*created));
    }
    for (const Fault& fault : inputs->faults) say(fault.text());
    Result<Json> report = measure(*inputs);
    if (!report) return tl::unexpected(report.error());
    const Config* config = inputs->config ? &*inputs->config : nullptr;
    (*report)["advice"] = to_json(advise(*report, config));
    const AnalysisView view{.vocab_size = inputs->vocab_size,
                            .top = options(*inputs).top,
                            .width = terminal_width(Stream::output),
                            .blocks = blocks_of_locale()};
    const Result<void> printed =
        print(as_json_ ? to_text(*report, 2) + '\n' : analysis_text(*report, view));
    if (!printed) return tl::unexpected(printed.error());
    if (page) {
      std::vector<std::string> names;
      for (const DatasetFile& file : inputs->files) names.push_back(file.path);
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
    return options;
  }

  Result<Json> measure(const DatasetInputs& inputs) const {
    constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
    Result<Analyzer> analyzer = Analyzer::create(options(inputs));
    if (!analyzer) return tl::unexpected(std::move(analyzer.error()));
    DatasetComparison comparison;
    SequenceBatch batch;
    for (const DatasetFile& file : inputs.files) {
      const std::string split =
          file.split.empty() ? std::filesystem::path(file.path).stem().string() : file.split;
      const Result<std::unique_ptr<SequenceReader>> reader = open_sequences(file.path);
      if (!reader) return tl::unexpected(reader.error());
      ProgressBar bar(file.path, "B", !quiet_);
      for (bool more = true; more;) {
        batch.clear();
        const Result<bool> read = (*reader)->read(batch, batch_tokens);
        if (!read) return tl::unexpected(read.error());
        more = *read;
        if (Result<void> added = analyzer->add(batch); !added) {
          return tl::unexpected(std::move(added.error()));
        }
        comparison.add(split, batch);
        bar.show(static_cast<double>((*reader)->bytes_read()),
                 static_cast<double>((*reader)->size_bytes()));
      }
    }
    Result<Json> report = analyzer->report();
    if (report) comparison.report(inputs.config, *report);
    return report;
  }

  std::vector<std::string> paths_;
  std::optional<std::int64_t> ngram_;
  std::optional<std::int64_t> top_;
  std::vector<std::string> measures_;
  std::string html_;
  bool force_ = false;
  bool as_json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_analyze(CLI::App& program) {
  return std::make_unique<Analyze>(program);
}

}  // namespace synthgen::cli
