#include "synthgen/dataset/convert.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/formats/dataset_card.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/input.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

#include "cli/flags/format_flags.hpp"
#include "cli/text/progress_bar.hpp"
#include "command.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

namespace fs = std::filesystem;

/// Writes the sequences of files, or of a dataset's splits, in another format.
class Convert final : public Command {
 public:
  explicit Convert(CLI::App& program)
      : Command(
            program, "convert",
            "Write the sequences of files in another format, with labels, and latents if it can "
            "carry them.") {
    arguments_.add_operands("FILE",
                            "File of sequences in any format, or - for standard input; several are "
                            "written one after another. Or the directory of a dataset: each of its "
                            "splits becomes one file.",
                            inputs_);
    add_format_options(arguments_, options_.format);
    add_dataset_card(arguments_, options_.format);
    arguments_.add_text(
        "--output", "FILE",
        formatted("The file to write; - is standard output, and a named pipe or "
                  "device is written as a stream ({}). If the input is a directory: the "
                  "output directory. Default: the input's name with the format's "
                  "extension.",
                  format_names([](const FormatEntry& entry) { return entry.streams; })),
        options_.output);
    arguments_.add_integer("--pad-token",
                           "Id that fills rows to equal lengths if the format needs that. "
                           "Default: 0.",
                           pad_token_, 0, INT32_MAX);
    arguments_.add_integer(
        "--vocab-size",
        "Size of the vocabulary to record in the metadata. Default: the largest id "
        "plus 1.",
        vocab_size_, 1);
    add_max_line(arguments_, options_.max_line);
    add_read_hints(arguments_, options_.hints);
    arguments_.add_switch("--labels", "Fail if labels would be left out.",
                          options_.format.with_labels);
    arguments_.add_switch("--latents", "Fail if latents would be left out.",
                          options_.format.with_latents);
    arguments_.add_switch("--force", "Replace existing files.", options_.overwrite);
    arguments_.add_switch("--quiet", "Only errors on stderr.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    const bool has_directory = std::any_of(inputs_.begin(), inputs_.end(), &is_directory);
    if (has_directory && inputs_.size() > 1) {
      problems.push_back({"FILE", {}, "is a dataset's directory, which is converted by itself"});
    }
    if (has_directory && options_.output.empty()) {
      problems.push_back({"--output", {}, "is needed: a directory for the files of the splits"});
    }
    if (!has_directory && options_.format.dataset_card) {
      problems.push_back({"--dataset-card", {}, "only with the directory of a dataset"});
    }
    if (!problems.empty()) return fail(std::move(problems));
    options_.pad_token = static_cast<std::uint32_t>(pad_token_.value_or(0));
    if (vocab_size_) options_.vocab_size = static_cast<std::uint64_t>(*vocab_size_);
    catch_stop_signals();
    const Result<void> done =
        has_directory ? convert_dataset(inputs_.front()) : convert(inputs_, options_);
    if (!done) return tl::unexpected(done.error());
    return ExitStatus::done;
  }

 private:
  static bool is_directory(const std::string& path) {
    std::error_code ignored;
    return path != standard_input && fs::is_directory(path, ignored);
  }

  /// Writes each split's files, one after another, as one file.
  Result<void> convert_dataset(const std::string& directory) const {
    const Result<DatasetListing> listing = list_dataset(directory);
    if (!listing) return tl::unexpected(listing.error());
    for (const std::vector<Fault>* faults : {&listing->manifest_faults, &listing->faults}) {
      for (const Fault& fault : *faults) say(fault.text());
    }
    if (Result<void> possible = check_card(); !possible) return possible;
    ConvertOptions options = options_;
    options.format.dataset_card = false;  // one for all files, at the end
    if (!options.vocab_size && listing->vocab_size) {
      options.vocab_size = static_cast<std::uint64_t>(*listing->vocab_size);
    }
    if (!pad_token_ && listing->config) {
      options.pad_token = static_cast<std::uint32_t>(listing->config->pad_token);
    }
    std::error_code error;
    fs::create_directories(options_.output, error);
    if (error) {
      return fail(ErrorKind::io,
                  formatted("{}: cannot be made: {}", options_.output, error.message()));
    }
    std::vector<std::string> splits;  // in the order of the listing
    std::map<std::string, std::vector<std::string>> files;
    for (const DatasetFile& file : listing->files) {
      if (files[file.split].empty()) splits.push_back(file.split);
      files[file.split].push_back(file.path);
    }
    for (const std::string& split : splits) {
      options.output = (fs::path(options_.output) / file_name(options.format, split)).string();
      if (Result<void> done = convert(files[split], options); !done) return done;
    }
    return options_.format.dataset_card ? write_card(splits) : Result<void>();
  }

  Result<void> check_card() const {
    if (!options_.format.dataset_card) return {};
    if (std::vector<Problem> problems = check(options_.format); !problems.empty()) {
      return tl::unexpected(with_flag_names(fail(std::move(problems)).value()));
    }
    return options_.overwrite ? Result<void>() : check_dataset_card(options_.output);
  }

  Result<void> write_card(const std::vector<std::string>& names) const {
    std::vector<Split> splits;
    for (const Split split : all_splits) {
      const bool is_there =
          std::find(names.begin(), names.end(), synthgen::name(split)) != names.end();
      if (is_there) splits.push_back(split);
    }
    const std::string path = (fs::path(options_.output) / dataset_card_name).string();
    Result<AtomicFile> file = AtomicFile::create(path);
    if (!file) return tl::unexpected(std::move(file.error()));
    Result<void> written =
        file->write(dataset_card(splits, file_name(options_.format, {}), CardOf::converted));
    if (written) written = file->commit();
    if (written && !quiet_) say(formatted("wrote {}", path));
    return written;
  }

  Result<void> convert(const std::vector<std::string>& inputs,
                       const ConvertOptions& options) const {
    ProgressBar bar("convert", "%", !quiet_);
    const Result<Converted> done = convert_sequences(inputs, options, [&](double share) {
      constexpr double percent = 100;
      bar.show(percent * share, percent);
      return !stop_requested();
    });
    if (!done) return tl::unexpected(with_flag_names(done.error()));
    if (quiet_) return {};
    for (const std::string& note : done->input_notes) say(note);
    for (const std::string& note : done->notes) say(note);
    if (done->lacks_latents) {
      say(formatted("left out what {} cannot carry: latents (formats that can: {})",
                    options_.format.format, formats_with_latents()));
    }
    if (!done->left_out_files.empty()) {
      say(formatted("left out what a stream has no room for: {}",
                    joined(done->left_out_files, ", ")));
    }
    say(formatted("wrote {}, {} to {}", counted(done->sequences, "sequence"),
                  counted(done->tokens, "token"), joined(done->files, ", ")));
    return {};
  }

  std::vector<std::string> inputs_;
  ConvertOptions options_;
  std::optional<std::int64_t> pad_token_;
  std::optional<std::int64_t> vocab_size_;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_convert(CLI::App& program) {
  return std::make_unique<Convert>(program);
}

}  // namespace synthgen::cli
