#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/check/merge_shards.hpp"

#include <numeric>

#include "cli/text/standard_output.hpp"
#include "command.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Merges the shards of a dataset.
class Merge final : public Command {
 public:
  explicit Merge(CLI::App& program)
      : Command(program, "merge",
                "Merge the shards in a directory: manifests into metadata.json, partial analyses "
                "into analysis.json.") {
    arguments_.add_operands("DIR", "Directory with all shards of a dataset.", directories_);
    arguments_.add_integer("--num-shards", "The number of shards. Default: that in the manifests.",
                           num_shards_, 1, most_shards);
    arguments_.add_switch("--missing",
                          "Only print the numbers of missing or damaged shards, such as 2,5,9, and "
                          "exit with status 1 if there are any.",
                          only_missing_);
    arguments_.add_switch("--quiet", "Only errors on stderr.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (directories_.size() > 1) problems.push_back({"DIR", {}, "one directory at a time"});
    if (!problems.empty()) return fail(std::move(problems));
    const std::string& directory = directories_.front();
    const Result<ShardSurvey> survey =
        survey_shards(directory, static_cast<std::uint32_t>(num_shards_.value_or(0)));
    if (!survey) return tl::unexpected(survey.error());
    if (only_missing_) return print_missing(*survey);
    for (const FileFault& fault : survey->faults) say(directory + '/' + fault.text());
    if (!survey->is_complete()) {
      const bool only_first = survey->missing == std::vector<std::uint32_t>{0};
      say(formatted("{}: {} of {} shards are missing: {}{}", directory, survey->missing.size(),
                    survey->num_shards, missing_text(*survey),
                    only_first && survey->num_shards > 1
                        ? " (shards are counted from 0; were the tasks numbered from 1?)"
                        : ""));
      return ExitStatus::faults;
    }
    catch_stop_signals();
    const Result<Manifest> merged = merge_shards(directory, *survey, &stop_requested);
    if (!merged) return tl::unexpected(merged.error());
    if (!quiet_) say(summary(*survey, *merged));
    return ExitStatus::done;
  }

 private:
  static Result<ExitStatus> print_missing(const ShardSurvey& survey) {
    if (survey.is_complete()) return ExitStatus::done;
    const Result<void> printed = print(missing_text(survey) + '\n');
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::faults;
  }

  static std::string summary(const ShardSurvey& survey, const Manifest& manifest) {
    const auto sum = [&](std::uint64_t FileRecord::*member) {
      return std::accumulate(
          manifest.files.begin(), manifest.files.end(), std::uint64_t{0},
          [&](std::uint64_t total, const FileRecord& file) { return total + file.*member; });
    };
    return formatted("{} {} shards: {} sequences, {} tokens{}",
                     survey.was_merged ? "already merged" : "merged", survey.num_shards,
                     sum(&FileRecord::sequences), sum(&FileRecord::tokens),
                     manifest.analysis ? ", analysis.json" : "");
  }

  std::vector<std::string> directories_;
  std::optional<std::int64_t> num_shards_;
  bool only_missing_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_merge(CLI::App& program) {
  return std::make_unique<Merge>(program);
}

}  // namespace synthgen::cli
