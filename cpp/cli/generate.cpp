#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/write_dataset.hpp"

#include <algorithm>
#include <thread>

#include "command.hpp"
#include "format_flags.hpp"
#include "parameter_flags.hpp"
#include "progress_bar.hpp"
#include "quantity.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Writes a dataset to a directory.
class Generate final : public Command {
 public:
  explicit Generate(CLI::App& program)
      : Command(program, "generate",
                "Write a dataset: a file for each split, such as train.jsonl, and metadata.json."),
        parameters_(arguments_) {
    constexpr std::int64_t most_threads = 1024;
    arguments_.add_text("--output-dir", "DIR", "Directory of the dataset; made if missing.",
                        options_.output_dir);
    add_format_options(arguments_, options_.format);
    arguments_.add_integer("--threads",
                           "Threads, 1 to 1024; the bytes do not depend on it. Default: one for "
                           "each processor.",
                           threads_, 1, most_threads);
    arguments_.add_switch("--latents", "Write each sequence's structure and noise beside its ids.",
                          options_.format.with_latents);
    arguments_.add_switch("--force", "Replace a dataset that is there.", options_.overwrite);
    arguments_.add_switch("--quiet", "Nothing on stderr but errors.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    const auto about_directory = [](const Problem& problem) {
      return problem.key == "--output-dir";
    };
    if (options_.output_dir.empty() &&
        std::none_of(problems.begin(), problems.end(), about_directory)) {
      problems.push_back({"--output-dir", {}, "is required"});
    }
    catch_stop_signals();
    const Result<Generator> generator = parameters_.generator(std::move(problems));
    if (!generator) return tl::unexpected(generator.error());
    if (!quiet_) {
      for (const std::string& note : notes(generator->config())) say(note);
    }
    options_.threads =
        static_cast<unsigned>(threads_.value_or(std::max(1U, std::thread::hardware_concurrency())));
    return write(*generator);
  }

 private:
  Result<ExitStatus> write(const Generator& generator) const {
    ProgressBar bar("generate", "tokens", !quiet_);
    const Result<Progress> written =
        write_dataset(generator, options_, [&](const Progress& progress) {
          bar.show(static_cast<double>(progress.sequences_done),
                   static_cast<double>(progress.sequences_total),
                   static_cast<double>(progress.tokens_done));
          return !stop_requested();
        });
    if (!written) return tl::unexpected(with_flag_names(written.error()));
    if (!quiet_) say(summary(*written, bar.elapsed_s()));
    return ExitStatus::done;
  }

  std::string summary(const Progress& written, double elapsed_s) const {
    return formatted(
        "wrote {} sequences, {} tokens, {} to {} in {} ({}/s)", written.sequences_done,
        written.tokens_done, quantity(static_cast<double>(written.bytes_done), "B"),
        options_.output_dir, duration(elapsed_s),
        quantity(static_cast<double>(written.tokens_done) / std::max(elapsed_s, 1e-3), "tokens"));
  }

  DatasetOptions options_;
  std::optional<std::int64_t> threads_;
  bool quiet_ = false;
  ParameterFlags parameters_;
};

}  // namespace

std::unique_ptr<Command> make_generate(CLI::App& program) {
  return std::make_unique<Generate>(program);
}

}  // namespace synthgen::cli
