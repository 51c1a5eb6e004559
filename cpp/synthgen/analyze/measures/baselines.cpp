#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/shortcuts/contest.hpp"
#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <list>
#include <string>
#include <vector>

namespace synthgen {
namespace {

std::string bits_name(const ShortcutEntry& entry) {
  return formatted("shortcut_{}_bits", entry.name);
}
std::string accuracy_name(const ShortcutEntry& entry) {
  return formatted("shortcut_{}_accuracy", entry.name);
}

/// What simple rules reach that know nothing of the structure, `shortcut_…_bits` and
/// `shortcut_…_accuracy`: they are fitted to half of the sequences and asked about the other half,
/// for the labels where the data has some, else for the next tokens. Which half a sequence belongs
/// to is decided by its content. Each half is kept while it fits a budget of about a million
/// tokens, fewer under a small memory limit, else a sample of it.
class BaselinesAccumulator final : public Accumulator {
 public:
  explicit BaselinesAccumulator(const AnalysisOptions& options)
      : vocab_size_(options.vocab_size),
        fitted_(budget(options.memory_limit_bytes)),
        held_out_(budget(options.memory_limit_bytes)) {}

  void add(const MeasuredBatch& batch) override {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const SequenceSample::Hash hash =
          SequenceSample::hash_of(batch.content(i), content_labels(batch.batch(), i));
      (hash[1] % 2 == 0 ? fitted_ : held_out_).add(hash, batch.batch(), i);
    }
  }

  void merge(const Accumulator& other) override {
    const auto& from = static_cast<const BaselinesAccumulator&>(other);
    fitted_.merge(from.fitted_);
    held_out_.merge(from.held_out_);
  }

  void report(ReportSections& sections) const override {
    const ContestResult result = hold_contest(fitted_, held_out_, vocab_size_);
    for (const ShortcutEntry& entry : shortcuts()) {
      sections.numbers[bits_name(entry)] = Json();
      sections.numbers[accuracy_name(entry)] = Json();
    }
    for (const ShortcutScore& score : result.scores) {
      sections.numbers[bits_name(*score.entry)] = score.bits;
      sections.numbers[accuracy_name(*score.entry)] = score.accuracy;
    }
    if (fitted_.is_complete() && held_out_.is_complete()) return;
    sections.error_bounds["baselines"] = {{"fitted_tokens", fitted_.tokens()},
                                          {"held_out_tokens", held_out_.tokens()}};
  }

  void exchange(StateArchive& archive) override { archive(fitted_, held_out_); }

 private:
  /// Tokens of a half. Each takes up to 256 bytes in the tables that the rules are fitted to.
  static std::uint64_t budget(std::uint64_t memory_limit) {
    return std::min(SequenceSample::default_budget, memory_limit / 512);
  }

  std::optional<std::int64_t> vocab_size_;
  SequenceSample fitted_;
  SequenceSample held_out_;
};

/// Two measures for each shortcut; their texts live as long as the program.
const std::vector<MeasureInfo>& baseline_measures() {
  static std::list<std::string> texts;
  static const std::vector<MeasureInfo> measures = [] {
    const auto kept = [](std::string text) -> std::string_view {
      return texts.emplace_back(std::move(text));
    };
    std::vector<MeasureInfo> made;
    for (const ShortcutEntry& entry : shortcuts()) {
      const std::string rest =
          formatted("predicted from {}; fitted to half of the sequences, asked about the others{}",
                    entry.summary, entry.needs_labels ? "; labels alone" : "");
      MeasureInfo bits{.name = kept(bits_name(entry)),
                       .unit = "bits",
                       .formula = kept("mean of -log2 P(label or next token), " + rest),
                       .range = "0 and up",
                       .source = "synthgen",
                       .expected = Expected::never,
                       .section = Section::quality,
                       .listed = Listed::if_measured};
      MeasureInfo accuracy = bits;
      accuracy.name = kept(accuracy_name(entry));
      accuracy.unit = {};
      accuracy.formula = kept("share of labels or next tokens that are guessed, " + rest);
      accuracy.range = "0 to 1";
      made.push_back(bits);
      made.push_back(accuracy);
    }
    return made;
  }();
  return measures;
}

}  // namespace

extern const MeasureEntry baselines_entry;
const MeasureEntry baselines_entry{"baselines", baseline_measures(),
                                   &make_accumulator<BaselinesAccumulator>, false,
                                   InPage::of_files};

}  // namespace synthgen
