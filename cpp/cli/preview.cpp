#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "cli/flags/parameter_flags.hpp"
#include "cli/text/sequence_view.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "command.hpp"

namespace synthgen::cli {
namespace {

/// Shows sequences of a dataset without writing it.
class Preview final : public Command {
 public:
  explicit Preview(CLI::App& program)
      : Command(program, "preview",
                "Show sequences from any index, colored by structure; nothing is written."),
        parameters_(arguments_) {
    arguments_.add_choice("--split", "Split of the sequences.", split_, {"train", "val", "test"});
    arguments_.add_integer("--first", "Index of the first sequence, however large. Default: 0.",
                           first_, 0, max_seed);
    arguments_.add_integer("--count", "How many sequences. Default: 8.", count_, 1, max_seed);
    arguments_.add_integer("--tokens",
                           "How many ids of each sequence to show, 0 for all. Default: 64.",
                           most_tokens_, 0, max_seed);
    arguments_.add_choice("--color",
                          "Colors; auto means on a terminal, unless NO_COLOR is set. Without "
                          "colors a mark after each id shows its structure.",
                          color_, {"auto", "always", "never"});
    arguments_.add_switch("--json", "Print the dataset's records with latents, as JSONL.",
                          as_json_);
    arguments_.add_switch("--quiet", "Only errors on stderr.", quiet_);
  }

  Result<ExitStatus> run() override {
    const Result<Generator> generator =
        parameters_.generator(arguments_.store(), [&](const Config& config) {
          if (quiet_) return;
          for (const std::string& note : notes(config)) say(note);
        });
    if (!generator) return tl::unexpected(generator.error());
    StandardOutput output;
    Result<void> written = as_json_ ? show_json(*generator, output) : show(*generator, output);
    if (written) written = output.finish();
    if (!written) return tl::unexpected(written.error());
    return ExitStatus::done;
  }

 private:
  std::uint64_t first() const { return static_cast<std::uint64_t>(first_.value_or(0)); }
  std::uint64_t count() const { return static_cast<std::uint64_t>(count_.value_or(8)); }

  Split split() const {
    return *std::find_if(all_splits.begin(), all_splits.end(),
                         [&](Split split) { return split_ == synthgen::name(split); });
  }

  bool colored() const {
    if (color_ != "auto") return color_ == "always";
    const char* no_color = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    const bool refused = no_color != nullptr && *no_color != '\0';
    const bool dumb = kind != nullptr && std::string_view(kind) == "dumb";
    return is_terminal(Stream::output) && !refused && !dumb;
  }

  /// Generates the sequences one by one and passes them to `take`.
  template <class Take>
  Result<void> each(const Generator& generator, const Take& take) const {
    SequenceBatch batch;
    for (std::uint64_t i = 0; i < count(); ++i) {
      batch.clear();
      generator.generate(split(), first() + i, 1, batch, true);
      if (Result<void> taken = take(first() + i, batch); !taken) return taken;
    }
    return {};
  }

  Result<void> show_json(const Generator& generator, StandardOutput& output) const {
    std::string bytes;
    return each(generator, [&](std::uint64_t, const SequenceBatch& batch) {
      bytes.clear();
      append_jsonl(batch, bytes);
      return output.write(bytes);
    });
  }

  Result<void> show(const Generator& generator, StandardOutput& output) const {
    const SequenceView view({.colored = colored(),
                             .width = terminal_width(Stream::output),
                             .most_tokens = static_cast<std::size_t>(most_tokens_.value_or(64)),
                             .vocab_size = generator.config().vocab_size});
    if (Result<void> written = output.write(view.legend()); !written) return written;
    return each(generator, [&](std::uint64_t index, const SequenceBatch& batch) {
      return output.write('\n' +
                          view.text(formatted("{} {}", split_, index), batch[0], batch.latents[0]));
    });
  }

  std::string split_ = "train";
  std::optional<std::int64_t> first_;
  std::optional<std::int64_t> count_;
  std::optional<std::int64_t> most_tokens_;
  std::string color_ = "auto";
  bool as_json_ = false;
  bool quiet_ = false;
  ParameterFlags parameters_;
};

}  // namespace

std::unique_ptr<Command> make_preview(CLI::App& program) {
  return std::make_unique<Preview>(program);
}

}  // namespace synthgen::cli
