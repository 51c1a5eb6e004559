#include "synthgen/expect/simulated_measures.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/dataset_analysis.hpp"
#include "synthgen/analyze/split_overlap.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/expect/estimates.hpp"
#include "synthgen/io/ordered_workers.hpp"

#include <algorithm>
#include <array>
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

constexpr std::array<std::string_view, 7> of_tokens{"local_coherence",
                                                    "global_coherence",
                                                    "average_entropy",
                                                    "pattern_ratio",
                                                    "lz_complexity",
                                                    "lag_equality",
                                                    "rep_n"};
constexpr std::array<std::string_view, 3> of_latents{"pattern_precision", "pattern_recall",
                                                     "oracle_bits_per_token"};
/// Over all sequences together: a ratio of sums, which small samples of unequal ones do not show.
constexpr std::array<std::string_view, 4> ratios{"lag_equality", "pattern_precision",
                                                 "pattern_recall", "oracle_bits_per_token"};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_measure(std::string_view name) {
  const auto registered = measures();
  return name != "num_sequences" &&
         std::any_of(registered.begin(), registered.end(), [&](const MeasureEntry* entry) {
           return std::any_of(entry->measures.begin(), entry->measures.end(),
                              [&](const MeasureInfo& info) { return info.name == name; });
         });
}

/// Equally large sets of sequences, and what to measure of each.
struct Simulation {
  std::uint64_t repeats = 0;
  Generator::SequenceCounts sequences{};
  std::vector<std::string> measures = {};
  std::string formula = {};
};

/// The largest of an object's numbers, by size.
Json largest_of(const Json& counts, std::size_t most) {
  std::vector<std::uint64_t> largest;
  for (const auto& [key, count] : counts.items()) largest.push_back(count.get<std::uint64_t>());
  most = std::min(most, largest.size());
  std::partial_sort(largest.begin(), largest.begin() + static_cast<std::ptrdiff_t>(most),
                    largest.end(), std::greater<>());
  largest.resize(most);
  return largest;
}

/// What of a measure an expectation tells.
Json numbers_of(const Json& report, const std::string& measure, unsigned top) {
  const Json whole = report.value(measure, Json());
  if (whole.is_null()) return {};
  if (measure == "lag_equality") return whole.at("share");
  if (measure == "mutual_information") {
    return {{"bits", whole.at("bits")}, {"baseline", whole.at("baseline")}};
  }
  if (measure == "token_distribution") return largest_of(whole, top);
  Json numbers;
  if (measure == "pattern_detection") {
    numbers = Json::array();
    for (const Json& ngram : whole) numbers.push_back(ngram.at("count"));
    return numbers;
  }
  if (measure != "distributions") return whole;
  for (const auto& [name, distribution] : whole.items()) {
    for (const char* const key : {"mean", "sd", "quantiles"}) {
      numbers[name][key] = distribution.at(key);
    }
  }
  return numbers;
}

/// One thread's part: measures one of the simulation's sets of sequences after another.
class SimulationWorker final : public ChunkWorker {
 public:
  struct Shared {
    const Generator& generator;
    const Simulation& simulation;
    const SimulationOptions& options;  ///< of one of the threads
    const std::function<void(std::uint64_t sequences)>& seen;
    /// What is expected of each measure, in order; fewer than there are sets where one fails.
    std::vector<std::vector<Json>>& numbers;
  };

  explicit SimulationWorker(const Shared& shared) : shared_(shared) {}

  void make(std::uint64_t index) override {
    numbers_.clear();
    const Result<Json> report = measured(index);
    if (!report) return;
    for (const std::string& measure : shared_.simulation.measures) {
      numbers_.push_back(numbers_of(*report, measure, shared_.options.analysis.top));
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
        std::find(analysis.measures.begin(), analysis.measures.end(), std::string("overlap"));
    const bool with_overlap = overlap_at != analysis.measures.end();
    if (with_overlap) *overlap_at = "num_sequences";
    const bool with_latents =
        std::any_of(analysis.measures.begin(), analysis.measures.end(),
                    [](const std::string& name) { return is_among(of_latents, name); });
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
    (*report)["overlap"] = std::move(shared->pairs);
    return report;
  }

  Shared shared_;
  std::vector<Json> numbers_;
};

/// At most how many tokens so many sequences of each split have.
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

/// How many sets are measured side by side: as many as threads and the memory limit allow.
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

/// Adds what the simulation shows; nothing where it fails.
void add_expected(const Generator& generator, const Simulation& simulation,
                  const SimulationOptions& options, Json& expected) {
  if (simulation.measures.empty()) return;
  const unsigned threads = threads_of(generator, simulation, options);
  SimulationOptions each = options;
  each.threads = std::max(1U, options.threads / threads);
  each.analysis.per_sequence = false;
  // Counts that are bounded are as far off as those of the dataset; some parts are not shared.
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
  // Where that is less work than two datasets, or little.
  const bool sampled =
      split && most_repeats * count * longest <= std::max(2 * tokens, most_repeats * sample_tokens);

  const auto is_named = [&](const char* name) {
    return std::find(names.begin(), names.end(), std::string(name)) != names.end();
  };
  for (const std::string& name : names) {
    const bool is_mean = is_among(of_tokens, name) || is_among(of_latents, name);
    const bool is_whole = (is_among(ratios, name) && !lengths.equal()) ||
                          (name == "lz_complexity" && is_named("distributions"));
    if (sampled && is_mean && !is_whole) {
      samples.measures.push_back(name);
    } else if (name == "overlap" || is_measure(name)) {
      datasets.measures.push_back(name);
    }
  }
  Json expected = Json::object();
  add_expected(generator, samples, options, expected);
  for (const std::string& name : samples.measures) {  // a sample may be too small to have any
    if (!expected.contains(name)) datasets.measures.push_back(name);
  }
  add_expected(generator, datasets, options, expected);
  return expected;
}

}  // namespace synthgen
