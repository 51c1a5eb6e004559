#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/check/verify_dataset.hpp"

#include <algorithm>
#include <numeric>
#include <thread>

#include "cli/text/progress_bar.hpp"
#include "cli/text/standard_output.hpp"
#include "command.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Checks a dataset against its manifest.
class Verify final : public Command {
 public:
  explicit Verify(CLI::App& program)
      : Command(program, "verify",
                "Check a dataset against its metadata.json: checksums, counts, and sequences "
                "regenerated from the config.") {
    constexpr std::int64_t most_threads = 1024;
    arguments_.add_operands("DIR", "Directory of a dataset.", directories_);
    arguments_.add_switch("--full", "Regenerate every byte, not a sample.", options_.full);
    arguments_.add_integer("--threads", "Threads, 1 to 1024. Default: one per processor.", threads_,
                           1, most_threads);
    arguments_.add_switch("--json", "One JSON document instead of text.", as_json_);
    arguments_.add_switch("--quiet", "No progress bar.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (directories_.size() > 1) problems.push_back({"DIR", {}, "one directory at a time"});
    if (!problems.empty()) return fail(std::move(problems));
    options_.threads =
        static_cast<unsigned>(threads_.value_or(std::max(1U, std::thread::hardware_concurrency())));
    catch_stop_signals();
    const Result<VerifyReport> report = verify();
    if (!report) return tl::unexpected(report.error());
    const Result<void> printed =
        print(as_json_ ? to_text(to_json(*report), 2) + '\n' : text(*report));
    if (!printed) return tl::unexpected(printed.error());
    return report->passed() ? ExitStatus::done : ExitStatus::faults;
  }

 private:
  Result<VerifyReport> verify() const {
    ProgressBar bar("verify", "B", !quiet_);
    return verify_dataset(directories_.front(), options_,
                          [&](std::uint64_t done, std::uint64_t total) {
                            bar.show(static_cast<double>(done), static_cast<double>(total));
                            return !stop_requested();
                          });
  }

  static std::string text(const VerifyReport& report) {
    std::string lines = report.passed() ? passed_text(report) : failed_text(report);
    for (const std::string& each : report.not_checked) lines += "  " + each + '\n';
    return lines;
  }

  static std::string failed_text(const VerifyReport& report) {
    std::string lines =
        formatted("Verification failed: {}\n", counted(report.faults.size(), "fault"));
    for (const VerifyFault& fault : report.faults) lines += "  " + fault.text() + '\n';
    return lines;
  }

  static std::string passed_text(const VerifyReport& report) {
    const auto sum = [&](std::uint64_t VerifiedFile::*member) {
      return std::accumulate(
          report.files.begin(), report.files.end(), std::uint64_t{0},
          [&](std::uint64_t total, const VerifiedFile& file) { return total + file.*member; });
    };
    return formatted("Verification passed: {} in {}, {} of them regenerated\n",
                     counted(sum(&VerifiedFile::sequences), "sequence"),
                     counted(report.files.size(), "file"), sum(&VerifiedFile::regenerated));
  }

  std::vector<std::string> directories_;
  VerifyOptions options_;
  std::optional<std::int64_t> threads_;
  bool as_json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_verify(CLI::App& program) {
  return std::make_unique<Verify>(program);
}

}  // namespace synthgen::cli
