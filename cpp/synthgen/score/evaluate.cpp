#include "synthgen/score/evaluate.hpp"

#include "synthgen/io/ordered_workers.hpp"
#include "synthgen/score/data_check.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// What the threads of one evaluation share. `take` alone changes it, one thread at a time.
struct EvaluationRun {
  const Generator& generator;
  const EvaluatedData& data;
  const EvaluateOptions& options;
  ScoreTarget target;
  std::uint64_t chunk_sequences;
  ModelNumbers numbers;
  DataCheck check;
  std::optional<Excess> excess = {};
  std::uint64_t done = 0;
  std::optional<Error> failure = {};
};

/// Makes a chunk of sequences and their floors, compares laws on the way, and adds the chunk when
/// its turn comes.
class EvaluationWorker final : public ChunkWorker {
 public:
  EvaluationWorker(EvaluationRun& run, FloorMaker floor_maker)
      : run_(run), floor_maker_(std::move(floor_maker)), laws_(run.numbers) {}

  void make(std::uint64_t chunk) override {
    first_ = chunk * run_.chunk_sequences;
    const std::uint64_t count = std::min(run_.chunk_sequences, run_.data.count - first_);
    if (!run_.numbers.has_laws()) {
      made_ = floor_maker_.make(run_.data.first + first_, count, floors_);
      return;
    }
    made_ =
        floor_maker_.make(run_.data.first + first_, count, floors_,
                          [&](const Predictor& predictor, std::size_t token, std::uint32_t target) {
                            return compare(predictor, token, target);
                          });
  }

  bool take(std::uint64_t) override {
    if (made_) made_ = add();
    if (made_) return true;
    run_.failure = std::move(made_.error());
    return false;
  }

 private:
  Result<void> compare(const Predictor& predictor, std::size_t token, std::uint32_t target) {
    const std::vector<std::uint64_t>& offsets = floors_.batch.offsets;
    if (token == 0 || model_.loss.size() != floors_.bits.size()) {
      for (auto* values : {&model_.loss, &model_.divergence, &model_.variation}) {
        values->assign(floors_.bits.size(), 0);
      }
    }
    const auto after = std::upper_bound(offsets.begin(), offsets.end(), token);
    const auto sequence = static_cast<std::uint64_t>(after - offsets.begin() - 1);
    const std::uint64_t position = token - offsets[static_cast<std::size_t>(sequence)];
    return laws_.compare(predictor, first_ + sequence, position, target, token, model_);
  }

  Result<void> add() {
    Result<void> result = run_.check.compare(floors_.batch);
    if (result && !run_.numbers.has_laws()) {
      result = run_.numbers.read_losses(first_, floors_, model_);
    }
    if (!result) return result;
    if (!run_.excess) {
      run_.excess.emplace(run_.numbers.has_laws(), run_.numbers.first_position().value_or(0));
    }
    run_.excess->add(first_, floors_, model_);
    run_.done += floors_.batch.size();
    if (!run_.options.progress || run_.options.progress(run_.done)) return {};
    return fail(ErrorKind::cancelled, "stopped");
  }

  EvaluationRun& run_;
  FloorMaker floor_maker_;
  LawReader laws_;
  std::uint64_t first_ = 0;
  Floors floors_;
  ModelBits model_;
  Result<void> made_;
};

std::uint64_t sequences_in_chunk(const LengthRange& lengths) {
  constexpr std::uint64_t chunk_tokens = std::uint64_t{1} << 14;
  return std::max<std::uint64_t>(1, chunk_tokens / std::max<std::uint64_t>(1, lengths.longest));
}

}  // namespace

Result<Evaluation> evaluate(const Generator& generator, const EvaluatedData& data,
                            const EvaluateOptions& options) {
  const ScoreTarget target =
      options.target.value_or(FloorMaker::natural_target(generator, data.split));
  const SplitLimits limits = generator.limits(data.split);
  Result<FloorMaker> first_maker = FloorMaker::create(generator, data.split, target);
  if (!first_maker) return tl::unexpected(std::move(first_maker.error()));
  Result<ModelNumbers> numbers =
      ModelNumbers::open(options.model, {data.count, limits.lengths, limits.vocab_size, target});
  if (!numbers) return tl::unexpected(std::move(numbers.error()));
  EvaluationRun run{generator,
                    data,
                    options,
                    target,
                    sequences_in_chunk(limits.lengths),
                    std::move(*numbers),
                    DataCheck(data.files)};
  const std::uint64_t chunks = (data.count + run.chunk_sequences - 1) / run.chunk_sequences;
  run_in_order(chunks, std::max(1U, options.threads), [&] {
    // What worked once works again.
    return std::make_unique<EvaluationWorker>(
        run, std::move(*FloorMaker::create(generator, data.split, target)));
  });
  if (run.failure) return tl::unexpected(std::move(*run.failure));
  for (const Result<void>& complete : {run.check.check_end(), run.numbers.check_end()}) {
    if (!complete) return tl::unexpected(complete.error());
  }
  Evaluation evaluation{data, options.model, target, run.numbers.first_position().value_or(0)};
  if (run.excess) evaluation.excess = std::move(*run.excess);
  if (evaluation.excess.targets() > 0) {
    evaluation.rounding_bits = run.numbers.rounding(evaluation.excess.loss());
  }
  return evaluation;
}

std::optional<MeanInterval> Evaluation::mean_excess() const {
  std::optional<MeanInterval> interval = excess.excess();
  if (!interval) return interval;
  const double bits = bits_in(model.unit);
  interval->mean /= bits;
  for (std::optional<double>* bound : {&interval->low, &interval->high, &interval->most}) {
    if (*bound) **bound /= bits;
  }
  return interval;
}

bool Evaluation::is_below_floor() const {
  const std::optional<MeanInterval> interval = excess.excess();
  return interval && interval->most && *interval->most < -rounding_bits;
}

Json to_json(const Evaluation& evaluation) {
  constexpr double confidence = 0.95;
  const auto& [data, model, target, first_position, excess, rounding] = evaluation;
  Json json = {{"files", data.files},          {"split", name(data.split)},
               {"first_sequence", data.first}, {"sequences", data.count},
               {"model", model.path},          {"unit", name(model.unit)},
               {"target", name(target)},       {"first_position", first_position}};
  json.update(excess.report(bits_in(model.unit)));
  json["below_floor"] = evaluation.is_below_floor();
  json["confidence"] = confidence;
  json["resamples"] = Bootstrap::resamples;
  return json;
}

}  // namespace synthgen
