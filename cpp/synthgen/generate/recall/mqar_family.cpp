#include "synthgen/generate/layers/fresh_tokens.hpp"
#include "synthgen/generate/recall/mqar_plan.hpp"
#include "synthgen/generate/recall/mqar_predictor.hpp"
#include "synthgen/generate/recall/recall_family.hpp"

#include <cmath>

namespace synthgen {
namespace {

/// Multi-query associative recall: pairs, then a query of each key in a slot of its own.
///
///     key value key value | filler filler | key (answer) | filler filler | key (answer)
class MqarFamily final : public RecallFamily {
 public:
  explicit MqarFamily(const Config& config)
      : RecallFamily(config),
        plan_(config),
        sampling_(power_law_weights(plan_.slots(), plan_.power_a)) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    const MqarPairs pairs(plan_, item);
    RecallWriter writer(draft, rules());
    write_context(pairs, writer);
    FreshTokens fresh(content().sampler(), item);
    for (const std::uint32_t pair : mqar_slots(plan_, sampling_, item)) {
      if (pair == no_pair) {
        write_filler(plan_.pair_tokens(), fresh, writer);
      } else {
        write_query(pairs, pair, fresh, writer);
      }
    }
    write_filler(plan_.length - writer.position(), fresh, writer);
    return draft.tokens.size();
  }

  MadePredictor predictor(double /*noise*/) const override {
    const std::string_view reason = mqar_no_token_law(plan_);
    if (!reason.empty() && rules().scores_all) return no_law(reason);
    return std::make_unique<MqarPredictor>(plan_, sampling_, vocab_size(), rules());
  }

 protected:
  std::vector<Expectation> recall_truth() const override;

 private:
  void write_context(const MqarPairs& pairs, RecallWriter& writer) const;
  void write_query(const MqarPairs& pairs, std::uint32_t pair, FreshTokens& fresh,
                   RecallWriter& writer) const;
  void write_filler(std::uint32_t count, FreshTokens& fresh, RecallWriter& writer) const;
  double context_bits() const;

  MqarPlan plan_;
  SuccessiveSampling sampling_;
};

void MqarFamily::write_context(const MqarPairs& pairs, RecallWriter& writer) const {
  std::vector<bool> known_first(plan_.side);
  std::vector<bool> known_second(plan_.side);
  std::array<std::uint32_t, 2> known{0, 0};
  /// The law of a part of a compositional key: a new id, or one that an earlier key has.
  const auto part_law = [&](std::size_t part, std::vector<bool>::reference is_known) {
    if (is_known) return derived_law();
    is_known = true;
    return choice_law(plan_.keys[part].size - known[part]++);
  };
  std::uint32_t drawn_values = 0;
  for (std::uint32_t place = 0; place < plan_.context_pairs(); ++place) {
    const bool is_update = place >= plan_.pairs * plan_.passes;
    const std::uint32_t pair =
        is_update ? pairs.updated[place - plan_.pairs * plan_.passes] : place % plan_.pairs;
    const bool returns = place >= plan_.pairs;
    const auto before = is_update ? (plan_.passes - 1) * plan_.pairs + pair : place - plan_.pairs;
    const auto source = returns ? std::optional(plan_.pair_start(before)) : std::nullopt;
    writer.begin(SpanKind::key, source);
    const MqarPairs::Key& key = pairs.keys[pair];
    if (returns) {
      for (std::uint32_t i = 0; i < plan_.key_tokens(); ++i) writer.add(key[i], derived_law());
    } else if (plan_.is_compositional) {
      writer.add(key[0], part_law(0, known_first[pairs.order[pair] / plan_.side]));
      writer.add(key[1], part_law(1, known_second[pairs.order[pair] % plan_.side]));
    } else {
      writer.add(key[0], choice_law(plan_.keys[0].size - pair));
    }
    const bool copies = returns && !is_update;
    writer.begin(SpanKind::value,
                 copies ? std::optional(*source + plan_.key_tokens()) : std::nullopt);
    writer.add(pairs.values[copies ? pair : drawn_values],
               copies ? derived_law() : choice_law(plan_.values.size - drawn_values));
    if (!copies) ++drawn_values;
  }
}

void MqarFamily::write_query(const MqarPairs& pairs, std::uint32_t pair, FreshTokens& fresh,
                             RecallWriter& writer) const {
  const std::uint32_t source = plan_.pair_start(pairs.latest[pair]);
  writer.begin(SpanKind::query, source);
  for (std::uint32_t i = 0; i < plan_.key_tokens(); ++i) {
    writer.add(pairs.keys[pair][i], derived_law());
  }
  const std::uint32_t first_update = plan_.pairs * plan_.passes;
  const std::uint32_t latest = pairs.latest[pair];
  const std::uint32_t answer =
      pairs.values[latest >= first_update ? plan_.pairs + latest - first_update : pair];
  if (rules().is_stream) {
    writer.begin(SpanKind::answer, source + plan_.key_tokens());
    writer.add(answer, derived_law());
  } else {
    writer.label(answer);
    write_filler(1, fresh, writer);
  }
}

void MqarFamily::write_filler(std::uint32_t count, FreshTokens& fresh, RecallWriter& writer) const {
  for (std::uint32_t i = 0; i < count; ++i) {
    writer.resume(plan_.has_random_filler ? SpanKind::fresh : SpanKind::fixed);
    if (plan_.has_random_filler) {
      writer.add(fresh.draw(writer.position()),
                 {.kind = PositionLaw::Kind::uniform, .band = {0, vocab_size()}});
    } else {
      writer.add(0, derived_law());
    }
  }
}

double MqarFamily::context_bits() const {
  const auto bits_of_draws = [](std::uint32_t ids, std::uint32_t count) {
    double bits = 0;
    for (std::uint32_t i = 0; i < count; ++i) bits += std::log2(static_cast<double>(ids - i));
    return bits;
  };
  const double values = bits_of_draws(plan_.values.size, plan_.pairs + plan_.updates);
  if (!plan_.is_compositional) return values + bits_of_draws(plan_.keys[0].size, plan_.pairs);
  return values + bits_of_draws(plan_.keys[0].size, plan_.side) +
         bits_of_draws(plan_.keys[1].size, plan_.side);
}

std::vector<Expectation> MqarFamily::recall_truth() const {
  const ParameterKeys shape{"seq_length", "num_kv_pairs", "num_passes", "num_updates",
                            "compositional"};
  const double length = plan_.length;
  const std::uint32_t asked = plan_.pairs * (plan_.key_tokens() + (rules().is_stream ? 1U : 0U));
  const double filler =
      plan_.has_random_filler ? length - plan_.context_tokens() - static_cast<double>(asked) : 0;
  std::vector<Expectation> expectations{
      {"query_share",
       plan_.pairs * plan_.key_tokens() / length,
       "num_kv_pairs / seq_length; twice that if compositional",
       "of positions",
       {"recall_layout", "num_kv_pairs", "seq_length", "compositional"}},
      {"oracle_bits_per_token",
       (context_bits() + filler * std::log2(static_cast<double>(vocab_size()))) / length,
       "(sum of log2 of the ids left at each draw of a key or value + log2 vocab_size for each "
       "random filler token) / seq_length",
       "bits per token",
       joined_keys({{"vocab_size", "label_layout", "random_non_queries"}, shape})},
  };
  if (!plan_.shuffles) {
    expectations.push_back(
        {"first_key_in_first_slot",
         static_cast<double>(sampling_.weight(0)) / static_cast<double>(sampling_.total()),
         "1 / sum over slots i = 1, 2, ... of i^(power_a - 1)", "of sequences",
         joined_keys({{"power_a", "shuffle_queries"}, shape})});
  }
  if (plan_.shuffles || plan_.power_a == 1) {
    expectations.push_back({"first_key_asked_first",
                            1.0 / plan_.pairs,
                            "1 / num_kv_pairs",
                            "of sequences",
                            {"num_kv_pairs", "power_a", "shuffle_queries"}});
  }
  return expectations;
}

}  // namespace

MadeSource make_mqar(const Config& config) {
  std::vector<Problem> problems = check_mqar(config);
  if (!problems.empty()) return fail(std::move(problems));
  return layered<MqarFamily>(config);
}

}  // namespace synthgen
