#include "synthgen/generate/recall/mqar_plan.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/recall/recall_substreams.hpp"
#include "synthgen/random/distinct_draws.hpp"

#include <cmath>

namespace synthgen {
namespace {

/// The ids from `first` to before `end`; none where that is not after it.
Band ids_between(std::uint32_t first, std::uint32_t end) {
  return {first, end > first ? end - first : 0};
}

std::uint32_t root_of(std::int64_t square) {
  auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(square)));
  while (root * root > square) --root;
  while ((root + 1) * (root + 1) <= square) ++root;
  return static_cast<std::uint32_t>(root);
}

std::vector<std::uint32_t> draws(const Item& item, Substream substream, const Band& ids,
                                 std::uint32_t count) {
  DistinctDraws deck(WordStream(item, substream), ids.size);
  std::vector<std::uint32_t> drawn(count);
  for (std::uint32_t& id : drawn) id = ids.first + deck.next();
  return drawn;
}

}  // namespace

MqarPlan::MqarPlan(const Config& config)
    : pairs(static_cast<std::uint32_t>(config.num_kv_pairs)),
      passes(static_cast<std::uint32_t>(config.num_passes)),
      updates(static_cast<std::uint32_t>(config.num_updates)),
      length(static_cast<std::uint32_t>(config.seq_length)),
      is_compositional(config.compositional),
      has_random_filler(config.random_non_queries),
      shuffles(config.shuffle_queries),
      power_a(config.power_a) {
  const auto ids = static_cast<std::uint32_t>(config.vocab_size);
  if (is_compositional) {
    side = root_of(config.num_kv_pairs);
    keys = {ids_between(1, ids / 3), ids_between(ids / 3, ids / 3 * 2)};
    values = ids_between(ids / 3 * 2, ids);
  } else {
    keys = {ids_between(1, ids / 2), Band{}};
    values = ids_between(ids / 2, ids);
  }
}

MqarPairs::MqarPairs(const MqarPlan& plan, const Item& item)
    : values(draws(item, recall_substreams::value, plan.values, plan.pairs + plan.updates)),
      updated(draws(item, recall_substreams::mqar_update, {0, plan.pairs}, plan.updates)) {
  if (plan.is_compositional) {
    const auto first = draws(item, recall_substreams::key, plan.keys[0], plan.side);
    const auto second = draws(item, recall_substreams::mqar_second_key, plan.keys[1], plan.side);
    order = draws(item, recall_substreams::mqar_combination, {0, plan.pairs}, plan.pairs);
    for (const std::uint32_t combination : order) {
      keys.push_back({first[combination / plan.side], second[combination % plan.side]});
    }
  } else {
    for (const std::uint32_t id : draws(item, recall_substreams::key, plan.keys[0], plan.pairs)) {
      keys.push_back({id, 0});
    }
  }
  for (std::uint32_t pair = 0; pair < plan.pairs; ++pair) {
    latest.push_back((plan.passes - 1) * plan.pairs + pair);
  }
  for (std::uint32_t i = 0; i < plan.updates; ++i) {
    latest[updated[i]] = plan.passes * plan.pairs + i;
  }
}

std::vector<std::uint32_t> mqar_slots(const MqarPlan& plan, const SuccessiveSampling& sampling,
                                      const Item& item) {
  std::vector<std::uint32_t> asked(plan.slots(), no_pair);
  const auto slots = sampling.draw(WordStream(item, recall_substreams::mqar_slot), plan.pairs);
  DistinctDraws deck(WordStream(item, recall_substreams::mqar_shuffle), plan.pairs);
  for (std::uint32_t pair = 0; pair < plan.pairs; ++pair) {
    asked[slots[plan.shuffles ? deck.next() : pair]] = pair;
  }
  return asked;
}

std::vector<Problem> check_mqar(const Config& config) {
  std::vector<Problem> problems;
  const auto refuse = [&](std::string_view key, std::int64_t value, std::string allowed) {
    problems.push_back({std::string(key), std::to_string(value), std::move(allowed)});
  };
  const MqarPlan plan(config);
  const std::int64_t pairs = config.num_kv_pairs;
  if (config.compositional && std::int64_t{plan.side} * plan.side != pairs) {
    refuse("num_kv_pairs", pairs, "a square number if compositional");
  }
  const std::int64_t first_keys = config.compositional ? plan.side : pairs;
  const std::int64_t second_keys = config.compositional ? plan.side : 0;
  if (first_keys > plan.keys[0].size || second_keys > plan.keys[1].size ||
      pairs + config.num_updates > plan.values.size) {
    refuse("vocab_size", config.vocab_size,
           formatted("enough ids for distinct keys and values: {} of keys and {} of values, but it "
                     "leaves {} and {}",
                     first_keys, pairs + config.num_updates,
                     config.compositional ? std::min(plan.keys[0].size, plan.keys[1].size)
                                          : plan.keys[0].size,
                     plan.values.size));
  }
  if (config.num_updates > pairs) {
    refuse("num_updates", config.num_updates,
           formatted("at most num_kv_pairs = {}: a key is updated once", pairs));
  }
  const std::int64_t shortest =
      (pairs * config.num_passes + config.num_updates + pairs) * plan.pair_tokens();
  if (config.seq_length < shortest) {
    refuse("seq_length", config.seq_length,
           formatted("at least {}, so that the context and a query of each pair fit", shortest));
  }
  if (config.label_scope == "all" && config.label_layout != "stream") {
    problems.push_back({"label_scope", "\"all\"",
                        "only with label_layout stream in recall_layout mqar, whose reference "
                        "layout scores answers only"});
  }
  return problems;
}

}  // namespace synthgen
