#include "synthgen/expect/simulated_measures.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/dataset_analysis.hpp"
#include "synthgen/analyze/split_overlap.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/expect/estimates.hpp"
#include "synthgen/io/ordered_workers.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

namespace synthgen {
namespace {

constexpr std::uint64_t most_repeats = 16;
constexpr std::uint64_t sample_tokens = (std::uint64_t{1} << 18) / most_repeats;
constexpr std::uint64_t fewest_sequences = 16;  // of a sample
constexpr std::uint64_t dataset_tokens = std::uint64_t{1} << 21;
constexpr std::uint64_t first_sequence = std::uint64_t{1} << 60;

/// What the splits share: the one value that is expected of a dataset and is not a measure.
constexpr std::string_view overlap_name = "overlap";

/// Equally large sets of sequences, and what to measure in each.
struct Simulation {
  std::uint64_t repeats = 0;
  Generator::SequenceCounts sequences{};
  std::vector<std::string> measures = {};
  std::string formula = {};
};

/// The numbers of a measured value that an expectation predicts.
Json predicted_numbers(const Json& report, const std::string& name, unsigned top) {
  const auto value = report.find(name);
  if (value == report.end() || value->is_null()) return {};
  const MeasureInfo* measure = find_measure(name);
  if (measure == nullptr || measure->predicted == nullptr) return *value;
  return measure->predicted(*value, top);
}

bool needs_latents(const std::string& name) {
  const MeasureInfo* measure = find_measure(name);
  return measure != nullptr && measure->needs_latents;
}

/// One thread of a simulation: measures one set of sequences after another.
class SimulationWorker final : public ChunkWorker {
 public:
  struct Shared {
    const Generator& generator;
    const Simulation& simulation;
    const SimulationOptions& options;  ///< of one of the threads
    const std::function<void(std::uint64_t sequences)>& seen;
    /// For each set the numbers of each measure, in order; fewer entries than sets if one fails.
    std::vector<std::vector<Json>>& numbers;
  };

  explicit SimulationWorker(const Shared& shared) : shared_(shared) {}

  void make(std::uint64_t index) override {
    numbers_.clear();
    const Result<Json> report = measured(index);
    if (!report) return;
    for (const std::string& measure : shared_.simulation.measures) {
      numbers_.push_back(predicted_numbers(*report, measure, shared_.options.analysis.top));
    }
  }

  bool take(std::uint64_t) override {
    if (numbers_.empty()) return false;
    shared_.numbers.push_back(std::move(numbers_));
    return true;
  }

 private:
  Result<Json> measured(std::uint64_t index) const {
    AnalysisOptions analysis = shared_.options.analysis;
    analysis.measures = shared_.simulation.measures;
    const auto overlap_at =
        std::find(analysis.measures.begin(), analysis.measures.end(), overlap_name);
    const bool with_overlap = overlap_at != analysis.measures.end();
    if (with_overlap) *overlap_at = "num_sequences";
    const bool with_latents =
        std::any_of(analysis.measures.begin(), analysis.measures.end(), needs_latents);
    SequenceRanges ranges;
    for (std::size_t split = 0; split < ranges.size(); ++split) {
      const std::uint64_t count = shared_.simulation.sequences[split];
      ranges[split] = {first_sequence + index * count, count};
    }
    SplitOverlap overlap({analysis.own_memory_bytes() / 8, analysis.approximate});
    const auto observe = [&](Split split, const SequenceBatch& batch) {
      shared_.seen(batch.size());
      return with_overlap ? overlap.add(split, batch) : Result<void>();
    };
    const Result<Analyzer> analyzer = analyze_ranges(shared_.generator, with_latents, ranges,
                                                     analysis, shared_.options.threads, observe);
    if (!analyzer) return tl::unexpected(analyzer.error());
    Result<Json> report = analyzer->report();
    if (!report || !with_overlap) return report;
    Result<SplitOverlap::Report> shared = overlap.report();
    if (!shared) return tl::unexpected(std::move(shared.error()));
    (*report)[std::string(overlap_name)] = std::move(shared->pairs);
    return report;
  }

  Shared shared_;
  std::vector<Json> numbers_;
};

/// Largest possible number of tokens in so many sequences of each split.
std::uint64_t tokens_of(const Generator& generator, const Generator::SequenceCounts& sequences) {
  constexpr std::uint64_t most = std::uint64_t{1} << 60;
  std::uint64_t tokens = 0;
  for (const Split split : all_splits) {
    const std::uint64_t count = sequences[static_cast<std::size_t>(split)];
    const std::uint64_t longest = std::max<std::uint64_t>(1, generator.length_range(split).longest);
    tokens += count > most / longest ? most : count * longest;
  }
  return std::max<std::uint64_t>(1, tokens);
}

/// Number of sets to measure at once: as many as the threads and the memory limit allow.
unsigned threads_of(const Generator& generator, const Simulation& simulation,
                    const SimulationOptions& options) {
  if (options.analysis.approximate) return 1;  // with the share that the dataset had
  constexpr std::uint64_t token_bytes = 128;   // when everything is measured
  const std::uint64_t limit = options.analysis.memory_limit_bytes;
  const std::uint64_t tokens =
      std::min(tokens_of(generator, simulation.sequences), limit / 2 / token_bytes);
  const std::uint64_t bytes = std::max<std::uint64_t>(1, tokens * token_bytes);
  const std::uint64_t threads = std::clamp<std::uint64_t>(options.threads, 1, simulation.repeats);
  return static_cast<unsigned>(std::clamp<std::uint64_t>(limit / bytes, 1, threads));
}

/// Adds what the simulation shows; nothing if it fails.
void add_expected(const Generator& generator, const Simulation& simulation,
                  const SimulationOptions& options, Json& expected) {
  if (simulation.measures.empty()) return;
  const unsigned threads = threads_of(generator, simulation, options);
  SimulationOptions each = options;
  each.threads = std::max(1U, options.threads / threads);
  each.analysis.per_sequence = false;
  // Bounded counts are then as far off as those of the dataset; some parts are not shared.
  each.analysis.memory_shares = options.analysis.approximate
                                    ? options.threads
                                    : static_cast<unsigned>(2 * simulation.repeats);
  const std::uint64_t all =
      simulation.repeats *
      std::accumulate(simulation.sequences.begin(), simulation.sequences.end(), std::uint64_t{0});
  std::mutex mutex;
  std::uint64_t done = 0;
  const std::function<void(std::uint64_t)> seen = [&](std::uint64_t sequences) {
    const std::lock_guard lock(mutex);
    done += sequences;
    if (options.progress) options.progress(static_cast<double>(done), static_cast<double>(all));
  };
  std::vector<std::vector<Json>> numbers;
  run_in_order(simulation.repeats, threads, [&] {
    return std::make_unique<SimulationWorker>(
        SimulationWorker::Shared{generator, simulation, each, seen, numbers});
  });
  if (numbers.size() < simulation.repeats) return;
  for (std::size_t i = 0; i < simulation.measures.size(); ++i) {
    std::vector<Json> samples;
    for (std::vector<Json>& of_set : numbers) samples.push_back(std::move(of_set[i]));
    Json entry = estimates_from(samples);
    if (entry.is_null()) continue;
    entry["formula"] = simulation.formula;
    expected[simulation.measures[i]] = std::move(entry);
  }
}

}  // namespace

Json simulated_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                        const std::vector<std::string>& names, const SimulationOptions& options) {
  const std::uint64_t tokens = tokens_of(generator, sequences);
  Simulation datasets{
      .repeats = std::clamp<std::uint64_t>(dataset_tokens / tokens, 2, most_repeats),
      .sequences = sequences};
  datasets.formula = formatted("mean of {} simulated datasets of this size", datasets.repeats);

  Simulation samples{.repeats = most_repeats};
  const std::optional<Split> split = generator.common_split(sequences);
  const LengthRange lengths = generator.length_range(split.value_or(Split::train));
  const std::uint64_t longest = std::max<std::uint64_t>(1, lengths.longest);
  const std::uint64_t count = std::max(fewest_sequences, sample_tokens / longest);
  samples.sequences[static_cast<std::size_t>(split.value_or(Split::train))] = count;
  samples.formula = formatted("mean of {} further sequences", most_repeats * count);
  // If that is little work, or less than two datasets.
  const bool sampled =
      split && most_repeats * count * longest <= std::max(2 * tokens, most_repeats * sample_tokens);

  const auto is_named = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const std::string& name : names) {
    const MeasureInfo* measure = find_measure(name);
    if (measure == nullptr ? name != overlap_name : measure->expected == Expected::never) continue;
    const bool is_mean =
        measure != nullptr && (measure->expected == Expected::by_mean ||
                               (measure->expected == Expected::by_ratio && lengths.equal()));
    const bool is_predicted_along =
        measure != nullptr && !measure->also_in.empty() && is_named(measure->also_in);
    (sampled && is_mean && !is_predicted_along ? samples : datasets).measures.push_back(name);
  }
  Json expected = Json::object();
  add_expected(generator, samples, options, expected);
  for (const std::string& name : samples.measures) {  // of which a sample may be too small
    if (!expected.contains(name)) datasets.measures.push_back(name);
  }
  add_expected(generator, datasets, options, expected);
  return expected;
}

}  // namespace synthgen
