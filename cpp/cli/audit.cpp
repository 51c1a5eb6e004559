#include "synthgen/score/audit.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>

#include "cli/text/audit_text.hpp"
#include "cli/text/progress_bar.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "command.hpp"
#include "dataset_inputs.hpp"
#include "known_dataset.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Measures what shortcuts reach on a dataset.
class AuditCommand final : public Command {
 public:
  explicit AuditCommand(CLI::App& program)
      : Command(program, "audit",
                "Show what shortcuts reach on a dataset's held-out split, next to the floor.") {
    arguments_.add_operands("DATA", "Directory of a dataset with a train split and another one.",
                            data_);
    arguments_.add(
        "--split", "WORD",
        "The split on which the shortcuts are scored: val or test. Default: val, else test.",
        [this](const std::string& text) { return store_split(text, split_); });
    arguments_.add_switch("--json", "One JSON document instead of tables.", as_json_);
    arguments_.add_switch("--quiet", "No progress bar.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (data_.size() > 1) problems.push_back({"DATA", {}, "one directory at a time"});
    if (split_ == Split::train) {
      problems.push_back({"--split", "train", "val or test: the shortcuts are fitted to train"});
    }
    if (!problems.empty()) return fail(std::move(problems));
    const Result<DatasetInputs> inputs = find_inputs(data_);
    if (!inputs) return tl::unexpected(inputs.error());
    for (const Fault& fault : inputs->faults) say(fault.text());
    const Result<Audit> result = audited(*inputs);
    if (!result) return tl::unexpected(result.error());
    const Json report = to_json(*result);
    const Result<void> printed = print(
        as_json_ ? to_text(report, 2) + '\n' : audit_text(report, terminal_width(Stream::output)));
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::done;
  }

 private:
  static AuditSide side_of(const DatasetInputs& inputs, Split split) {
    AuditSide side{std::string(synthgen::name(split)), {}};
    for (const DatasetFile& file : inputs.files) {
      if (file.split != synthgen::name(split)) continue;
      side.files.push_back(
          {file.path, file.record ? std::optional(file.record->first_sequence) : std::nullopt});
    }
    return side;
  }

  Result<Audit> audited(const DatasetInputs& inputs) const {
    const AuditSide fitted = side_of(inputs, Split::train);
    AuditSide held_out = side_of(inputs, split_.value_or(Split::val));
    if (!split_ && held_out.files.empty()) held_out = side_of(inputs, Split::test);
    for (const AuditSide* side : {&fitted, &std::as_const(held_out)}) {
      if (side->files.empty()) {
        return fail(ErrorKind::usage,
                    formatted("{}: has no file of the split {}; the shortcuts are fitted to train "
                              "and asked about val or test",
                              data_.front(), side == &fitted ? "train" : side->split));
      }
    }
    std::optional<Generator> generator;
    if (inputs.config) {
      if (Result<Generator> made = Generator::create(*inputs.config)) generator = std::move(*made);
    }
    catch_stop_signals();
    ProgressBar bar("audit", "batches", !quiet_);
    double batches = 0;
    return audit(generator ? &*generator : nullptr, fitted, held_out,
                 {.vocab_size = inputs.vocab_size, .progress = [&] {
                    bar.show(++batches, 0);
                    return !stop_requested();
                  }});
  }

  std::vector<std::string> data_;
  std::optional<Split> split_;
  bool as_json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_audit(CLI::App& program) {
  return std::make_unique<AuditCommand>(program);
}

}  // namespace synthgen::cli
