#include "synthgen/dataset/dataset_analysis.hpp"

#include "synthgen/dataset/ordered_workers.hpp"

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
    const std::function<bool()>& go_on;
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
    if (!made_) {
      shared_.failure = std::move(made_.error());
      return false;
    }
    if (!shared_.go_on || shared_.go_on()) return true;
    shared_.failure = Error{ErrorKind::cancelled, "stopped; give --resume to go on", {}};
    return false;
  }

 private:
  Shared shared_;
  SequenceBatch batch_;
  Result<void> made_;
};

}  // namespace

Result<Analyzer> analyze_shard(const Generator& generator, bool with_latents, const Shard& shard,
                               const AnalysisOptions& options, unsigned threads,
                               const std::function<bool()>& go_on) {
  constexpr std::int64_t chunk_tokens = 1 << 17;
  Result<Analyzer> analyzer = Analyzer::create(options);
  if (!analyzer) return analyzer;
  const Config& config = generator.config();
  const auto chunk_sequences =
      static_cast<std::uint64_t>(std::max<std::int64_t>(1, chunk_tokens / config.seq_length));
  for (const Split split : all_splits) {
    const SequenceRange range = range_of(shard, static_cast<std::uint64_t>(config.count(split)));
    const std::uint64_t chunks = (range.size + chunk_sequences - 1) / chunk_sequences;
    std::optional<Error> failure;
    run_in_order(chunks, std::max(1U, threads), [&] {
      return std::make_unique<AnalysisWorker>(AnalysisWorker::Shared{
          generator, with_latents, split, range, chunk_sequences, *analyzer, go_on, failure});
    });
    if (failure) return tl::unexpected(std::move(*failure));
  }
  return analyzer;
}

}  // namespace synthgen
