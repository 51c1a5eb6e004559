#include "synthgen/dataset/dataset_encoder.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/formats/file_plan.hpp"
#include "synthgen/formats/format.hpp"

#include <algorithm>

namespace synthgen {
namespace {

std::string generator_name(const Generator& generator) {
  const SequenceGenerator* const custom = generator.custom();
  return custom != nullptr
             ? custom->name()
             : "the family " + canonical_config(generator.config())["generator"].get<std::string>();
}

/// Why a split cannot have what the options say of its exact law.
std::optional<Problem> predictive_problem(const Generator& generator, const FormatOptions& format,
                                          Split split) {
  if (format.predictive == Predictive::nothing) return std::nullopt;
  const std::string value(name(format.predictive));
  constexpr std::int64_t most_ids = 4096;
  const std::int64_t ids = generator.config(split).vocab_size;
  if (format.predictive == Predictive::law && ids > most_ids) {
    return Problem{"predictive", value,
                   formatted("bits: a law has a number for each of the {} ids at each token, and "
                             "up to {} ids are possible",
                             ids, most_ids)};
  }
  SequenceBatch empty;
  const Result<void> possible =
      generator.predict(split, format.predictive, format.with_labels, empty);
  if (possible) return std::nullopt;
  return Problem{"predictive", value, formatted("nothing: {}", possible.error().message)};
}

/// The tokens of a part of a split whose sequences differ in length. Makes them all, for the
/// formats whose files begin with that number.
Result<std::uint64_t> count_tokens(const Generator& generator, Split split,
                                   const SequenceRange& range) {
  constexpr std::uint64_t step = 256;
  std::uint64_t tokens = 0;
  SequenceBatch batch;
  for (std::uint64_t done = 0; done < range.size; done += step) {
    batch.clear();
    const Result<void> made = generator.generate(split, range.first + done,
                                                 std::min(step, range.size - done), batch, false);
    if (!made) return tl::unexpected(made.error());
    for (std::size_t i = 0; i < batch.size(); ++i) tokens += batch.content(i).size();
  }
  return tokens;
}

/// Tokens in a chunk, which is held in memory whole, with the laws of its tokens.
std::int64_t chunk_tokens(const Generator& generator, const FormatOptions& format) {
  constexpr std::int64_t usual_tokens = 1 << 17;
  if (format.predictive != Predictive::law) return usual_tokens;
  constexpr std::int64_t most_probabilities = 1 << 20;
  std::int64_t largest_vocab = 1;
  for (const Split split : all_splits) {
    largest_vocab = std::max(largest_vocab, std::int64_t{generator.config(split).vocab_size});
  }
  return std::min(usual_tokens, most_probabilities / largest_vocab);
}

}  // namespace

Result<DatasetEncoder> DatasetEncoder::create(const Generator& generator,
                                              const FormatOptions& format, const Shard& shard,
                                              const std::string& spool_directory) {
  const Config& config = generator.config();
  DatasetEncoder dataset(generator, format, shard);
  dataset.chunk_sequences_ = static_cast<std::uint64_t>(
      std::max<std::int64_t>(1, chunk_tokens(generator, format) / config.seq_length));
  std::vector<Problem> problems = check(format);
  if (format.with_labels && !generator.has_labels()) {
    problems.push_back({"labels", {}, formatted("{} has none", generator_name(generator))});
  }
  for (const Split split : all_splits) {
    if (config.count(split) == 0 || !problems.empty()) continue;
    if (auto problem = predictive_problem(generator, format, split)) {
      problems.push_back(std::move(*problem));
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  for (const Split split : all_splits) {
    const SequenceRange range = range_of(shard, static_cast<std::uint64_t>(config.count(split)));
    if (range.size == 0) continue;
    const std::string stem = shard_file(name(split), shard, "");
    FilePlan plan = plan_of(generator, split, stem, range.size);
    if (find_format(format.format)->counts_tokens && !plan.lengths.equal()) {
      const Result<std::uint64_t> tokens = count_tokens(generator, split, range);
      if (!tokens) return tl::unexpected(tokens.error());
      plan.tokens = *tokens;
    }
    if (dataset.records_.empty()) dataset.notes_ = format_notes(format, plan);
    plan.spool_directory = spool_directory;
    Result<EncodedFile> file = EncodedFile::create(format, plan);
    if (!file) return tl::unexpected(std::move(file.error()));
    FileRecord record;
    record.file = file_name(format, stem);
    record.split = split;
    record.first_sequence = range.first;
    record.sequences = range.size;
    dataset.running_.push_back({std::move(*file)});
    dataset.records_.push_back(std::move(record));
    dataset.count(dataset.records_.size() - 1, {});
  }
  return dataset;
}

bool DatasetEncoder::has_lines() const {
  return find_format(format_.format)->is_text() && format_.compress.empty();
}

std::uint64_t DatasetEncoder::chunk_count(std::size_t file) const noexcept {
  return (records_[file].sequences + chunk_sequences_ - 1) / chunk_sequences_;
}

std::string DatasetEncoder::begin(std::size_t file) {
  std::string head = running_[file].encoded.head();
  count(file, head);
  return head;
}

Result<void> DatasetEncoder::encode(std::size_t file, std::uint64_t chunk, SequenceBatch& scratch,
                                    EncodedChunk& encoded) const {
  const FileRecord& record = records_[file];
  const std::uint64_t first = chunk * chunk_sequences_;
  const std::uint64_t sequences = std::min(chunk_sequences_, record.sequences - first);
  scratch.clear();
  Result<void> generated = generator_->generate(record.split, record.first_sequence + first,
                                                sequences, scratch, format_.with_latents);
  if (!generated) return generated;
  generated = generator_->predict(record.split, format_.predictive, format_.with_labels, scratch);
  if (!generated) return generated;
  if (!format_.with_labels) scratch.labels.clear();
  return running_[file].encoded.encode(scratch, encoded);
}

Result<void> DatasetEncoder::append(std::size_t file, const EncodedChunk& encoded) {
  count(file, encoded.bytes);
  records_[file].tokens += encoded.tokens;
  return running_[file].encoded.append(encoded);
}

Result<bool> DatasetEncoder::next_of_tail(std::size_t file, std::string& bytes) {
  Result<bool> more = running_[file].encoded.next_of_tail(bytes);
  if (more && *more) count(file, bytes);
  return more;
}

bool DatasetEncoder::has_side_file(std::string_view name) const {
  return std::any_of(records_.begin(), records_.end(), [&](const FileRecord& record) {
    return std::any_of(record.side_files.begin(), record.side_files.end(),
                       [&](const SideRecord& side) { return side.file == name; });
  });
}

Result<bool> DatasetEncoder::next_of_side_files(std::size_t file, std::string& name,
                                                std::string& bytes) {
  Running& running = running_[file];
  std::vector<SideRecord>& records = records_[file].side_files;
  if (!running.side_files) {
    running.side_files = running.encoded.side_files();
    std::erase_if(*running.side_files,
                  [&](const SideFile& side) { return has_side_file(side.name); });
    std::reverse(running.side_files->begin(), running.side_files->end());
  }
  for (; !running.side_files->empty(); running.side_files->pop_back()) {
    SideFile& side = running.side_files->back();
    Result<bool> more = side.bytes->next(bytes);
    if (!more) return more;
    if (!*more) continue;
    if (records.empty() || records.back().file != side.name) {
      records.push_back({side.name, 0, {}});
      running.side_checksum = Checksum();
    }
    running.side_checksum.add(bytes);
    records.back().bytes += bytes.size();
    records.back().checksum = running.side_checksum.hex();
    name = side.name;
    return true;
  }
  return false;
}

std::string DatasetEncoder::manifest(std::optional<SideRecord> analysis) const {
  return manifest_text({.head = manifest_head(*generator_, format_),
                        .shard = shard_,
                        .files = records_,
                        .analysis = std::move(analysis)});
}

void DatasetEncoder::count(std::size_t file, std::string_view bytes) {
  FileRecord& record = records_[file];
  record.bytes += bytes.size();
  running_[file].checksum.add(bytes);
  record.checksum = running_[file].checksum.hex();
}

}  // namespace synthgen
