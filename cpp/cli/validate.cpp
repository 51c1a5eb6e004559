#include "synthgen/dataset/check/validate.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/input.hpp"

#include <algorithm>
#include <iterator>

#include "cli/flags/format_flags.hpp"
#include "cli/text/progress_bar.hpp"
#include "cli/text/standard_output.hpp"
#include "command.hpp"
#include "dataset_inputs.hpp"

namespace synthgen::cli {
namespace {

std::string report_text(const ValidationReport& report, std::size_t files) {
  const std::string size =
      formatted("{} in {}", counted(report.num_sequences, "sequence"), counted(files, "file"));
  if (report.passed()) return formatted("Data validation passed: {}\n", size);
  std::string text = formatted("Data validation issues: {} in {}\n", report.num_faults(), size);
  for (std::size_t kind = 0; kind < report.tallies.size(); ++kind) {
    const FaultTally& tally = report.tallies[kind];
    if (tally.count == 0) continue;
    text += formatted("  {}: {}\n", fault_kind_names[kind], tally.count);
    for (const Fault& fault : tally.first) text += formatted("    {}\n", fault.text());
    if (tally.count > tally.first.size()) {
      text += formatted("    and {} more\n", tally.count - tally.first.size());
    }
  }
  return text;
}

/// Reports all faults of datasets.
class Validate final : public Command {
 public:
  explicit Validate(CLI::App& program)
      : Command(program, "validate",
                "Check datasets: malformed lines, ids, lengths, repeated sequences, and the files "
                "against their metadata.json. Exit status 1 if there are faults.") {
    arguments_.add_operands(
        "FILE",
        "File of sequences in any format, the directory of a dataset, or - for standard "
        "input.",
        paths_);
    arguments_.add_integer("--vocab-size",
                           "Ids are below it. Default: that of the directory's metadata.json, if "
                           "there is one.",
                           options_.vocab_size, 1);
    arguments_.add_integer(
        "--min-length",
        "Fewest tokens of a sequence. Default: that of metadata.json, if there is one.",
        options_.min_length, 0);
    arguments_.add_integer(
        "--max-length",
        "Most tokens of a sequence. Default: that of metadata.json, if there is one.",
        options_.max_length, 0);
    arguments_.add_switch("--allow-duplicates", "Allow equal sequences within a split.",
                          options_.allow_duplicates);
    arguments_.add_switch("--allow-overlap",
                          "Allow equal sequences in different splits, which the names of files or "
                          "metadata.json give.",
                          options_.allow_overlap);
    arguments_.add_bytes("--memory-limit",
                         "Memory for finding repeated sequences, 24 bytes each; beyond it a "
                         "temporary file is used.",
                         options_.memory_limit_bytes, 1);
    add_max_line(arguments_, options_.max_line);
    add_read_hints(arguments_, options_.hints);
    arguments_.add_switch("--json", "One JSON document instead of text.", as_json_);
    arguments_.add_switch("--quiet", "No progress bar.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (!problems.empty()) return fail(std::move(problems));
    Result<DatasetInputs> inputs = find_inputs(paths_);
    if (!inputs) return tl::unexpected(std::move(inputs.error()));
    std::move(inputs->unnamed.begin(), inputs->unnamed.end(), std::back_inserter(inputs->files));
    const Result<ValidationReport> report = validate(*inputs);
    if (!report) return tl::unexpected(report.error());
    if (!quiet_) {
      for (const std::string& note : report->notes) say(note);
    }
    const Result<void> printed = print(as_json_ ? to_text(to_json(*report), 2) + '\n'
                                                : report_text(*report, inputs->files.size()));
    if (!printed) return tl::unexpected(printed.error());
    return report->passed() ? ExitStatus::done : ExitStatus::faults;
  }

 private:
  Result<ValidationReport> validate(const DatasetInputs& inputs) const {
    Result<Validator> validator = Validator::create(options_);
    if (!validator) {
      return tl::unexpected(with_flag_names(validator.error()));
    }
    for (const Fault& fault : inputs.faults) validator->count(fault);
    for (const DatasetFile& file : inputs.files) {
      ProgressBar bar(input_name(file.path), "B", !quiet_);
      const Result<void> added =
          validator->add_file(file, [&](std::uint64_t bytes_read, std::uint64_t size_bytes) {
            bar.show(static_cast<double>(bytes_read), static_cast<double>(size_bytes));
          });
      if (!added) return tl::unexpected(added.error());
    }
    return validator->report();
  }

  std::vector<std::string> paths_;
  ValidationOptions options_;
  bool as_json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_validate(CLI::App& program) {
  return std::make_unique<Validate>(program);
}

}  // namespace synthgen::cli
