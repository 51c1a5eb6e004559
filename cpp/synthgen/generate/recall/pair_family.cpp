#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/recall/pair_predictor.hpp"
#include "synthgen/generate/recall/recall_family.hpp"
#include "synthgen/generate/recall/recall_substreams.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <vector>

namespace synthgen {
namespace {

/// Pairs whose keys return with their values, then a query of one of the keys.
///
///     mad      key value key value noise noise key (answer) | key (answer)
///     safari   key value key value key value | => | key (answer)
class PairFamily final : public RecallFamily {
 public:
  explicit PairFamily(const Config& config)
      : RecallFamily(config), plan_(config), is_noise_(plan_.mark ? 0 : config.frac_noise) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    RecallWriter writer(draft, rules());
    std::unordered_map<std::uint32_t, Known> known;  // by rank
    std::vector<std::uint32_t> presented;            // ranks of keys, in order of their first pairs
    const WordStream keys(item, recall_substreams::key);
    const WordStream spared_words(item, recall_substreams::mad_spared);
    const std::uint32_t spared = Bounded(plan_.pairs + 1).draw(spared_words, 0);
    for (std::uint32_t pair = 0; pair < plan_.pairs; ++pair) {
      const bool must_be_key = pair + 1 == plan_.pairs && presented.empty();
      if (pair != spared && !must_be_key && !is_noise_.never() &&
          is_noise_.holds(WordStream(item, Substream::structure).word(pair))) {
        write_noise(item, pair, writer);
        continue;
      }
      const std::uint32_t rank = Bounded(plan_.keys.size).draw(keys, pair);
      const auto [entry, is_new] = known.try_emplace(rank);
      if (is_new) presented.push_back(rank);
      write_pair(item, pair, rank, !is_new, entry->second, writer);
    }
    if (plan_.mark) {
      writer.begin(SpanKind::fixed);
      writer.add(*plan_.mark, derived_law());
    }
    const auto place =
        Bounded(static_cast<std::uint32_t>(presented.size())).draw(keys, plan_.pairs);
    const std::uint32_t probe = presented[place];
    writer.begin(SpanKind::query, known[probe].key);
    writer.add(plan_.keys.first + probe, derived_law());
    writer.begin(SpanKind::answer, known[probe].key + 1);
    writer.add(known[probe].value, derived_law());
    return draft.tokens.size();
  }

  MadePredictor predictor(double /*noise*/) const override {
    return std::make_unique<PairPredictor>(plan_, vocab_size(), seq_length(), rules());
  }

 protected:
  std::vector<Expectation> recall_truth() const override {
    ParameterKeys keys{"recall_layout", "vocab_size", "seq_length", "label_layout"};
    if (!plan_.mark) keys = joined_keys({keys, {"frac_noise", "noise_vocab_size"}});
    const auto [clean, different] = expected_keys();
    const double queries = (plan_.asks_in_context ? clean - different : 0) + 1;
    return {{"query_share", queries / seq_length(),
             plan_.asks_in_context
                 ? "(1 + E[pairs that are no noise] - E[different keys among them]) / seq_length"
                 : "1 / seq_length",
             "of positions", keys},
            {"different_keys", different,
             "keys (1 - E[(1 - 1 / keys)^C]), C pairs of the context that are no noise",
             "per sequence", keys}};
  }

 private:
  /// Where a key's first pair is, and its value.
  struct Known {
    std::uint32_t key;
    std::uint32_t value;
  };

  void write_noise(const Item& item, std::uint32_t pair, RecallWriter& writer) const {
    const WordStream words(item, recall_substreams::mad_noise);
    writer.begin(SpanKind::fresh);
    for (std::uint64_t i = 0; i < 2; ++i) {
      writer.add(
          plan_.noise.first + Bounded(plan_.noise.size).draw(words, 2 * std::uint64_t{pair} + i),
          choice_law(plan_.noise.size));
    }
  }

  /// `known` is set for a key that returns, and gets set for a new one.
  void write_pair(const Item& item, std::uint32_t pair, std::uint32_t rank, bool returns,
                  Known& known, RecallWriter& writer) const {
    const bool asks = returns && plan_.asks_in_context;
    const auto source = [&](std::uint32_t offset) {
      return returns ? std::optional(known.key + offset) : std::nullopt;
    };
    writer.begin(asks ? SpanKind::query : SpanKind::key, source(0));
    writer.add(plan_.keys.first + rank, choice_law(plan_.keys.size));
    writer.begin(asks ? SpanKind::answer : SpanKind::value, source(1));
    if (!returns) {
      const WordStream words(item, recall_substreams::value);
      const std::uint32_t drawn = Bounded(plan_.values.size).draw(words, pair);
      known = {writer.position() - 1, plan_.values.first + drawn};
    }
    writer.add(known.value, returns ? derived_law() : choice_law(plan_.values.size));
  }

  /// The expected number of pairs that are no noise, and of different keys among them.
  std::array<double, 2> expected_keys() const {
    const double noise = is_noise_.probability();
    const double pairs = plan_.pairs;
    const double stays = 1 - 1.0 / plan_.keys.size;  // a draw leaves a key out
    // One of pairs + 1 places is spared; the last one is the query's.
    const double one_spared = pairs / (pairs + 1);
    const double all_noise = std::pow(noise, pairs);
    const double clean = one_spared * (1 + (pairs - 1) * (1 - noise)) +
                         (1 - one_spared) * (pairs * (1 - noise) + all_noise);
    const double each = noise + (1 - noise) * stays;  // E[stays^(1 if no noise)]
    // Noise in all pairs but the last makes that one a key.
    const double never_shown =
        one_spared * stays * std::pow(each, pairs - 1) +
        (1 - one_spared) * (std::pow(each, pairs) - all_noise + all_noise * stays);
    return {clean, plan_.keys.size * (1 - never_shown)};
  }

  PairPlan plan_;
  Decision is_noise_;
};

std::vector<Problem> check_pairs(const Config& config) {
  std::vector<Problem> problems;
  const bool has_mark = config.recall_layout == "safari";
  const LabelRules rules(config);
  const std::int64_t least = has_mark ? 4 : 2 + config.noise_vocab_size;
  if (config.vocab_size < least) {
    problems.push_back(
        {"vocab_size", std::to_string(config.vocab_size),
         formatted("at least {} in recall_layout {}: a key and a value beside {}", least,
                   config.recall_layout, has_mark ? "two special ids" : "noise_vocab_size")});
  }
  // Pairs, then the mark, then the query and, in a stream, its answer.
  const std::int64_t tail = (has_mark ? 2 : 1) + (rules.is_stream ? 1 : 0);
  if (config.seq_length < tail + 2 || (config.seq_length - tail) % 2 != 0) {
    problems.push_back(
        {"seq_length", std::to_string(config.seq_length),
         formatted("{} + 2 n for n pairs in recall_layout {} with label_layout {}, n at least 1",
                   tail, config.recall_layout, config.label_layout)});
  }
  if (!has_mark && config.frac_noise > 0 && config.noise_vocab_size == 0) {
    problems.push_back({"noise_vocab_size", "0", "at least 1 if frac_noise is above 0"});
  }
  return problems;
}

}  // namespace

PairPlan::PairPlan(const Config& config)
    : pairs((static_cast<std::uint32_t>(config.seq_length) -
             (config.recall_layout == "safari" ? 2U : 1U)) /
            2),
      asks_in_context(config.recall_layout == "mad") {
  auto ids = static_cast<std::uint32_t>(config.vocab_size);
  std::uint32_t first = 0;
  if (config.recall_layout == "safari") {
    mark = ids - 1;
    first = 1;
    ids -= 2;
  } else {
    const auto noise_ids = static_cast<std::uint32_t>(config.noise_vocab_size);
    ids -= noise_ids;
    noise = {ids, noise_ids};
    noise_probability = Decision(config.frac_noise).probability();
  }
  keys = {first, ids / 2};
  values = {first + ids / 2, ids - ids / 2};
}

MadeSource make_pair_recall(const Config& config) {
  std::vector<Problem> problems = check_pairs(config);
  if (!problems.empty()) return fail(std::move(problems));
  return layered<PairFamily>(config);
}

}  // namespace synthgen
