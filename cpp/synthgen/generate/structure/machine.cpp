#include "synthgen/generate/structure/machine.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/structure/named_machine.hpp"

#include <algorithm>
#include <utility>

namespace synthgen {
namespace {

constexpr std::size_t most_states = 1024;
constexpr std::size_t most_matrix_entries = std::size_t{1} << 22;

/// What a config or an entry of a mixture says of one machine.
struct MachineFields {
  std::string name;
  MachineNumbers numbers;
  JsonField transitions;
  JsonField initial_states;
};

/// The matrices of a given machine, one for each symbol.
void read_transitions(const JsonField& field, Machine& machine) {
  constexpr const char* matrices = "a list with a square matrix of weights for each symbol";
  const Json& value = field.value();
  const std::size_t states = value.is_array() && !value.empty() ? value[0].size() : 0;
  if (value.size() * states * states > most_matrix_entries || states > most_states) {
    field.refuse(formatted("at most {} states and {} weights", most_states, most_matrix_entries));
    return;
  }
  machine.states.assign(states, {});
  std::uint32_t symbol = 0;
  const auto read_row = [&](const JsonField& row, std::uint32_t from) {
    if (row.value().size() != states) return row.refuse(formatted("a list of {} weights", states));
    std::uint32_t to = 0;
    return row.each([&](const JsonField& entry) {
      double weight = 0;
      if (!entry.number(weight, 0, 1e100)) return false;
      if (weight > 0) machine.states[from].push_back({symbol, to, weight});
      ++to;
      return true;
    });
  };
  const auto read_matrix = [&](const JsonField& matrix) {
    if (matrix.value().size() != states || states == 0) {
      return matrix.refuse(formatted("a list of {} rows", states));
    }
    std::uint32_t from = 0;
    matrix.each([&](const JsonField& row) { return read_row(row, from++); });
    ++symbol;
    return matrix.is_good();
  };
  if (!field.each(read_matrix, matrices, 1) || !field.is_good()) return;
  machine.symbols = symbol;
  for (const auto& outcomes : machine.states) {
    if (!outcomes.empty()) continue;
    field.refuse("at least one weight above 0 for each state");
    return;
  }
}

void read_start(const JsonField& field, Machine& machine) {
  if (!field) return;
  const std::size_t states = machine.states.size();
  if (field.value().size() != states) {
    field.refuse(formatted("a list of {} weights, one for each state", states));
    return;
  }
  field.each(
      [&](const JsonField& entry) { return entry.number(machine.start.emplace_back(), 0, 1e100); });
  if (field.is_good() && std::all_of(machine.start.begin(), machine.start.end(),
                                     [](double weight) { return weight == 0; })) {
    field.refuse("at least one weight above 0");
  }
}

/// The machine of one description.
Machine read_machine(const Config& config, const MachineFields& fields) {
  Machine machine;
  if (fields.name == "given") {
    read_transitions(fields.transitions, machine);
  } else if (fields.name == "random") {
    machine.states = random_machine(
        static_cast<std::uint64_t>(config.seed), static_cast<std::uint32_t>(config.machine_states),
        static_cast<std::uint32_t>(config.machine_symbols), config.dirichlet_alpha);
    machine.symbols = static_cast<std::uint32_t>(config.machine_symbols);
  } else {
    machine.states = named_machine(fields.name, fields.numbers);
    for (const auto& outcomes : machine.states) {
      for (const auto& outcome : outcomes) {
        machine.symbols = std::max(machine.symbols, outcome.symbol + 1);
      }
    }
  }
  if (!fields.transitions.is_good()) return machine;
  if (fields.name != "given" && fields.transitions) {
    fields.transitions.refuse("transitions only with machine given");
  }
  read_start(fields.initial_states, machine);
  for (std::uint32_t symbol = 0; symbol < machine.symbols; ++symbol) machine.ids.push_back(symbol);
  return machine;
}

void read_ids(const JsonField& field, std::int64_t vocab_size, Machine& machine) {
  if (!field) return;
  std::vector<std::uint32_t> ids;
  field.each(
      [&](const JsonField& entry) { return entry.integer(ids.emplace_back(), 0, vocab_size - 1); });
  std::vector<std::uint32_t> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  if (ids.size() != machine.symbols ||
      std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    field.refuse(formatted("a list of {} distinct ids, one for each symbol", machine.symbols));
    return;
  }
  machine.ids = std::move(ids);
}

/// The names that a component of a mixture can have.
std::vector<std::string_view> component_names() {
  std::vector<std::string_view> names;
  for (const Choice& choice : find_parameter("machine")->choices) {
    if (choice.name != "mixture") names.push_back(choice.name);
  }
  return names;
}

Machine read_component(const Config& config, const JsonField& field) {
  JsonObject object = field.object();
  std::string name = "given";
  double weight = 1;
  MachineNumbers numbers{config.machine_p, config.machine_q, config.machine_x, config.machine_a};
  object.optional("weight").number(weight, 0, 1e100);
  object.optional("machine").word(name, component_names());
  object.optional("p").number(numbers.p, 0, 1);
  object.optional("q").number(numbers.q, 0, 1);
  object.optional("x").number(numbers.x, 0, 0.5);
  object.optional("a").number(numbers.a, 0, 1);
  const JsonField transitions =
      name == "given" ? object.required("transitions") : object.optional("transitions");
  const JsonField initial_states = object.optional("initial_states");
  const JsonField ids = object.optional("ids");
  object.refuse_unknown();
  if (!field.is_good()) return {};
  Machine machine = read_machine(config, {name, numbers, transitions, initial_states});
  machine.weight = weight;
  if (field.is_good()) read_ids(ids, config.vocab_size, machine);
  return machine;
}

}  // namespace

std::vector<Machine> read_machines(const Config& config, std::vector<Problem>& problems) {
  Json given = Json::object();
  for (const auto& [key, value] :
       {std::pair{"transitions", &config.transitions}, std::pair{"machines", &config.machines},
        std::pair{"initial_states", &config.initial_states}}) {
    if (!value->is_null()) given[key] = *value;
  }
  JsonObject object(JsonField(given, "", problems));
  const bool is_mixture = config.machine == "mixture";
  const JsonField transitions =
      config.machine == "given" ? object.required("transitions") : object.optional("transitions");
  const JsonField list = is_mixture ? object.required("machines") : object.optional("machines");
  const JsonField initial_states = object.optional("initial_states");
  std::vector<Machine> machines;
  if (!is_mixture) {
    if (list) list.refuse("machines only with machine mixture");
    const MachineNumbers numbers{config.machine_p, config.machine_q, config.machine_x,
                                 config.machine_a};
    if (problems.empty()) {
      machines.push_back(
          read_machine(config, {config.machine, numbers, transitions, initial_states}));
    }
    return machines;
  }
  for (const JsonField& field : {transitions, initial_states}) {
    if (field) field.refuse("with machine mixture, in the entries of machines");
  }
  const auto read = [&](const JsonField& field) {
    machines.push_back(read_component(config, field));
  };
  const bool is_list = list.each(read, "a list of at least one machine", 1);
  if (is_list && problems.empty() &&
      std::all_of(machines.begin(), machines.end(),
                  [](const Machine& machine) { return machine.weight == 0; })) {
    list.refuse("at least one weight above 0");
  }
  return machines;
}

}  // namespace synthgen
