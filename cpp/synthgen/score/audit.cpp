#include "synthgen/score/audit.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/law/predictor.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

std::optional<Split> split_named(std::string_view text) {
  const auto found = std::find_if(all_splits.begin(), all_splits.end(),
                                  [&](Split split) { return name(split) == text; });
  return found == all_splits.end() ? std::nullopt : std::optional(*found);
}

/// Adds files to a sample.
class SampleReader {
 public:
  SampleReader(const Generator* generator, const AuditOptions& options)
      : generator_(generator), options_(options) {}

  Result<SequenceSample> sample_of(const AuditSide& side) {
    SequenceSample sample(options_.budget);
    for (const AuditFile& file : side.files) {
      Result<void> added = add(file, split_named(side.split), sample);
      if (!added) return tl::unexpected(std::move(added.error()));
    }
    return sample;
  }

 private:
  Result<void> add(const AuditFile& file, std::optional<Split> split, SequenceSample& sample) {
    constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 17;
    Result<std::unique_ptr<SequenceReader>> reader = open_sequences(file.path);
    if (!reader) return tl::unexpected(std::move(reader.error()));
    std::uint64_t done = 0;
    for (bool more = true; more; done += batch_.size()) {
      batch_.clear();
      const Result<bool> read = (*reader)->read(batch_, batch_tokens);
      if (!read) return tl::unexpected(read.error());
      more = *read;
      const bool is_labelled = batch_.labels.empty() && split && file.first_sequence &&
                               generator_ != nullptr &&
                               make_labelled(*split, *file.first_sequence + done);
      const SequenceBatch& from = is_labelled ? made_ : batch_;
      for (std::size_t i = 0; i < from.size(); ++i) {
        const auto labels = content_labels(from, i);
        sample.add(SequenceSample::hash_of(from.content(i), labels), from, i);
      }
      if (options_.progress && !options_.progress()) return fail(ErrorKind::cancelled, "stopped");
    }
    return {};
  }

  /// Makes the batch's sequences with their labels; false if they have none or are others.
  bool make_labelled(Split split, std::uint64_t first) {
    made_.clear();
    if (!generator_->generate(split, first, batch_.size(), made_) || made_.labels.empty()) {
      return false;
    }
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      const auto read = batch_.content(i);
      const auto own = made_.content(i);
      if (!std::equal(read.begin(), read.end(), own.begin(), own.end())) return false;
    }
    return true;
  }

  const Generator* generator_;
  const AuditOptions& options_;
  SequenceBatch batch_;
  SequenceBatch made_;
};

/// Mean bits of the answers under the exact law, or why there are none.
Result<double> floor_bits(const Generator* generator, std::string_view split,
                          const SequenceSample& sample, bool about_labels) {
  const std::optional<Split> known = split_named(split);
  if (generator == nullptr || !known) return no_law("the config is not known");
  const Result<std::shared_ptr<Predictor>> made = generator->predictor(*known);
  if (!made) return tl::unexpected(made.error());
  Predictor& predictor = **made;
  if (about_labels && !predictor.has_label_law()) return no_law("this config gives none of labels");
  if (!about_labels && !predictor.no_token_law().empty()) return no_law(predictor.no_token_law());
  double bits = 0;
  double questions = 0;
  for (const auto& [hash, entry] : sample.entries()) {
    const auto& [tokens, labels] = entry.value;
    predictor.reset();
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      double probability = predictor.observe(tokens[t]);
      if (about_labels) {
        if (labels.empty() || labels[t] == ignored_label) continue;
        probability = predictor.label_probability(static_cast<std::uint32_t>(labels[t]));
      }
      bits += static_cast<double>(entry.times) * bits_of(probability);
      questions += static_cast<double>(entry.times);
    }
  }
  if (!std::isfinite(bits)) return no_law("some sequence is not one that this config makes");
  return bits / questions;
}

AuditedSide audited(const AuditSide& side, const SequenceSample& sample) {
  return {side, sample.count(), sample.tokens(), sample.is_complete()};
}

Json side_to_json(const AuditedSide& audited) {
  Json files = Json::array();
  for (const AuditFile& file : audited.side.files) files.push_back(file.path);
  return {{"split", audited.side.split},
          {"files", std::move(files)},
          {"sequences", audited.sequences},
          {"tokens", audited.tokens},
          {"complete", audited.is_complete}};
}

}  // namespace

Result<Audit> audit(const Generator* generator, const AuditSide& fitted, const AuditSide& held_out,
                    const AuditOptions& options) {
  SampleReader reader(generator, options);
  const Result<SequenceSample> known = reader.sample_of(fitted);
  if (!known) return tl::unexpected(known.error());
  const Result<SequenceSample> asked = reader.sample_of(held_out);
  if (!asked) return tl::unexpected(asked.error());
  Audit result{audited(fitted, *known),
               audited(held_out, *asked),
               hold_contest(*known, *asked, options.vocab_size),
               {},
               {}};
  if (result.contest.questions == 0) return result;
  const Result<double> floor =
      floor_bits(generator, held_out.split, *asked, result.contest.about_labels);
  if (floor) {
    result.floor_bits = *floor;
  } else {
    result.no_floor = floor.error().message;
  }
  return result;
}

Json to_json(const Audit& audit) {
  Json json = {{"fitted", side_to_json(audit.fitted)},
               {"held_out", side_to_json(audit.held_out)},
               {"target", audit.contest.about_labels ? "labels" : "tokens"},
               {"questions", audit.contest.questions}};
  json["floor"] =
      audit.floor_bits ? Json{{"bits", *audit.floor_bits}} : Json{{"reason", audit.no_floor}};
  Json list = Json::array();
  for (const ShortcutScore& score : audit.contest.scores) {
    Json row = {{"name", score.entry->name},
                {"from", score.entry->summary},
                {"bits", score.bits},
                {"accuracy", score.accuracy}};
    if (!score.entry->against.empty()) {
      row["against"] = score.entry->against;
      row["gain_bits"] = score.gain_bits;
      row["gain_error"] = score.gain_error;
      row["finds"] = score.finds_something();
    }
    list.push_back(std::move(row));
  }
  json["shortcuts"] = std::move(list);
  return json;
}

}  // namespace synthgen
