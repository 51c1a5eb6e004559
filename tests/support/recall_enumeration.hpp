#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <tuple>
#include <vector>

#include "support/choice_tree.hpp"
#include "support/reference_structure.hpp"

// The tasks of recall once more, as random programs: what the papers define, with plain lists.
// Nothing here comes from the family.

namespace synthgen::testing {

/// A sequence and its labels.
struct LabelledSequence {
  std::vector<std::uint32_t> tokens;
  std::vector<std::int64_t> labels;

  friend bool operator<(const LabelledSequence& a, const LabelledSequence& b) {
    return std::tie(a.tokens, a.labels) < std::tie(b.tokens, b.labels);
  }
};

inline std::vector<std::uint32_t> ids_from(std::int64_t first, std::int64_t end) {
  std::vector<std::uint32_t> ids(static_cast<std::size_t>(end - first));
  std::iota(ids.begin(), ids.end(), static_cast<std::uint32_t>(first));
  return ids;
}

/// Adds tokens and which of them are answers, then makes the labels.
class RecallSketch {
 public:
  void token(std::uint32_t id) { ids_.push_back(id); }
  /// An answer that is the next token.
  void answer(std::uint32_t id) {
    answers_[ids_.size() - 1] = id;
    ids_.push_back(id);
  }
  /// An answer that is not written.
  void unwritten(std::uint32_t id) { answers_[ids_.size() - 1] = id; }

  LabelledSequence finished(const Config& config) const {
    LabelledSequence made;
    const auto length = static_cast<std::size_t>(config.seq_length);
    made.tokens.assign(ids_.begin(), ids_.begin() + static_cast<std::ptrdiff_t>(length));
    made.labels.assign(length, ignored_label);
    for (std::size_t t = 0; t < length; ++t) {
      if (config.label_scope == "all" && t + 1 < ids_.size()) made.labels[t] = ids_[t + 1];
      if (const auto found = answers_.find(t); found != answers_.end()) {
        made.labels[t] = found->second;
      }
    }
    return made;
  }

 private:
  std::vector<std::uint32_t> ids_;
  std::map<std::size_t, std::uint32_t> answers_;
};

inline LabelledSequence sketched_mqar(const Config& config, ChoiceTree& tree) {
  const std::int64_t ids = config.vocab_size;
  const auto pairs = static_cast<std::size_t>(config.num_kv_pairs);
  const bool is_stream = config.label_layout == "stream";
  const std::size_t key_tokens = config.compositional ? 2 : 1;
  std::vector<std::vector<std::uint32_t>> keys;
  if (config.compositional) {
    auto first_ids = ids_from(1, ids / 3);
    auto second_ids = ids_from(ids / 3, ids / 3 * 2);
    const auto side = static_cast<std::size_t>(std::lround(std::sqrt(config.num_kv_pairs)));
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> second;
    for (std::size_t i = 0; i < side; ++i) first.push_back(tree.take(first_ids));
    for (std::size_t i = 0; i < side; ++i) second.push_back(tree.take(second_ids));
    std::vector<std::vector<std::uint32_t>> combinations;
    for (const std::uint32_t a : first) {
      for (const std::uint32_t b : second) combinations.push_back({a, b});
    }
    for (std::size_t i = 0; i < pairs; ++i) keys.push_back(tree.take(combinations));
  } else {
    auto key_ids = ids_from(1, ids / 2);
    for (std::size_t i = 0; i < pairs; ++i) keys.push_back({tree.take(key_ids)});
  }
  auto value_ids = ids_from(config.compositional ? ids / 3 * 2 : ids / 2, ids);
  std::vector<std::uint32_t> values;
  for (std::size_t i = 0; i < pairs; ++i) values.push_back(tree.take(value_ids));
  RecallSketch sketch;
  const auto write = [&](const std::vector<std::uint32_t>& key) {
    for (const std::uint32_t id : key) sketch.token(id);
  };
  std::size_t length = 0;
  for (std::int64_t pass = 0; pass < config.num_passes; ++pass) {
    for (std::size_t i = 0; i < pairs; ++i, length += key_tokens + 1) {
      write(keys[i]);
      sketch.token(values[i]);
    }
  }
  auto updatable = ids_from(0, config.num_kv_pairs);
  for (std::int64_t i = 0; i < config.num_updates; ++i, length += key_tokens + 1) {
    const std::uint32_t pair = tree.take(updatable);
    values[pair] = tree.take(value_ids);
    write(keys[pair]);
    sketch.token(values[pair]);
  }
  const std::size_t slots =
      (static_cast<std::size_t>(config.seq_length) - length) / (key_tokens + 1);
  std::vector<double> weights;
  for (std::size_t i = 1; i <= slots; ++i) {
    // In units of 2^−38, as slots are drawn.
    weights.push_back(
        std::floor(std::pow(static_cast<double>(i), config.power_a - 1) * 274877906944.0 + 0.5));
  }
  std::vector<std::size_t> drawn;
  for (std::size_t i = 0; i < pairs; ++i) {
    drawn.push_back(tree.choose(weights));
    weights[drawn.back()] = 0;
  }
  std::map<std::size_t, std::size_t> asked;
  for (std::size_t i = 0; i < pairs; ++i) {
    asked[config.shuffle_queries ? tree.take(drawn) : drawn[i]] = i;
  }
  const auto fill = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      sketch.token(config.random_non_queries
                       ? static_cast<std::uint32_t>(tree.choose(static_cast<std::size_t>(ids)))
                       : 0);
    }
  };
  for (std::size_t slot = 0; slot < slots; ++slot, length += key_tokens + 1) {
    if (!asked.contains(slot)) {
      fill(key_tokens + 1);
      continue;
    }
    const std::size_t pair = asked[slot];
    write(keys[pair]);
    if (is_stream) {
      sketch.answer(values[pair]);
    } else {
      sketch.unwritten(values[pair]);
      fill(1);
    }
  }
  fill(static_cast<std::size_t>(config.seq_length) - length);
  return sketch.finished(config);
}

/// MAD's recall: T / 2 − 1 pairs of which all but one may be noise, then the query.
inline LabelledSequence sketched_mad(const Config& config, ChoiceTree& tree) {
  const std::int64_t ids = config.vocab_size - config.noise_vocab_size;
  const auto noise_ids = ids_from(ids, config.vocab_size);
  const double noise = rounded_probability(config.frac_noise);
  const std::int64_t total = config.seq_length + (config.label_layout == "stream" ? 0 : 1);
  const auto pairs = static_cast<std::size_t>(total / 2);
  const std::size_t spared = noise > 0 ? tree.choose(pairs) : 0;
  std::map<std::uint32_t, std::uint32_t> values;
  RecallSketch sketch;
  for (std::size_t i = 0; i + 1 < pairs; ++i) {
    const bool has_to_be_key = i + 2 == pairs && values.empty();
    if (noise > 0 && i != spared && !has_to_be_key && tree.choose({noise, 1 - noise}) == 0) {
      for (int token = 0; token < 2; ++token) {
        sketch.token(noise_ids[tree.choose(noise_ids.size())]);
      }
      continue;
    }
    const auto key = static_cast<std::uint32_t>(tree.choose(static_cast<std::size_t>(ids / 2)));
    sketch.token(key);
    if (values.contains(key)) {
      sketch.answer(values[key]);
    } else {
      values[key] = static_cast<std::uint32_t>(
          ids / 2 +
          static_cast<std::int64_t>(tree.choose(static_cast<std::size_t>(ids - ids / 2))));
      sketch.token(values[key]);
    }
  }
  const auto probe =
      std::next(values.begin(), static_cast<std::ptrdiff_t>(tree.choose(values.size())));
  sketch.token(probe->first);
  sketch.answer(probe->second);
  return sketch.finished(config);
}

/// safari's: pairs with a value for each key of the vocabulary, the mark, the query.
inline LabelledSequence sketched_safari(const Config& config, ChoiceTree& tree) {
  const std::int64_t ids = config.vocab_size - 2;
  const auto keys = ids_from(1, 1 + ids / 2);
  const auto value_ids = ids_from(1 + ids / 2, 1 + ids);
  const std::int64_t total = config.seq_length + (config.label_layout == "stream" ? 0 : 1);
  std::map<std::uint32_t, std::uint32_t> values;
  RecallSketch sketch;
  for (std::int64_t i = 0; i < (total - 3) / 2; ++i) {
    const std::uint32_t key = keys[tree.choose(keys.size())];
    if (!values.contains(key)) values[key] = value_ids[tree.choose(value_ids.size())];
    sketch.token(key);
    sketch.token(values[key]);
  }
  sketch.token(static_cast<std::uint32_t>(config.vocab_size - 1));
  const auto probe =
      std::next(values.begin(), static_cast<std::ptrdiff_t>(tree.choose(values.size())));
  sketch.token(probe->first);
  sketch.answer(probe->second);
  return sketch.finished(config);
}

/// MAD's fuzzy recall. T tokens are pairs up to T − probe − longest, the query, padding in front.
inline LabelledSequence sketched_fuzzy(const Config& config, ChoiceTree& tree) {
  using Motif = std::vector<std::uint32_t>;
  const std::int64_t pad = config.vocab_size - 1;
  const auto motif = [&](std::vector<std::uint32_t> ids, std::int64_t longest, bool is_longest) {
    const std::int64_t size =
        is_longest ? longest
                   : 1 + static_cast<std::int64_t>(tree.choose(static_cast<std::size_t>(longest)));
    Motif tokens;
    for (std::int64_t i = 0; i < size; ++i) tokens.push_back(tree.take(ids));
    return tokens;
  };
  const auto key = [&] {
    return motif(ids_from(0, pad / 2), config.key_motif_size, config.key_motifs == "longest");
  };
  const auto value = [&] { return motif(ids_from(pad / 2, pad), config.value_motif_size, false); };
  const std::int64_t total = config.seq_length - (config.label_layout == "stream" ? 1 : 0);
  const std::int64_t longest = config.key_motif_size + config.value_motif_size;
  const Motif probe = key();
  const Motif probe_value = value();
  const auto size = static_cast<std::int64_t>(probe.size() + probe_value.size());
  const std::int64_t places =
      config.always_answerable ? total - size - 2 * longest + 1 : total - 2 * size;
  const auto place = static_cast<std::int64_t>(tree.choose(static_cast<std::size_t>(places)));
  std::map<Motif, Motif> values;
  std::vector<std::pair<Motif, Motif>> pairs;
  std::int64_t length = 0;
  const auto add = [&](const Motif& a, const Motif& b) {
    pairs.emplace_back(a, b);
    length += static_cast<std::int64_t>(a.size() + b.size());
  };
  while (length < total - size - longest) {
    const bool is_due = length >= place && !values.contains(probe);
    const Motif drawn = is_due ? probe : key();
    if (!values.contains(drawn)) values[drawn] = drawn == probe ? probe_value : value();
    add(drawn, values[drawn]);
  }
  add(probe, probe_value);
  RecallSketch sketch;
  for (; length < total + 1; ++length) sketch.token(static_cast<std::uint32_t>(pad));
  std::map<Motif, bool> known;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool asks = known[pairs[i].first] || i + 1 == pairs.size();
    known[pairs[i].first] = true;
    for (const std::uint32_t id : pairs[i].first) sketch.token(id);
    for (const std::uint32_t id : pairs[i].second) asks ? sketch.answer(id) : sketch.token(id);
  }
  return sketch.finished(config);
}

inline LabelledSequence sketched_recall(const Config& config, ChoiceTree& tree) {
  if (config.recall_layout == "mqar") return sketched_mqar(config, tree);
  if (config.recall_layout == "mad") return sketched_mad(config, tree);
  if (config.recall_layout == "safari") return sketched_safari(config, tree);
  return sketched_fuzzy(config, tree);
}

/// The probability of every sequence with its labels.
inline std::map<LabelledSequence, double> enumerated_recall(const Config& config) {
  std::map<LabelledSequence, double> masses;
  ChoiceTree tree;
  do {
    const LabelledSequence made = sketched_recall(config, tree);
    masses[made] += tree.probability();
  } while (tree.advance());
  return masses;
}

}  // namespace synthgen::testing
