#include "synthgen/dataset/convert.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/input.hpp"

#include "cli/flags/format_flags.hpp"
#include "cli/text/progress_bar.hpp"
#include "command.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// Writes a file's sequences in another format.
class Convert final : public Command {
 public:
  explicit Convert(CLI::App& program)
      : Command(
            program, "convert",
            "Write the sequences of a file in another format, with labels and latents if it can "
            "carry them.") {
    arguments_.add_optional_operand("FILE",
                                    "File of sequences in any format, or - for standard "
                                    "input.",
                                    input_);
    add_format_options(arguments_, options_.format);
    arguments_.add_text(
        "--output", "FILE",
        formatted("The file to write; - is standard output, and a named pipe or "
                  "device is written as a stream ({}). Default: the input's name "
                  "with the format's extension.",
                  format_names([](const FormatEntry& entry) { return entry.streams; })),
        options_.output);
    arguments_.add_integer("--pad-token",
                           "Id that fills rows to equal lengths if the format needs that. "
                           "Default: 0.",
                           pad_token_, 0, INT32_MAX);
    arguments_.add_integer("--vocab-size",
                           "Ids are below it, for metadata. Default: the largest id plus 1.",
                           vocab_size_, 1);
    add_max_line(arguments_, options_.max_line);
    arguments_.add_switch("--labels", "Fail if labels would be left out.",
                          options_.format.with_labels);
    arguments_.add_switch("--latents", "Fail if latents would be left out.",
                          options_.format.with_latents);
    arguments_.add_switch("--force", "Replace existing files.", options_.overwrite);
    arguments_.add_switch("--quiet", "Only errors on stderr.", quiet_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (input_.empty() && problems.empty()) problems.push_back({"FILE", {}, "is missing"});
    if (!problems.empty()) return fail(std::move(problems));
    options_.pad_token = static_cast<std::uint32_t>(pad_token_.value_or(0));
    if (vocab_size_) options_.vocab_size = static_cast<std::uint64_t>(*vocab_size_);
    catch_stop_signals();
    ProgressBar bar("convert", "%", !quiet_);
    const Result<Converted> done = convert_sequences(input_, options_, [&](double share) {
      constexpr double percent = 100;
      bar.show(percent * share, percent);
      return !stop_requested();
    });
    if (!done) return tl::unexpected(with_flag_names(done.error()));
    if (!quiet_) {
      for (const std::string& note : done->input_notes) {
        say(formatted("{}: {}", input_name(input_), note));
      }
      for (const std::string& note : done->notes) say(note);
      if (done->lacks_labels || done->lacks_latents) say(left_out(*done));
      if (!done->left_out_files.empty()) {
        say(formatted("left out what a stream has no room for: {}",
                      joined(done->left_out_files, ", ")));
      }
      say(formatted("wrote {}, {} to {}", counted(done->sequences, "sequence"),
                    counted(done->tokens, "token"), joined(done->files, ", ")));
    }
    return ExitStatus::done;
  }

 private:
  std::string left_out(const Converted& done) const {
    std::vector<std::string> parts;
    if (done.lacks_labels)
      parts.push_back("labels (formats that can: " + formats_with_labels() + ")");
    if (done.lacks_latents) {
      parts.push_back("latents (formats that can: " + formats_with_latents() + ")");
    }
    return formatted("left out what {} cannot carry: {}", options_.format.format,
                     joined(parts, ", "));
  }

  std::string input_;
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
