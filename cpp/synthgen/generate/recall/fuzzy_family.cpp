#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/recall/fuzzy_predictor.hpp"
#include "synthgen/generate/recall/recall_family.hpp"
#include "synthgen/generate/recall/recall_substreams.hpp"
#include "synthgen/random/distinct_draws.hpp"

#include <map>
#include <optional>

namespace synthgen {
namespace {

/// A motif's words begin at a multiple of this: no motif is longer.
constexpr std::uint64_t words_per_motif = 16;

/// Recall with keys and values of several tokens each: padding, pairs whose keys return with their
/// values, then a query of the probe, one of the keys.
///
///     pad pad | a b → x | c → y z | a b → (x) | c → (y z)
class FuzzyFamily final : public RecallFamily {
 public:
  explicit FuzzyFamily(const Config& config)
      : RecallFamily(config), plan_(config), total_(seq_length() + (rules().is_stream ? 0U : 1U)) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    const Pairs pairs = draw(item);
    RecallWriter writer(draft, rules());
    writer.begin(SpanKind::fixed);
    for (std::uint32_t i = 0; i < total_ - pairs.tokens; ++i) writer.add(plan_.pad, derived_law());
    std::map<Motif, std::uint32_t> starts;  // where each key first is
    for (std::size_t i = 0; i < pairs.keys.size(); ++i) {
      const bool is_last = i + 1 == pairs.keys.size();
      write_pair(pairs.keys[i], pairs.values[i], is_last, starts, writer);
    }
    return draft.tokens.size();
  }

  MadePredictor predictor(double /*noise*/) const override {
    if (rules().scores_all) {
      return no_law(fuzzy_no_token_law);
    }
    return std::make_unique<FuzzyPredictor>(plan_, vocab_size(), seq_length(), rules());
  }

 protected:
  std::vector<Expectation> recall_truth() const override { return {}; }

 private:
  using Motif = FuzzyPlan::Motif;

  /// The pairs of a sequence, the query last.
  struct Pairs {
    std::vector<Motif> keys;
    std::vector<Motif> values;
    std::uint32_t tokens = 0;

    void add(const Motif& key, const Motif& value) {
      keys.push_back(key);
      values.push_back(value);
      tokens += static_cast<std::uint32_t>(key.size() + value.size());
    }
  };

  /// The motif number `i`: distinct ids.
  static Motif motif(const Item& item, Substream substream, std::uint64_t i, const Band& ids,
                     std::uint32_t size) {
    DistinctDraws deck(WordStream(item, substream), ids.size, i * words_per_motif);
    Motif tokens(size);
    for (std::uint32_t& token : tokens) token = ids.first + deck.next();
    return tokens;
  }

  Motif key(const Item& item, std::uint64_t i) const {
    const std::uint32_t size =
        plan_.only_longest ? plan_.key_size : drawn_size(item, plan_.key_size, 2 * i);
    return motif(item, recall_substreams::key, i, plan_.keys, size);
  }

  Motif value(const Item& item, std::uint64_t i) const {
    return motif(item, recall_substreams::value, i, plan_.values,
                 drawn_size(item, plan_.value_size, 2 * i + 1));
  }

  /// A number of tokens from 1 to `most`.
  static std::uint32_t drawn_size(const Item& item, std::uint32_t most, std::uint64_t position) {
    const WordStream words(item, recall_substreams::fuzzy_size);
    return 1 + Bounded(most).draw(words, position);
  }

  Pairs draw(const Item& item) const {
    const Motif probe = key(item, 0);
    const Motif answer = value(item, 0);
    const auto probe_tokens = static_cast<std::uint32_t>(probe.size() + answer.size());
    const std::uint32_t longest = plan_.key_size + plan_.value_size;
    const std::uint32_t end = total_ - 1 - probe_tokens - longest;
    // A pair begins at `end` − `longest` or later, so a place up to there is reached; the reference
    // draws from a wider range.
    const std::uint32_t places =
        plan_.always_answerable ? end - longest + 1 : total_ - 1 - 2 * probe_tokens;
    const WordStream place_words(item, recall_substreams::fuzzy_place);
    const std::uint32_t place = Bounded(places).draw(place_words, 0);
    std::map<Motif, Motif> values;
    Pairs pairs;
    for (std::uint64_t i = 1; pairs.tokens < end; ++i) {
      const bool is_place = pairs.tokens >= place && !values.contains(probe);
      const Motif drawn = is_place ? probe : key(item, i);
      if (!values.contains(drawn)) values[drawn] = drawn == probe ? answer : value(item, i);
      pairs.add(drawn, values[drawn]);
    }
    pairs.add(probe, answer);
    return pairs;
  }

  void write_pair(const Motif& key, const Motif& value, bool is_last,
                  std::map<Motif, std::uint32_t>& starts, RecallWriter& writer) const {
    const auto placed = starts.try_emplace(key, writer.position());
    const std::uint32_t known = placed.first->second;
    const bool is_new = placed.second;
    const bool asks = is_last || !is_new;
    const auto source = [&](std::size_t offset) {
      return is_new ? std::nullopt : std::optional(known + static_cast<std::uint32_t>(offset));
    };
    writer.begin(asks ? SpanKind::query : SpanKind::key, source(0));
    for (std::uint32_t i = 0; i < key.size(); ++i) {
      writer.add(key[i], is_last && !is_new ? derived_law() : choice_law(plan_.keys.size - i));
    }
    writer.begin(asks ? SpanKind::answer : SpanKind::value, source(key.size()));
    for (std::uint32_t i = 0; i < value.size(); ++i) {
      writer.add(value[i], is_new ? choice_law(plan_.values.size - i) : derived_law());
    }
  }

  FuzzyPlan plan_;
  std::uint32_t total_;  ///< tokens with the last answer
};

std::vector<Problem> check_fuzzy(const Config& config) {
  std::vector<Problem> problems;
  const std::int64_t longest = config.key_motif_size + config.value_motif_size;
  const FuzzyPlan plan(config);
  if (plan.keys.size < config.key_motif_size || plan.values.size < config.value_motif_size) {
    problems.push_back(
        {"vocab_size", std::to_string(config.vocab_size),
         formatted("enough ids for distinct tokens in a motif, but it leaves {} of keys and {} of "
                   "values",
                   plan.keys.size, plan.values.size)});
  }
  const std::int64_t shortest = 3 * longest + (config.label_layout == "stream" ? 1 : 0);
  if (config.seq_length < shortest) {
    problems.push_back({"seq_length", std::to_string(config.seq_length),
                        formatted("at least {} in recall_layout fuzzy with motifs up to {} and {}",
                                  shortest, config.key_motif_size, config.value_motif_size)});
  }
  return problems;
}

}  // namespace

FuzzyPlan::FuzzyPlan(const Config& config)
    : pad(static_cast<std::uint32_t>(config.vocab_size) - 1),
      keys{0, pad / 2},
      values{pad / 2, pad - pad / 2},
      key_size(static_cast<std::uint32_t>(config.key_motif_size)),
      value_size(static_cast<std::uint32_t>(config.value_motif_size)),
      only_longest(config.key_motifs == "longest"),
      always_answerable(config.always_answerable) {}

MadeSource make_fuzzy_recall(const Config& config) {
  std::vector<Problem> problems = check_fuzzy(config);
  if (!problems.empty()) return fail(std::move(problems));
  return layered<FuzzyFamily>(config);
}

}  // namespace synthgen
