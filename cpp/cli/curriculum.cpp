#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/curriculum/write_curriculum.hpp"
#include "synthgen/io/input.hpp"
#include "synthgen/io/whole_file.hpp"

#include <algorithm>

#include "cli/flags/format_flags.hpp"
#include "cli/text/format_text.hpp"
#include "cli/text/progress_bar.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "cli/text/text_table.hpp"
#include "command.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

std::string summary_text(const CurriculumSummary& summary) {
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right,
                   TextTable::Align::right, TextTable::Align::left, TextTable::Align::left});
  table.add({"stage", "sequences", "tokens", "cut", "complexity", "directory"});
  for (const StageSummary& stage : summary.stages) {
    const std::string range =
        stage.file.sequences == 0
            ? "-"
            : format_text("{:.4f} to {:.4f}", stage.least_complexity, stage.most_complexity);
    table.add({stage.stage.name, std::to_string(stage.file.sequences),
               std::to_string(stage.file.tokens), std::to_string(stage.cut), range,
               stage.directory});
  }
  return table.text(0, terminal_width(Stream::output));
}

/// The position of a word in a list that has it.
template <class Enumerator, class Names>
Enumerator enumerator(const Names& names, const std::string& word) {
  return static_cast<Enumerator>(std::find(names.begin(), names.end(), word) - names.begin());
}

/// Splits a dataset into stages by complexity.
class Curriculum final : public Command {
 public:
  explicit Curriculum(CLI::App& program)
      : Command(program, "curriculum",
                "Sort a file's sequences into stages by complexity: a dataset for each.") {
    arguments_.add_optional_operand("FILE",
                                    "File of sequences, or - for standard input; it is read "
                                    "more than once.",
                                    source_);
    arguments_.add_text("--stages", "FILE",
                        "JSON object of at most 1000 stages, each with min_complexity and "
                        "max_complexity (0 to 1, both included) and max_length (tokens; longer "
                        "sequences are cut).",
                        stages_);
    arguments_.add_text("--output-dir", "DIR",
                        "Directory in which each stage gets a subdirectory; created if missing.",
                        options_.output_dir);
    arguments_.add_choice("--complexity",
                          "Entropy of the token counts over its maximum, or normalized "
                          "Lempel-Ziv complexity.",
                          measure_, {"entropy", "lz"});
    arguments_.add_choice("--complexity-scale",
                          "What the bounds of stages refer to: ranks in the file, from 0 to 1, or "
                          "the complexity itself.",
                          scale_, {"quantile", "raw"});
    arguments_.add_integer("--vocab-size",
                           "Size of the vocabulary for normalizing complexity. Default: that of "
                           "metadata.json in the file's directory, else the largest id plus 1.",
                           vocab_size_, 1);
    add_max_line(arguments_, options_.max_line);
    arguments_.add_switch("--json", "One JSON document instead of a table.", as_json_);
    arguments_.add_switch("--force", "Replace existing datasets.", options_.overwrite);
    arguments_.add_switch("--quiet", "Only errors on stderr.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    const auto require = [&](const std::string& value, const char* name) {
      const bool told = std::any_of(problems.begin(), problems.end(),
                                    [&](const Problem& problem) { return problem.key == name; });
      if (value.empty() && !told) problems.push_back({name, {}, "is required"});
    };
    require(source_, "FILE");
    require(stages_, "--stages");
    require(options_.output_dir, "--output-dir");
    if (!problems.empty()) return fail(std::move(problems));
    options_.complexity = {
        .measure = enumerator<ComplexityMeasure>(complexity_measure_names, measure_),
        .scale = enumerator<ComplexityScale>(complexity_scale_names, scale_),
        .vocab_size = vocab_size_};
    options_.also_read = {stages_};
    catch_stop_signals();

    const Result<std::string> text = read_file(stages_);
    if (!text) return tl::unexpected(text.error());
    const Result<std::vector<Stage>> stages = parse_stages(*text, stages_);
    if (!stages) return tl::unexpected(stages.error());
    const Result<CurriculumSummary> summary = write(*stages);
    if (!summary) return tl::unexpected(summary.error());
    release_stop_signals();  // what remains to be written may wait for a reader
    for (const Fault& fault : summary->manifest_faults) say(fault.text());
    if (!quiet_) {
      for (const std::string& note : summary->notes) {
        say(formatted("{}: {}", input_name(source_), note));
      }
    }
    for (const StageSummary& stage : summary->stages) {
      if (stage.file.sequences > 0 || quiet_) continue;
      say(formatted("{}: no sequence has a complexity from {} to {}", stage.stage.name,
                    stage.stage.range.minimum, stage.stage.range.maximum));
    }
    const Result<void> printed =
        print(as_json_ ? to_text(to_json(*summary), 2) + '\n' : summary_text(*summary));
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::done;
  }

 private:
  Result<CurriculumSummary> write(const std::vector<Stage>& stages) const {
    ProgressBar bar("curriculum", "B", !quiet_);
    const auto show = [&](std::uint64_t bytes_read, std::uint64_t bytes_total) {
      bar.show(static_cast<double>(bytes_read), static_cast<double>(bytes_total));
      return !stop_requested();
    };
    return write_curriculum(source_, stages, options_, show);
  }

  std::string source_;
  std::string stages_;
  std::string measure_ = "entropy";
  std::string scale_ = "quantile";
  std::optional<std::int64_t> vocab_size_;
  CurriculumOptions options_;
  bool as_json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_curriculum(CLI::App& program) {
  return std::make_unique<Curriculum>(program);
}

}  // namespace synthgen::cli
