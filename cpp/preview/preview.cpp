// What a live page asks of the core, as plain functions. An argument is written to `argument`'s
// room; the answer stands at `answer` until the next call: {value} or {error}, see values.hpp.

#include "synthgen/advise/advice.hpp"
#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/validation_report.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/latents/latents_json.hpp"
#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <emscripten/emscripten.h>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "values.hpp"

namespace synthgen::preview {
namespace {

struct State {
  std::string argument;
  std::string answer;
  std::optional<Generator> generator;
  SequenceBatch batch;
};

State& state() {
  static State only;
  return only;
}

void answer(const char* member, Json value) {
  Json object = Json::object();
  object[member] = std::move(value);
  state().answer = value_bytes(object);
}

void succeed(Json value) {
  answer("value", std::move(value));
}

void refuse(const Error& error) {
  answer("error", to_json(error));
}

Json counts(const std::vector<std::uint64_t>& numbers) {
  Json list = Json::array();
  for (const std::uint64_t number : numbers) list.push_back(number);
  return list;
}

std::vector<std::uint64_t> counts_of(const Json& list) {
  std::vector<std::uint64_t> numbers;
  for (const Json& number : list) numbers.push_back(number.get<std::uint64_t>());
  return numbers;
}

}  // namespace

extern "C" {

/// Room for an argument of so many bytes.
EMSCRIPTEN_KEEPALIVE char* argument(std::size_t bytes) {
  state().argument.resize(bytes);
  return state().argument.data();
}

EMSCRIPTEN_KEEPALIVE const char* answer() {
  return state().answer.data();
}

EMSCRIPTEN_KEEPALIVE std::size_t answer_bytes() {
  return state().answer.size();
}

/// Answers {version, streamVersion, parameters, families, measures}.
EMSCRIPTEN_KEEPALIVE void describe() {
  Json description = Json::object();
  description["version"] = SYNTHGEN_VERSION;
  description["streamVersion"] = stream_version;
  description["parameters"] = parameter_table();
  description["families"] = family_table();
  description["measures"] = measure_table();
  succeed(std::move(description));
}

/// Makes the generator of a config, the argument; answers its canonical {config}, {notes}, {truth}.
EMSCRIPTEN_KEEPALIVE void make_generator() {
  state().generator.reset();
  Result<Config> config = read_config(read_value(state().argument));
  if (!config) return refuse(config.error());
  Result<Generator> generator = Generator::create(*config);
  if (!generator) return refuse(generator.error());
  Json made = Json::object();
  made["config"] = canonical_config(*config);
  made["notes"] = notes(*config);
  made["truth"] = to_json(generator->truth(Split::train));
  state().generator = std::move(*generator);
  succeed(std::move(made));
}

/// Fills the batch; `split` counts in the order of `all_splits`. Answers {offsets, padding},
/// and {latents} as JSON text, since a browser reads nothing faster.
EMSCRIPTEN_KEEPALIVE void generate(unsigned split, double first, double count) {
  SequenceBatch& batch = state().batch;
  batch.clear();
  // What will not fit fails here, before the work.
  const double tokens = count * static_cast<double>(state().generator->config().seq_length);
  constexpr double addressable = std::numeric_limits<std::size_t>::max();
  batch.tokens.reserve(static_cast<std::size_t>(std::min(tokens, addressable)));
  const Result<void> made =
      state().generator->generate(all_splits[split], static_cast<std::uint64_t>(first),
                                  static_cast<std::uint64_t>(count), batch, true);
  if (!made) return refuse(made.error());
  Json described = Json::object();
  described["offsets"] = counts(batch.offsets);
  described["padding"] = counts(batch.padding);
  described["latents"] = latents_text(batch);
  succeed(std::move(described));
}

/// The batch's tokens.
EMSCRIPTEN_KEEPALIVE std::uint32_t* tokens() {
  return state().batch.tokens.data();
}

EMSCRIPTEN_KEEPALIVE std::size_t token_count() {
  return state().batch.tokens.size();
}

/// Room for the tokens of another batch.
EMSCRIPTEN_KEEPALIVE std::uint32_t* token_room(std::size_t count) {
  state().batch.clear();
  state().batch.tokens.resize(count);
  return state().batch.tokens.data();
}

/// Answers the shares of equal tokens that the generator promises, a lag each.
EMSCRIPTEN_KEEPALIVE void expected_lags(unsigned split) {
  succeed(Json(state().generator->lag_equality(all_splits[split])));
}

/// Measures the tokens in the room. The argument: {offsets, padding, measures, per_sequence} and
/// the data's {config}, null where none is known. Answers the report with its advice.
EMSCRIPTEN_KEEPALIVE void measure() {
  const Json asked = read_value(state().argument);
  SequenceBatch& batch = state().batch;
  batch.offsets = counts_of(asked["offsets"]);
  batch.padding = counts_of(asked["padding"]);
  std::optional<Config> config;
  if (!asked["config"].is_null()) {
    Result<Config> read = read_config(asked["config"]);
    if (!read) return refuse(read.error());
    config = std::move(*read);
  }
  AnalysisOptions options;
  if (config) options.vocab_size = config->vocab_size;
  options.per_sequence = asked["per_sequence"] == true;
  for (const Json& name : asked["measures"]) {
    options.measures.push_back(name.get_ref<const std::string&>());
  }
  Result<Analyzer> analyzer = Analyzer::create(options);
  if (!analyzer) return refuse(analyzer.error());
  if (const Result<void> added = analyzer->add(batch); !added) return refuse(added.error());
  Result<Json> report = analyzer->report();
  if (!report) return refuse(report.error());
  (*report)["advice"] = to_json(advise(*report, config ? &*config : nullptr));
  succeed(std::move(*report));
}

/// Answers whether the tokens measured last keep to limits, the argument.
EMSCRIPTEN_KEEPALIVE void validate() {
  constexpr std::size_t places = 5;
  const SequenceLimits limits = read_limits(read_value(state().argument));
  const SequenceBatch& batch = state().batch;
  ValidationReport report;
  report.num_sequences = batch.size();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    check_sequence(batch.content(i), limits, {}, i + 1,
                   [&](Fault fault) { report.count(std::move(fault), places); });
  }
  succeed(to_json(report));
}

}  // extern "C"

}  // namespace synthgen::preview
