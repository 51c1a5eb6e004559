#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/check/merge_shards.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/write/write_shards.hpp"
#include "synthgen/formats/format.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "cli/flags/format_flags.hpp"
#include "cli/flags/parameter_flags.hpp"
#include "cli/text/progress_bar.hpp"
#include "cli/text/quantity.hpp"
#include "command.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Writes a dataset, or shards of one, to a directory.
class Generate final : public Command {
 public:
  explicit Generate(CLI::App& program)
      : Command(program, "generate",
                "Write a dataset: a file for each split, such as train.jsonl, and metadata.json."),
        parameters_(arguments_) {
    constexpr std::int64_t most_threads = 1024;
    arguments_.add_text("--output-dir", "DIR", "Directory of the dataset; created if missing.",
                        options_.output_dir);
    add_format_options(arguments_, options_.format);
    add_dataset_card(arguments_, options_.format);
    arguments_.add_integer("--threads",
                           "Threads, 1 to 1024; the bytes do not depend on it. Default: one per "
                           "processor.",
                           threads_, 1, most_threads);
    arguments_.add_switch("--latents", "Write each sequence's structure and noise with its ids.",
                          latents_);
    arguments_.add_switch("--labels", "Write each token's label, if the generator has labels.",
                          labels_);
    arguments_.add_choice("--predictive",
                          "Write the exact law of each token given the tokens before it: what it "
                          "costs the best possible model, in bits, or the probability of every id. "
                          "With --labels, of the labels.",
                          predictive_, {"none", "bits", "law"});
    arguments_.add_integer("--num-shards",
                           "Number of files per split, 1 to 99999: train-00000-of-00016.jsonl and "
                           "so on.",
                           num_shards_, 1, most_shards);
    arguments_.add("--shard", "I/N|I-J/N",
                   "Write only shard I, or shards I to J, of N, counted from 0; `synthgen merge` "
                   "merges all of them.",
                   [this](const std::string& text) { return store_shard(text); });
    arguments_.add_switch("--analyze", "Also analyze what is written: analysis.json.", analyze_);
    arguments_.add_switch("--resume",
                          "Continue a stopped run; a finished dataset is left as it is.",
                          options_.resume);
    arguments_.add_switch("--force", "Replace an existing dataset.", options_.overwrite);
    arguments_.add_switch("--quiet", "Only errors on stderr.", quiet_);
  }

  Result<ExitStatus> run() override {
    catch_stop_signals();
    if (Result<void> read = read_manifest(); !read) return tl::unexpected(read.error());
    std::vector<Problem> problems = arguments_.store();
    const auto about_directory = [](const Problem& problem) {
      return problem.key == "--output-dir";
    };
    if (options_.output_dir.empty() &&
        std::none_of(problems.begin(), problems.end(), about_directory)) {
      problems.push_back({"--output-dir", {}, "is required"});
    }
    if (shards_ && num_shards_ && *num_shards_ != shards_->count) {
      problems.push_back({"--num-shards", std::to_string(*num_shards_),
                          formatted("{}, as --shard says", shards_->count)});
    }
    const Result<Generator> generator =
        parameters_.generator(std::move(problems), [&](const Config& config) {
          if (quiet_) return;
          for (const std::string& note : notes(config)) say(note);
        });
    if (!generator) return tl::unexpected(generator.error());
    if (!quiet_) {
      const FilePlan plan =
          plan_of(*generator, Split::train, std::string(synthgen::name(Split::train)), 0);
      for (const std::string& note : format_notes(options_.format, plan)) say(note);
    }
    options_.threads =
        static_cast<unsigned>(threads_.value_or(std::max(1U, std::thread::hardware_concurrency())));
    if (latents_) options_.format.with_latents = true;
    if (labels_) options_.format.with_labels = true;
    if (!arguments_.given("--predictive").empty()) {
      options_.format.predictive = predictive_ == "none"   ? Predictive::nothing
                                   : predictive_ == "bits" ? Predictive::bits
                                                           : Predictive::law;
    }
    if (options_.format.predictive == Predictive::law && !quiet_) say(law_size(*generator));
    if (options_.format.dataset_card && !options_.overwrite) {
      const Result<void> free = check_dataset_card(options_.output_dir);
      if (!free) return tl::unexpected(free.error());
    }
    if (analyze_) options_.analysis.emplace();
    if (options_.analysis) options_.analysis->vocab_size = generator->config().vocab_size;
    return write(*generator);
  }

 private:
  std::optional<Problem> store_shard(const std::string& text) {
    const Result<ShardRange> range = parse_shard_range(text);
    if (!range) return Problem{{}, {}, range.error().message};
    shards_ = *range;
    return std::nullopt;
  }

  /// If --config names a manifest, also takes the format and shards of its dataset, which flags
  /// override. Other files, and unreadable ones, are handled when the config is read.
  Result<void> read_manifest() {
    const std::string path = arguments_.given("--config");
    if (path.empty()) return {};
    const Result<std::string>& text = parameters_.config_text(path);
    if (!text) return {};
    const Result<Json> json = parse_json(*text, path);
    if (!json || !json->is_object() || !json->contains("stream_version")) return {};
    const Result<Manifest> manifest = parse_manifest(*text, path);
    if (!manifest) return tl::unexpected(manifest.error());
    options_.format = format_of(*manifest);
    if (manifest->num_shards > 0 && arguments_.given("--shard").empty()) {
      num_shards_ = manifest->num_shards;
    }
    if (manifest->analysis) options_.analysis.emplace();
    return {};
  }

  static std::string law_size(const Generator& generator) {
    double numbers = 0;
    for (const Split split : all_splits) {
      const Config& config = generator.config(split);
      numbers += static_cast<double>(config.count(split)) *
                 static_cast<double>(generator.length_range(split).longest) *
                 static_cast<double>(config.vocab_size);
    }
    return formatted("--predictive law: up to {} probabilities, {} as float32",
                     static_cast<std::uint64_t>(numbers), quantity(numbers * sizeof(float), "B"));
  }

  Result<ExitStatus> write(const Generator& generator) {
    ProgressBar bar("generate", "tokens", !quiet_);
    const auto show = [&](const Progress& progress) {
      bar.show(static_cast<double>(progress.sequences_done),
               static_cast<double>(progress.sequences_total),
               static_cast<double>(progress.tokens_done));
      return !stop_requested();
    };
    const bool all_shards = num_shards_ && !shards_;
    if (all_shards) {
      const auto count = static_cast<std::uint32_t>(*num_shards_);
      shards_ = ShardRange{0, count - 1, count};
    }
    const Result<Progress> written = shards_ ? write_shards(generator, options_, *shards_, show)
                                             : write_dataset(generator, options_, show);
    if (!written) return tl::unexpected(with_flag_names(written.error()));
    if (all_shards) {
      if (Result<void> merged = merge(); !merged) return tl::unexpected(merged.error());
    }
    if (!quiet_) say(summary(*written, bar.elapsed_s()));
    return ExitStatus::done;
  }

  Result<void> merge() const {
    const Result<ShardSurvey> survey =
        survey_shards(options_.output_dir, static_cast<std::uint32_t>(*num_shards_));
    if (!survey) return tl::unexpected(survey.error());
    if (!survey->is_complete()) {
      return fail(ErrorKind::data, formatted("{}: shards are missing: {}", options_.output_dir,
                                             missing_text(*survey)));
    }
    const Result<Manifest> merged = merge_shards(options_.output_dir, *survey, &stop_requested);
    if (!merged) return tl::unexpected(merged.error());
    return {};
  }

  std::string summary(const Progress& written, double elapsed_s) const {
    if (written.sequences_found == written.sequences_total && written.bytes_done == 0) {
      return formatted("{}: all {} sequences already exist", options_.output_dir,
                       written.sequences_total);
    }
    std::string text = formatted(
        "wrote {} sequences, {} tokens, {} to {} in {} ({}/s)", written.sequences_done,
        written.tokens_done, quantity(static_cast<double>(written.bytes_done), "B"),
        options_.output_dir, duration(elapsed_s),
        quantity(static_cast<double>(written.tokens_done) / std::max(elapsed_s, 1e-3), "tokens"));
    if (written.sequences_found > 0) {
      text += formatted("; {} of the sequences already existed", written.sequences_found);
    }
    return text;
  }

  DatasetOptions options_;
  std::optional<std::int64_t> threads_;
  std::optional<std::int64_t> num_shards_;
  std::optional<ShardRange> shards_;
  bool latents_ = false;
  bool labels_ = false;
  std::string predictive_ = "none";
  bool analyze_ = false;
  bool quiet_ = false;
  ParameterFlags parameters_;
};

}  // namespace

std::unique_ptr<Command> make_generate(CLI::App& program) {
  return std::make_unique<Generate>(program);
}

}  // namespace synthgen::cli
