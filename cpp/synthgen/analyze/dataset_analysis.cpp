#include "synthgen/analyze/dataset_analysis.hpp"

#include "synthgen/io/ordered_workers.hpp"

#include <algorithm>
#include <optional>

namespace synthgen {
namespace {

/// One thread's part: generates a chunk, and adds it when its turn comes.
class AnalysisWorker final : public ChunkWorker {
 public:
  struct Shared {
    const Generator& generator;
    bool with_latents;
    Split split;
    SequenceRange range;
    std::uint64_t chunk_sequences;
    Analyzer& analyzer;
    const SequenceObserver& observe;
    std::optional<Error>& failure;
  };

  explicit AnalysisWorker(const Shared& shared) : shared_(shared) {}

  void make(std::uint64_t chunk) override {
    const std::uint64_t first = chunk * shared_.chunk_sequences;
    const std::uint64_t count = std::min(shared_.chunk_sequences, shared_.range.size - first);
    batch_.clear();
    made_ = shared_.generator.generate(shared_.split, shared_.range.first + first, count, batch_,
                                       shared_.with_latents);
  }

  bool take(std::uint64_t) override {
    if (made_) made_ = shared_.analyzer.add(batch_);
    if (made_ && shared_.observe) made_ = shared_.observe(shared_.split, batch_);
    if (made_) return true;
    shared_.failure = std::move(made_.error());
    return false;
  }

 private:
  Shared shared_;
  SequenceBatch batch_;
  Result<void> made_;
};

}  // namespace

Result<Analyzer> analyze_ranges(const Generator& generator, bool with_latents,
                                const SequenceRanges& ranges, const AnalysisOptions& options,
                                unsigned threads, const SequenceObserver& observe) {
  constexpr std::uint64_t chunk_tokens = std::uint64_t{1} << 17;
  Result<Analyzer> analyzer = Analyzer::create(options);
  if (!analyzer) return analyzer;
  for (const Split split : all_splits) {
    const SequenceRange& range = ranges[static_cast<std::size_t>(split)];
    const std::uint64_t longest = std::max<std::uint64_t>(1, generator.length_range(split).longest);
    const std::uint64_t chunk_sequences = std::max<std::uint64_t>(1, chunk_tokens / longest);
    const std::uint64_t chunks = (range.size + chunk_sequences - 1) / chunk_sequences;
    std::optional<Error> failure;
    run_in_order(chunks, std::max(1U, threads), [&] {
      return std::make_unique<AnalysisWorker>(AnalysisWorker::Shared{
          generator, with_latents, split, range, chunk_sequences, *analyzer, observe, failure});
    });
    if (failure) return tl::unexpected(std::move(*failure));
  }
  return analyzer;
}

Result<Analyzer> analyze_shard(const Generator& generator, bool with_latents, const Shard& shard,
                               const AnalysisOptions& options, unsigned threads,
                               const std::function<bool()>& go_on) {
  SequenceRanges ranges;
  for (const Split split : all_splits) {
    const auto count = static_cast<std::uint64_t>(generator.config().count(split));
    ranges[static_cast<std::size_t>(split)] = range_of(shard, count);
  }
  return analyze_ranges(generator, with_latents, ranges, options, threads,
                        [&](Split, const SequenceBatch&) -> Result<void> {
                          if (!go_on || go_on()) return {};
                          return fail(ErrorKind::cancelled, "stopped; give --resume to go on");
                        });
}

}  // namespace synthgen
