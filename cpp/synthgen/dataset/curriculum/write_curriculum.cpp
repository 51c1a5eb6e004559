#include "synthgen/dataset/curriculum/write_curriculum.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/curriculum/stage_writer.hpp"
#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/formats/sequence_file.hpp"
#include "synthgen/io/input.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// Reads a file several times.
class Passes {
 public:
  Passes(const SequenceFile& file, const CurriculumProgress& progress)
      : file_(file), progress_(progress) {}

  /// Sets how many passes there will be.
  void expect(unsigned passes) { passes_ = passes; }

  /// One pass: `use(batch)` gets all sequences in order.
  template <class Use>
  Result<void> pass(const Use& use) {
    constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
    const Result<std::unique_ptr<SequenceReader>> opened = file_.reader();
    if (!opened) return tl::unexpected(opened.error());
    SequenceReader& reader = **opened;
    SequenceBatch batch;
    for (bool more = true; more;) {
      batch.clear();
      const Result<bool> read = reader.read(batch, batch_tokens);
      if (!read) return tl::unexpected(read.error());
      more = *read;
      if (Result<void> used = use(batch); !used) return used;
      const std::uint64_t size = reader.size_bytes();
      if (progress_ && !progress_(done_ * size + reader.bytes_read(), passes_ * size)) {
        return fail(ErrorKind::cancelled, "stopped; no file was written");
      }
    }
    ++done_;
    notes_ = reader.notes();
    return {};
  }

  /// The reader's notes of the last pass.
  const std::vector<std::string>& notes() const noexcept { return notes_; }

 private:
  const SequenceFile& file_;
  std::vector<std::string> notes_;
  const CurriculumProgress& progress_;
  unsigned passes_ = 1;
  unsigned done_ = 0;
};

/// A file's vocabulary and split from the manifest in its directory; `manifest_faults` gets the
/// faults of the manifest.
DatasetFile described(const std::string& path, std::vector<Fault>& manifest_faults) {
  if (path == standard_input) return {.path = path};
  const fs::path parent = fs::path(path).parent_path();
  const Result<DatasetListing> listing = list_dataset(parent.empty() ? "." : parent.string());
  DatasetFile described{.path = path, .split = std::string(split_of_name(path))};
  if (!listing) return described;
  manifest_faults = listing->manifest_faults;
  for (const DatasetFile& file : listing->files) {
    if (fs::path(file.path).filename() == fs::path(path).filename()) described = file;
  }
  if (!described.limits.vocab_size) described.limits.vocab_size = listing->vocab_size;
  return described;
}

Split split_of(const DatasetFile& file) {
  const auto found = std::find_if(all_splits.begin(), all_splits.end(),
                                  [&](Split split) { return file.split == name(split); });
  return found == all_splits.end() ? Split::train : *found;
}

Result<std::int64_t> largest_id_plus_one(Passes& passes) {
  std::int64_t largest = 0;
  const Result<void> passed = passes.pass([&](const SequenceBatch& batch) -> Result<void> {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      for (const std::uint32_t id : batch.content(i)) largest = std::max<std::int64_t>(largest, id);
    }
    return {};
  });
  if (!passed) return tl::unexpected(passed.error());
  return largest + 1;
}

}  // namespace

Json to_json(const CurriculumSummary& summary) {
  Json stages = Json::array();
  for (const StageSummary& stage : summary.stages) {
    Json row = stage_json(stage.stage);
    row["directory"] = stage.directory;
    row["num_sequences"] = stage.file.sequences;
    row["num_tokens"] = stage.file.tokens;
    row["cut_sequences"] = stage.cut;
    const bool any = stage.file.sequences > 0;
    row["least_complexity"] = any ? Json(stage.least_complexity) : Json();
    row["most_complexity"] = any ? Json(stage.most_complexity) : Json();
    stages.push_back(std::move(row));
  }
  Json json = complexity_json(summary.complexity);
  json["num_sequences"] = summary.num_sequences;
  json["stages"] = std::move(stages);
  return json;
}

Result<CurriculumSummary> write_curriculum(const std::string& source,
                                           const std::vector<Stage>& stages,
                                           const CurriculumOptions& options,
                                           const CurriculumProgress& progress) {
  CurriculumSummary summary{.complexity = options.complexity};
  const DatasetFile file = described(source, summary.manifest_faults);
  if (!summary.complexity.vocab_size) summary.complexity.vocab_size = file.limits.vocab_size;
  const bool learns_vocab_size = !summary.complexity.vocab_size;
  const bool learns_order = options.complexity.scale == ComplexityScale::quantile;
  if (Result<void> free = stage_directories_free(source, options, stages); !free) {
    return tl::unexpected(free.error());
  }
  const Result<SequenceFile> input = SequenceFile::open(source, {.max_line = options.max_line});
  if (!input) return tl::unexpected(input.error());
  Passes passes(*input, progress);
  passes.expect(1 + (learns_vocab_size ? 1 : 0) + (learns_order ? 1 : 0));
  if (learns_vocab_size) {
    const Result<std::int64_t> size = largest_id_plus_one(passes);
    if (!size) return tl::unexpected(size.error());
    summary.complexity.vocab_size = *size;
  }

  std::vector<ComplexityRange> ranges;
  for (const Stage& stage : stages) ranges.push_back(stage.range);
  ComplexityOrder order(options.complexity.scale, ranges);
  ComplexityMeter complexity(summary.complexity.measure, *summary.complexity.vocab_size);
  std::uint64_t learned = 0;
  if (learns_order) {
    const Result<void> passed = passes.pass([&](const SequenceBatch& batch) -> Result<void> {
      for (std::size_t i = 0; i < batch.size(); ++i) order.learn(complexity(batch.content(i)));
      learned += batch.size();
      return {};
    });
    if (!passed) return tl::unexpected(passed.error());
  }
  order.finish();
  const Result<FileDigest> digest = input->digest();
  if (!digest) return tl::unexpected(digest.error());

  Result<StageWriters> writers = StageWriters::create(options, stages, split_of(file));
  if (!writers) return tl::unexpected(std::move(writers.error()));
  const Result<void> passed = passes.pass([&](const SequenceBatch& batch) -> Result<void> {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const double value = complexity(batch.content(i));
      const std::vector<char>& contained = order.contains(value);
      for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        if (contained[stage] == 0) continue;
        if (Result<void> added = writers->add(stage, batch, i, value); !added) return added;
      }
    }
    summary.num_sequences += batch.size();
    return {};
  });
  if (!passed) return tl::unexpected(passed.error());
  if (learns_order && summary.num_sequences != learned) {
    return fail(ErrorKind::io, formatted("{}: changed while it was read", input->name()));
  }
  const SourceRecord record{fs::path(input->name()).filename().string(), summary.num_sequences,
                            *digest};
  const auto stopped = [&] { return progress && !progress(1, 1); };
  const Result<void> published =
      writers->publish(options.output_dir, summary.complexity, record, stopped);
  if (!published) {
    return tl::unexpected(published.error());
  }
  summary.stages = writers->summaries();
  summary.notes = passes.notes();
  return summary;
}

}  // namespace synthgen
