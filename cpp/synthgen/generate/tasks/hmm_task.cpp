#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/structure/machine.hpp"
#include "synthgen/generate/tasks/task_makers.hpp"
#include "synthgen/generate/truth/process_truth.hpp"
#include "synthgen/law/filter_predictor.hpp"
#include "synthgen/random/weighted_choice.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace synthgen {

extern const FamilyEntry hmm_family_entry;

namespace {

constexpr Substream start_substream{25};
constexpr Substream step_substream{26};

/// All machines of a config as one, whose states are theirs one after another; with the rounded
/// probabilities that draws have.
struct JointMachine {
  std::vector<std::vector<Machine::Outcome>> states;  ///< symbols are ids
  std::vector<WeightedChoice> steps;                  ///< among the outcomes of each state
  std::vector<FiniteSource::Transition> transitions;
  std::uint32_t symbols = 0;
  std::vector<double> start;
  std::vector<double> stationary;  ///< empty if a machine has no unique one
  bool starts_stationary = true;
};

/// Adds a machine. False if its start would be stationary, and that is not unique.
bool add_machine(const Machine& machine, JointMachine& joint) {
  const auto offset = static_cast<std::uint32_t>(joint.states.size());
  std::vector<FiniteSource::Transition> own;
  for (std::uint32_t from = 0; from < machine.states.size(); ++from) {
    std::vector<double> weights;
    std::vector<Machine::Outcome> outcomes = machine.states[from];
    for (const Machine::Outcome& outcome : outcomes) weights.push_back(outcome.weight);
    const WeightedChoice& step = joint.steps.emplace_back(weights);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      Machine::Outcome& outcome = outcomes[i];
      outcome.symbol = machine.ids[outcome.symbol];
      joint.symbols = std::max(joint.symbols, outcome.symbol + 1);
      if (step.probability(i) > 0) {
        own.push_back({outcome.symbol, from, outcome.next, step.probability(i)});
      }
      outcome.next += offset;
    }
    joint.states.push_back(std::move(outcomes));
  }
  const std::vector<double> stationary = stationary_distribution(machine.states.size(), own);
  const bool is_given = !machine.start.empty();
  if (stationary.empty() && !is_given) return false;
  double given = 0;
  for (const double weight : machine.start) given += weight;
  for (std::size_t state = 0; state < machine.states.size(); ++state) {
    joint.start.push_back(machine.weight *
                          (is_given ? machine.start[state] / given : stationary[state]));
    if (stationary.empty()) continue;
    joint.stationary.push_back(machine.weight * stationary[state]);
  }
  joint.starts_stationary = joint.starts_stationary && !is_given;
  for (FiniteSource::Transition& step : own) {
    step.from += offset;
    step.to += offset;
    joint.transitions.push_back(step);
  }
  return true;
}

void scale_to_one(std::vector<double>& law) {
  double total = 0;
  for (const double each : law) total += each;
  for (double& each : law) each /= total;
}

/// The law that a choice has after rounding.
std::vector<double> law_of(const WeightedChoice& choice) {
  std::vector<double> law;
  for (std::size_t i = 0; i < choice.size(); ++i) law.push_back(choice.probability(i));
  return law;
}

/// The config with the machine's symbols as its vocabulary, all equally likely: they are the
/// content ids, from which noise is drawn.
Config with_symbols(Config config, std::uint32_t symbols) {
  config.vocab_size = symbols;
  return config;
}

/// Symbols emitted by a hidden Markov model.
class HmmFamily final : public Family {
 public:
  HmmFamily(const Config& config, JointMachine machine)
      : Family(with_symbols(config, machine.symbols)),
        machine_(std::move(machine)),
        start_(machine_.start),
        clean_(law_of(start_), machine_.symbols, machine_.transitions),
        noisy_(clean_.with_noise(Decision(config.noise_probability).probability())),
        vocab_size_(static_cast<std::uint32_t>(config.vocab_size)) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    auto state =
        static_cast<std::uint32_t>(start_.choose(WordStream(item, start_substream).word(0)));
    WordReader steps(WordStream(item, step_substream));
    for (std::size_t t = 0; t < draft.tokens.size(); ++t) {
      if (draft.latents != nullptr) {
        draft.latents->states.push_back(state);
        draft.laws[t].kind = PositionLaw::Kind::listed;
        draft.laws[t].probabilities = clean_.emission(state);
      }
      const Machine::Outcome& outcome =
          machine_.states[state][machine_.steps[state].choose(steps.word(t))];
      draft.tokens[t] = outcome.symbol;
      state = outcome.next;
    }
    return draft.tokens.size();
  }

  void infer(std::span<const std::uint32_t> tokens, Latents& latents) const override {
    ForwardFilter filter(noisy_);
    for (const std::uint32_t token : tokens) {
      filter.observe(token);
      latents.beliefs.insert(latents.beliefs.end(), filter.belief().begin(), filter.belief().end());
    }
  }

  std::vector<KindShare> clean_kinds() const override { return {{"state", 1}}; }

  MadePredictor predictor(double /*noise*/) const override {
    return std::make_unique<FilterPredictor>(vocab_size_, noisy_, lengths().law());
  }

  std::vector<Expectation> truth(double noise) const override {
    ParameterKeys machine_keys{hmm_family_entry.keys.begin(), hmm_family_entry.keys.end()};
    machine_keys.push_back("seed");
    std::vector<Expectation> expectations = common_truth(
        content().sampler(),
        {.noise = noise, .length = lengths().mean(), .content_depends_on = machine_keys});
    machine_keys.push_back("noise_probability");
    std::optional<ProcessEntropy> process;
    if (machine_.stationary.size() == machine_.start.size()) {
      std::vector<double> start = machine_.stationary;
      scale_to_one(start);
      process = process_entropy(noisy_.from_start(std::move(start)), true);
    }
    const ProcessEntropy entropy =
        machine_.starts_stationary ? *process : process_entropy(noisy_, false);
    for (Expectation& each : source_truth(noisy_, entropy, lengths(), machine_keys)) {
      expectations.push_back(std::move(each));
    }
    if (!process) return expectations;
    for (Expectation& each : process_truth(*process, machine_keys)) {
      expectations.push_back(std::move(each));
    }
    return expectations;
  }

 private:
  JointMachine machine_;
  WeightedChoice start_;
  FiniteSource clean_;
  FiniteSource noisy_;
  std::uint32_t vocab_size_;
};

}  // namespace

MadeSource make_hmm(const Config& config) {
  std::vector<Problem> problems;
  if (config.vocab_distribution != "uniform") {
    problems.push_back({"vocab_distribution", to_text(Json(config.vocab_distribution)),
                        "uniform with generator hmm, whose machine determines the symbols"});
  }
  const std::vector<Machine> machines = read_machines(config, problems);
  JointMachine joint;
  for (std::size_t i = 0; problems.empty() && i < machines.size(); ++i) {
    if (add_machine(machines[i], joint)) continue;
    const bool is_mixture = config.machine == "mixture";
    problems.push_back({is_mixture ? formatted("machines[{}].initial_states", i) : "initial_states",
                        {},
                        "is required: the machine has several closed classes of states, each with "
                        "its own stationary distribution"});
  }
  if (problems.empty() && joint.symbols > config.vocab_size) {
    problems.push_back(
        {"vocab_size", std::to_string(config.vocab_size),
         formatted("at least {}, the number of the machine's symbols", joint.symbols)});
  }
  if (!problems.empty()) return fail(std::move(problems));
  return layered<HmmFamily>(config, std::move(joint));
}

}  // namespace synthgen
