#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/layers/fresh_tokens.hpp"
#include "synthgen/generate/structure/chain.hpp"
#include "synthgen/generate/tasks/task_makers.hpp"
#include "synthgen/generate/truth/process_truth.hpp"
#include "synthgen/law/chains/context_tree.hpp"
#include "synthgen/law/chains/stationary_pair.hpp"
#include "synthgen/law/chains/stationary_triple.hpp"
#include "synthgen/law/filter_predictor.hpp"
#include "synthgen/random/dirichlet.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace synthgen {

extern const FamilyEntry markov_family_entry;

namespace {

constexpr Substream chain_step_substream{26};
constexpr Substream row_substream{27};          ///< of each sequence's chain
constexpr Substream dataset_row_substream{28};  ///< of the one chain of a dataset
constexpr Substream branch_substream{29};

constexpr double most_row_entries = 1 << 24;     ///< of a chain, as k^(order + 1)
constexpr double most_source_entries = 1 << 20;  ///< of a chain that becomes a finite source
constexpr double most_stationary = 64;           ///< contexts of a chain drawn for each sequence
constexpr double most_fixed_stationary = 1024;
constexpr double least_stationary_alpha = 0.1;

/// One chain for all sequences: rows of all contexts, the shorter ones at the beginning included.
struct FixedChain {
  std::vector<WeightedChoice> rows;
  std::optional<FiniteSource> clean = {};  ///< where it is small enough
  std::optional<FiniteSource> noisy = {};
  std::optional<FiniteSource> stationary = {};  ///< the noisy one from the stationary contexts
};

ContextWalk walk_of(const Config& config) {
  return {static_cast<std::uint32_t>(config.markov_symbols),
          static_cast<std::uint32_t>(config.markov_order)};
}

/// The config with the symbols as its vocabulary: they are the content ids, from which noise and
/// uniform starts are drawn.
Config with_chain_symbols(Config config) {
  config.vocab_size = config.markov_symbols;
  return config;
}

class MarkovFamily final : public Family {
 public:
  MarkovFamily(const Config& config, std::optional<FixedChain> fixed)
      : Family(with_chain_symbols(config)),
        walk_(walk_of(config)),
        vocab_size_(static_cast<std::uint32_t>(config.vocab_size)),
        alpha_(config.dirichlet_alpha),
        is_tree_(config.chain == "tree"),
        is_stationary_(config.chain_start == "stationary" && !is_tree_ && walk_.order() > 0),
        branches_(config.tree_branching),
        rows_(walk_.symbols(), config.dirichlet_alpha),
        fixed_(std::move(fixed)) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    const std::size_t size = draft.tokens.size();
    const std::size_t lead = is_stationary_ ? 0 : std::min<std::size_t>(walk_.order(), size);
    FreshTokens(content().sampler(), item).fill(0, draft.tokens.first(lead));
    ContextWalk walk = walk_;
    for (std::size_t t = 0; t < lead; ++t) walk.push(draft.tokens[t]);
    SequenceRows rows(*this, item);
    std::vector<const SequenceRows::Row*> used;
    WordReader steps(WordStream(item, chain_step_substream));
    for (std::size_t t = lead; t < size; ++t) {
      const SequenceRows::Row& row = rows.find(walk);
      if (draft.latents != nullptr) used.push_back(&row);
      draft.tokens[t] = static_cast<std::uint32_t>(row.second->choose(steps.word(t)));
      walk.push(draft.tokens[t]);
    }
    if (draft.latents != nullptr) describe(used, lead, draft);
    return size;
  }

  MadePredictor predictor(double noise) const override {
    if (fixed_) {
      if (!fixed_->noisy) return no_law("the chain has too many contexts");
      return std::make_unique<FilterPredictor>(vocab_size_, *fixed_->noisy, lengths().law());
    }
    if (noise > 0) {
      return no_law(
          "noise hides the contexts of a chain that is not known, and counts would have to be "
          "summed over all clean sequences");
    }
    if (is_tree_) {
      return std::make_unique<ContextTreePredictor>(vocab_size_, walk_, lengths().law(), alpha_,
                                                    branches_.probability());
    }
    if (is_stationary_) return stationary_start_predictor();
    return std::make_unique<CountingPredictor>(vocab_size_, walk_, lengths().law(), alpha_);
  }

  std::vector<Expectation> truth(double noise) const override {
    ParameterKeys keys{markov_family_entry.keys.begin(), markov_family_entry.keys.end()};
    std::vector<Expectation> expectations = common_truth(
        content().sampler(),
        {.noise = noise, .length = lengths().mean(), .content_depends_on = {"markov_symbols"}});
    keys = joined_keys({keys, {"seed", "noise_probability"}});
    if (!fixed_ || !fixed_->noisy) return expectations;
    std::optional<ProcessEntropy> process;
    if (fixed_->stationary) process = process_entropy(*fixed_->stationary, true);
    const ProcessEntropy entropy = process_entropy(*fixed_->noisy, false);
    for (Expectation& each : source_truth(*fixed_->noisy, entropy, lengths(), keys)) {
      expectations.push_back(std::move(each));
    }
    if (!process) return expectations;
    for (Expectation& each : process_truth(*process, keys)) expectations.push_back(std::move(each));
    return expectations;
  }

 private:
  /// Of a chain for each sequence.
  MadePredictor stationary_start_predictor() const {
    if (walk_.order() == 1 && walk_.symbols() == 2) {
      return std::make_unique<StationaryPairPredictor>(vocab_size_, walk_, lengths().law(), alpha_);
    }
    if (walk_.order() == 1 && walk_.symbols() == 3) {
      return std::make_unique<StationaryTriplePredictor>(vocab_size_, walk_, lengths().law(),
                                                         alpha_);
    }
    return no_law(
        "the stationary start of a chain that is not known depends on all of its rows, and is "
        "integrated over them for order 1 and two or three symbols only; with chain_start uniform "
        "counting is exact");
  }

  /// The rows of one sequence's chain, each made when its context first comes.
  class SequenceRows {
   public:
    /// The number of a context, and the choice of its next symbol.
    using Row = std::pair<const std::uint64_t, const WeightedChoice*>;

    SequenceRows(const MarkovFamily& family, const Item& item)
        : family_(family), words_(item, row_substream), branch_words_(item, branch_substream) {
      if (family_.is_stationary_ && !family_.fixed_) draw_all();
    }

    const Row& find(const ContextWalk& walk) {
      const std::uint64_t context = family_.is_tree_ ? leaf(walk) : walk.node();
      const auto [found, is_new] = rows_.try_emplace(context, nullptr);
      if (!is_new) return *found;
      if (family_.fixed_) {
        found->second = &family_.fixed_->rows[static_cast<std::size_t>(context)];
      } else {
        found->second = &drawn_.emplace(context, family_.rows_.draw(words_, context)).first->second;
      }
      return *found;
    }

   private:
    /// The leaf of the sequence's tree on the path of a context.
    std::uint64_t leaf(const ContextWalk& walk) const {
      const std::vector<std::uint64_t> path = ContextTreeNodes::path(walk);
      for (std::size_t depth = 0; depth + 1 < path.size(); ++depth) {
        if (!family_.branches_.holds(branch_words_.word(path[depth]))) return path[depth];
      }
      return path.back();
    }

    /// All rows, and those of the beginning that follow from their stationary distribution.
    void draw_all() {
      ChainRows rows;
      for (std::uint64_t context = 0; context < family_.walk_.contexts(); ++context) {
        rows.push_back(family_.rows_.draw(words_, context));
      }
      const auto openings = opening_rows(stationary_contexts(rows, family_.walk_), family_.walk_);
      rows.insert(rows.end(), openings.begin(), openings.end());
      for (std::size_t context = 0; context < rows.size(); ++context) {
        const auto drawn = drawn_.emplace(context, WeightedChoice(rows[context])).first;
        rows_.emplace(context, &drawn->second);
      }
    }

    const MarkovFamily& family_;
    WordStream words_;
    WordStream branch_words_;
    std::unordered_map<std::uint64_t, const WeightedChoice*> rows_;
    std::unordered_map<std::uint64_t, WeightedChoice> drawn_;
  };

  /// Adds the rows that a sequence used; its laws refer to them.
  void describe(const std::vector<const SequenceRows::Row*>& used, std::size_t lead,
                Draft& draft) const {
    std::map<std::uint64_t, const WeightedChoice*> rows;
    for (const SequenceRows::Row* row : used) rows.insert(*row);
    Latents& latents = *draft.latents;
    std::map<std::uint64_t, std::size_t> place;
    for (const auto& [context, row] : rows) {
      place[context] = latents.chain.size();
      latents.contexts.push_back(static_cast<std::uint32_t>(context));
      for (std::uint32_t symbol = 0; symbol < walk_.symbols(); ++symbol) {
        latents.chain.push_back(row->probability(symbol));
      }
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
      PositionLaw& law = draft.laws[lead + i];
      law.kind = PositionLaw::Kind::listed;
      law.probabilities = std::span(latents.chain).subspan(place[used[i]->first], walk_.symbols());
    }
  }

  ContextWalk walk_;
  std::uint32_t vocab_size_;
  double alpha_;
  bool is_tree_;
  bool is_stationary_;
  Decision branches_;
  DirichletRows rows_;
  std::optional<FixedChain> fixed_;
};

/// The one chain of all sequences, from its rows.
FixedChain fixed_chain(const Config& config, ChainRows rows) {
  const ContextWalk walk = walk_of(config);
  const double noise = Decision(config.noise_probability).probability();
  const double entries =
      static_cast<double>(walk.contexts()) * walk.symbols() * (noise > 0 ? walk.symbols() : 1);
  const bool is_small = entries <= most_source_entries;
  std::vector<double> stationary;
  if (config.chain_start == "stationary" ||
      (is_small && static_cast<double>(walk.contexts()) <= most_stationary)) {
    stationary = stationary_contexts(rows, walk);
  }
  const auto with_opening = [&](const std::vector<double>& contexts) {
    ChainRows all = rows;
    for (std::vector<double>& row : opening_rows(contexts, walk)) all.push_back(std::move(row));
    std::vector<WeightedChoice> choices;
    for (const std::vector<double>& row : all) choices.emplace_back(row);
    return choices;
  };
  const bool starts_stationary = config.chain_start == "stationary";
  const std::vector<double> uniform(static_cast<std::size_t>(walk.contexts()), 1.0);
  FixedChain chain{with_opening(starts_stationary ? stationary : uniform)};
  if (!is_small) return chain;
  chain.clean = chain_source(chain.rows, !starts_stationary, walk);
  chain.noisy = chain.clean->with_noise(noise);
  if (stationary.empty()) return chain;
  stationary.resize(chain.rows.size());
  chain.stationary = chain.noisy->from_start(std::move(stationary));
  return chain;
}

ChainRows dataset_rows(const Config& config) {
  const ContextWalk walk = walk_of(config);
  const DirichletRows rows(walk.symbols(), config.dirichlet_alpha);
  const WordStream words({.seed = static_cast<std::uint64_t>(config.seed)}, dataset_row_substream);
  ChainRows all;
  for (std::uint64_t context = 0; context < walk.contexts(); ++context) {
    all.push_back(rows.draw(words, context));
  }
  return all;
}

}  // namespace

MadeSource make_markov(const Config& config) {
  std::vector<Problem> problems;
  const auto refuse = [&](const char* key, const Json& value, std::string allowed) {
    problems.push_back({key, to_text(value), std::move(allowed)});
  };
  if (config.vocab_distribution != "uniform") {
    refuse("vocab_distribution", config.vocab_distribution,
           "uniform with generator markov, whose chain determines the symbols");
  }
  if (config.markov_symbols > config.vocab_size) {
    refuse("vocab_size", config.vocab_size,
           formatted("at least markov_symbols = {}", config.markov_symbols));
  }
  const double contexts = std::pow(static_cast<double>(config.markov_symbols),
                                   static_cast<double>(config.markov_order));
  if (contexts * static_cast<double>(config.markov_symbols) > most_row_entries) {
    refuse("markov_order", config.markov_order,
           formatted("markov_symbols^(markov_order + 1) of at most {}",
                     static_cast<std::int64_t>(most_row_entries)));
    return fail(std::move(problems));
  }
  const bool is_given = config.chain == "given";
  const bool is_fixed = is_given || config.chain == "dataset";
  if (config.chain_start == "stationary" && config.chain != "tree") {
    const double most = is_fixed ? most_fixed_stationary : most_stationary;
    if (contexts > most) {
      refuse("chain_start", config.chain_start,
             formatted("uniform for more than {} contexts", static_cast<std::int64_t>(most)));
    }
    if (!is_given && config.dirichlet_alpha < least_stationary_alpha) {
      refuse("dirichlet_alpha", config.dirichlet_alpha,
             formatted("at least {} with chain_start stationary", least_stationary_alpha));
    }
  }
  ChainRows rows;
  if (is_given) {
    rows = read_chain_rows(JsonField::required(config.chain_rows, "chain_rows", problems),
                           walk_of(config));
  } else if (!config.chain_rows.is_null()) {
    problems.push_back({"chain_rows", {}, "is only possible with chain given"});
  }
  if (!problems.empty()) return fail(std::move(problems));
  if (!is_fixed) return layered<MarkovFamily>(config, std::nullopt);
  if (!is_given) rows = dataset_rows(config);
  if (config.chain_start == "stationary" && stationary_contexts(rows, walk_of(config)).empty()) {
    refuse("chain_start", config.chain_start,
           "uniform for a chain with several closed classes of contexts, each with its own "
           "stationary distribution");
    return fail(std::move(problems));
  }
  return layered<MarkovFamily>(config, fixed_chain(config, std::move(rows)));
}

}  // namespace synthgen
