#include "synthgen/config/formatted.hpp"
#include "synthgen/score/evaluate.hpp"

#include <algorithm>
#include <thread>

#include "cli/flags/flag_value.hpp"
#include "cli/text/evaluation_text.hpp"
#include "cli/text/format_text.hpp"
#include "cli/text/progress_bar.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "command.hpp"
#include "html_report.hpp"
#include "known_dataset.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Compares a model's losses with the floor.
class Eval final : public Command {
 public:
  explicit Eval(CLI::App& program)
      : Command(program, "eval",
                "Compare a model's losses with the floor, the loss of the best possible model.") {
    constexpr std::int64_t most_threads = 1024;
    arguments_.add_operands("DATA",
                            "A dataset's file, or its directory; its metadata.json has the config "
                            "that the floor comes from.",
                            data_);
    arguments_.add_text("--losses", "FILE",
                        "The model's losses, -log q of each token: npy, safetensors or jsonl. One "
                        "row for each sequence, with a number for each token or for each but the "
                        "first; for labelled data one for each token, read where a label is.",
                        losses_);
    arguments_.add_text("--log-probs", "FILE",
                        "In place of --losses: the log-probability of each id, npy or safetensors "
                        "of sequences x positions x ids, as log_softmax gives them.",
                        log_probs_);
    arguments_.add_text(
        "--tensor", "NAME",
        "The tensor of a safetensors file, or the member of JSONL objects. Default: "
        "losses or log_probs, or the only tensor.",
        tensor_);
    arguments_.add_choice("--unit", "The unit of the model's numbers and of the report.", unit_,
                          {loss_unit_names.begin(), loss_unit_names.end()});
    arguments_.add("--split", "WORD",
                   "The split to take from a directory: train, val or test. Default: val, else "
                   "test, else train.",
                   [this](const std::string& text) { return store_split(text, split_); });
    arguments_.add("--target", "WORD",
                   "What the model predicts: tokens or labels. Default: labels where the family "
                   "has them.",
                   [this](const std::string& text) { return store_target(text); });
    arguments_.add("--max-excess", "X",
                   "Exit with status 1 if the mean excess is more than this, in the unit, by more "
                   "than chance: if its 95 % interval is above. Also if the loss is below the "
                   "floor by more than chance.",
                   [this](const std::string& text) { return store_max_excess(text); });
    arguments_.add_switch("--json", "One JSON document instead of tables.", as_json_);
    arguments_.add_text("--html", "REPORT", "Also write an HTML page with charts over positions.",
                        html_);
    arguments_.add_switch("--force", "Replace the HTML page if it exists.", force_);
    arguments_.add_integer("--threads", "Threads, 1 to 1024. Default: one per processor.", threads_,
                           1, most_threads);
    arguments_.add_switch("--quiet", "No progress bar.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (data_.size() > 1) problems.push_back({"DATA", {}, "one file or directory at a time"});
    if (losses_.empty() == log_probs_.empty() && problems.empty()) {
      problems.push_back({"--losses", {}, "give it or --log-probs, one of both"});
    }
    if (!problems.empty()) return fail(std::move(problems));
    const Result<KnownDataset> dataset = KnownDataset::open(data_.front());
    if (!dataset) return tl::unexpected(dataset.error());
    std::optional<HtmlReport> page;
    if (!html_.empty()) {
      std::vector<std::filesystem::path> read = files_read(dataset->files());
      read.emplace_back(model().path);
      Result<HtmlReport> created = HtmlReport::create(html_, read, force_);
      if (!created) return tl::unexpected(std::move(created.error()));
      page.emplace(std::move(*created));
    }
    const Result<Evaluation> evaluation = evaluated(*dataset);
    if (!evaluation) return tl::unexpected(evaluation.error());
    Json report = to_json(*evaluation);
    const bool passed = judge(*evaluation);
    if (max_excess_) {
      report["max_excess"] = *max_excess_;
      report["passed"] = passed;
    }
    const AnalysisView view{.width = terminal_width(Stream::output), .blocks = blocks_of_locale()};
    const Result<void> printed =
        print(as_json_ ? to_text(report, 2) + '\n' : evaluation_text(report, view));
    if (!printed) return tl::unexpected(printed.error());
    if (page) {
      if (Result<void> written = page->write_evaluation(report); !written) {
        return tl::unexpected(std::move(written.error()));
      }
    }
    return passed || !max_excess_ ? ExitStatus::done : ExitStatus::faults;
  }

 private:
  std::optional<Problem> store_target(const std::string& text) {
    for (std::size_t i = 0; i < score_target_names.size(); ++i) {
      if (text == score_target_names[i]) target_ = static_cast<ScoreTarget>(i);
    }
    if (target_) return std::nullopt;
    return Problem{{}, to_text(Json(text)), "one of " + joined(score_target_names, ", ")};
  }

  std::optional<Problem> store_max_excess(const std::string& text) {
    const Json value = number_from_text(text);
    if (value.is_number() && value.get<double>() >= 0) {
      max_excess_ = value.get<double>();
      return std::nullopt;
    }
    return Problem{{}, to_text(value), "a number from 0 up"};
  }

  ModelFile model() const {
    const bool has_laws = losses_.empty();
    return {has_laws ? log_probs_ : losses_, tensor_, has_laws,
            unit_ == synthgen::name(LossUnit::bits) ? LossUnit::bits : LossUnit::nats};
  }

  Result<Evaluation> evaluated(const KnownDataset& dataset) {
    Result<SplitPart> part = dataset.part(split_.value_or(dataset.held_out()));
    if (!part) return tl::unexpected(std::move(part.error()));
    EvaluateOptions options{.model = model(), .target = target_};
    options.threads =
        static_cast<unsigned>(threads_.value_or(std::max(1U, std::thread::hardware_concurrency())));
    catch_stop_signals();
    ProgressBar bar("eval", "sequences", !quiet_);
    const auto all = static_cast<double>(part->count);
    options.progress = [&](std::uint64_t done) {
      bar.show(static_cast<double>(done), all);
      return !stop_requested();
    };
    return evaluate(dataset.generator(),
                    {part->split, part->first, part->count, std::move(part->files)}, options);
  }

  /// Whether the model passes; what speaks against it becomes a message.
  bool judge(const Evaluation& evaluation) const {
    const std::optional<MeanInterval> excess = evaluation.mean_excess();
    if (!excess) return true;
    const std::string_view unit = synthgen::name(evaluation.model.unit);
    const bool is_below = evaluation.is_below_floor();
    if (is_below) {
      say(
          format_text("the loss is {:.3g} {} below the floor, which no model of the sequences "
                      "reaches: the numbers are of other data, of other positions or in another "
                      "unit, or the model saw what it predicts",
                      -excess->mean, unit));
    }
    // A single sequence has no interval.
    const double least = excess->low.value_or(excess->mean);
    const bool is_above = max_excess_ && least > *max_excess_;
    if (is_above) {
      say(
          format_text("the mean excess is {:.4g} {}, with a 95 % interval from {:.4g}: more than "
                      "the {:.4g} of --max-excess",
                      excess->mean, unit, least, *max_excess_));
    }
    return !is_below && !is_above;
  }

  std::vector<std::string> data_;
  std::string losses_;
  std::string log_probs_;
  std::string tensor_;
  std::string unit_ = std::string(synthgen::name(LossUnit::nats));
  std::optional<Split> split_;
  std::optional<ScoreTarget> target_;
  std::optional<double> max_excess_;
  std::optional<std::int64_t> threads_;
  std::string html_;
  bool as_json_ = false;
  bool force_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_eval(CLI::App& program) {
  return std::make_unique<Eval>(program);
}

}  // namespace synthgen::cli
