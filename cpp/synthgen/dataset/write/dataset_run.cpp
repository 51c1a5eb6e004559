#include "synthgen/dataset/write/dataset_run.hpp"

#include "synthgen/analyze/dataset_analysis.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/ordered_workers.hpp"
#include "synthgen/io/output/output_target.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <tuple>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// After a run that was stopped while it gave the files their names: moves a file that has its name
/// back to its temporary name, to be checked as the others are.
void take_back_name(const fs::path& path) {
  std::error_code ignored;
  const fs::path temporary = AtomicFile::partial_of(path.string());
  const Result<OutputTarget> target = output_target(path.string());
  if (target && target->kind == OutputTarget::Kind::file && !fs::exists(temporary, ignored)) {
    fs::rename(target->file, temporary, ignored);
  }
}

std::string report_text(const Json& report) {
  return to_text(report, 2) + '\n';
}

}  // namespace

/// One thread's part in writing one file.
class DatasetRun::Worker final : public ChunkWorker {
 public:
  Worker(DatasetRun& run, std::size_t file, std::uint64_t first, AtomicFile& output,
         std::optional<Error>& failure)
      : run_(run), file_(file), first_(first), output_(output), failure_(failure) {}

  void make(std::uint64_t chunk) override {
    result_ = run_.encoder_.encode(file_, first_ + chunk, scratch_, encoded_);
  }

  bool take(std::uint64_t) override {
    if (result_) result_ = output_.write(encoded_.bytes);
    if (result_) result_ = run_.encoder_.append(file_, encoded_);
    if (result_) {
      result_ = run_.journal_.add(
          {file_, encoded_.tokens, encoded_.bytes.size(), run_.encoder_.files()[file_].checksum});
    }
    if (!result_) {
      failure_ = std::move(result_.error());
      return false;
    }
    Progress& progress = run_.progress_;
    progress.sequences_done += encoded_.sequences;
    progress.tokens_done += encoded_.tokens;
    progress.bytes_done += encoded_.bytes.size();
    if (!run_.callback_ || run_.callback_(progress)) return true;
    failure_ = Error{ErrorKind::cancelled, "stopped; give --resume to continue", {}};
    return false;
  }

 private:
  DatasetRun& run_;
  std::size_t file_;
  std::uint64_t first_;
  AtomicFile& output_;
  std::optional<Error>& failure_;
  SequenceBatch scratch_;
  EncodedChunk encoded_;
  Result<void> result_;
};

DatasetRun::DatasetRun(const Generator& generator, const DatasetOptions& options,
                       const Shard& shard, DatasetEncoder& encoder, RunJournal& journal,
                       const ProgressCallback& callback)
    : generator_(generator),
      options_(options),
      shard_(shard),
      encoder_(encoder),
      journal_(journal),
      callback_(callback),
      directory_(options.output_dir) {
  for (const FileRecord& file : encoder_.files()) progress_.sequences_total += file.sequences;
}

DatasetRun::~DatasetRun() {
  if (!is_done_ && progress_.sequences_done == 0) forget();
}

void DatasetRun::forget() noexcept {
  std::error_code ignored;
  for (const FileRecord& file : encoder_.files()) {
    fs::remove(AtomicFile::partial_of((directory_ / file.file).string()), ignored);
  }
  fs::remove(AtomicFile::partial_of((directory_ / manifest_file(shard_)).string()), ignored);
  std::ignore = journal_.remove();
}

Result<AtomicFile> DatasetRun::open(const std::string& name) {
  const fs::path path = directory_ / name;
  // A file that all shards share, such as meta.pkl, may be written by several at once.
  const bool is_shared = shard_.count > 0 && name.find(of_shards(shard_.count)) == name.npos;
  if (is_shared) return AtomicFile::create(path.string());
  if (journal_.was_complete()) take_back_name(path);
  return AtomicFile::reopen(path.string());
}

Result<AtomicFile> DatasetRun::open_empty(const std::string& name) {
  Result<AtomicFile> file = open(name);
  if (!file) return file;
  if (Result<void> emptied = file->cut(0); !emptied) return tl::unexpected(emptied.error());
  return file;
}

Result<Progress> DatasetRun::write() {
  for (std::size_t file = 0; file < encoder_.files().size(); ++file) {
    Result<void> written = write_file(file);
    if (written) written = write_side_files(file);
    if (!written) return tl::unexpected(written.error());
  }
  Result<std::optional<SideRecord>> analysis = write_analysis();
  if (!analysis) return tl::unexpected(std::move(analysis.error()));
  if (Result<void> written = write_manifest(std::move(*analysis)); !written) {
    return tl::unexpected(written.error());
  }
  is_done_ = true;
  return progress_;
}

std::vector<AtomicFile> DatasetRun::take_files() {
  std::vector<AtomicFile> in_order = std::move(side_files_);
  for (AtomicFile& file : files_) in_order.push_back(std::move(file));
  if (manifest_) in_order.push_back(std::move(*manifest_));
  return in_order;
}

Result<void> DatasetRun::write_file(std::size_t file) {
  Result<AtomicFile> output = open(encoder_.files()[file].file);
  if (!output) return tl::unexpected(std::move(output.error()));
  const Result<std::uint64_t> found = replay(file, *output);
  if (!found) return tl::unexpected(found.error());
  Result<void> written = write_chunks(file, *found, *output);
  if (written) written = write_tail(file, *output);
  if (written) written = output->sync();
  if (!written) return written;
  files_.push_back(std::move(*output));
  return {};
}

/// Counts the chunks that are in the file as the journal says, and cuts the file after them.
/// Returns their number.
Result<std::uint64_t> DatasetRun::replay(std::size_t file, AtomicFile& output) {
  const FileRecord& record = encoder_.files()[file];
  const std::string head = encoder_.begin(file);
  std::uint64_t size_bytes = head.size();
  std::uint64_t chunk = 0;
  std::string found_head(head.size(), '\0');
  const Result<bool> read_head = output.read(found_head);
  if (!read_head) return tl::unexpected(read_head.error());
  const bool has_head = *read_head && found_head == head;
  SequenceBatch scratch;
  EncodedChunk encoded;
  // The end of a binary file needs more of a chunk than its bytes (lengths, a checksum), so the
  // chunk is encoded again.
  const bool is_text = find_format(options_.format.format)->is_text();
  for (; has_head && chunk < encoder_.chunk_count(file); ++chunk) {
    const Result<std::optional<RunJournal::Chunk>> noted = journal_.peek();
    if (!noted) return tl::unexpected(noted.error());
    if (!*noted || (*noted)->file != file || (*noted)->bytes > output.bytes_left()) break;
    encoded.clear();
    if (!is_text) {
      const Result<void> made = encoder_.encode(file, chunk, scratch, encoded);
      if (!made) return tl::unexpected(made.error());
    }
    encoded.bytes.resize(static_cast<std::size_t>((*noted)->bytes));
    const Result<bool> read = output.read(encoded.bytes);
    if (!read) return tl::unexpected(read.error());
    if (!*read || encoder_.checksum_with(file, encoded.bytes) != (*noted)->checksum) break;
    encoded.tokens = (*noted)->tokens;
    encoded.sequences =
        std::min(encoder_.chunk_sequences(), record.sequences - chunk * encoder_.chunk_sequences());
    if (Result<void> counted = encoder_.append(file, encoded); !counted) {
      return tl::unexpected(counted.error());
    }
    journal_.step();
    size_bytes += encoded.bytes.size();
    progress_.sequences_done += encoded.sequences;
    progress_.sequences_found += encoded.sequences;
    progress_.tokens_done += encoded.tokens;
    progress_.bytes_done += encoded.bytes.size();
  }
  Result<void> ready = output.cut(has_head ? size_bytes : 0);
  if (ready && !has_head) ready = output.write(head);
  if (ready && chunk < encoder_.chunk_count(file)) ready = journal_.cut();
  if (!ready) return tl::unexpected(ready.error());
  progress_.bytes_done += head.size();
  return chunk;
}

Result<void> DatasetRun::write_chunks(std::size_t file, std::uint64_t first, AtomicFile& output) {
  std::optional<Error> failure;
  run_in_order(encoder_.chunk_count(file) - first, std::max(1U, options_.threads),
               [&] { return std::make_unique<Worker>(*this, file, first, output, failure); });
  if (failure) return tl::unexpected(std::move(*failure));
  return {};
}

Result<void> DatasetRun::write_tail(std::size_t file, AtomicFile& output) {
  for (std::string bytes;;) {
    const Result<bool> more = encoder_.next_of_tail(file, bytes);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    if (Result<void> written = output.write(bytes); !written) return written;
    progress_.bytes_done += bytes.size();
  }
}

/// Writes the side files of a complete file.
Result<void> DatasetRun::write_side_files(std::size_t file) {
  std::string opened;
  for (std::string name, bytes;;) {
    const Result<bool> more = encoder_.next_of_side_files(file, name, bytes);
    if (!more) return tl::unexpected(more.error());
    if (name != opened || !*more) {
      if (!opened.empty()) {
        if (Result<void> synced = side_files_.back().sync(); !synced) return synced;
      }
      if (!*more) return {};
      Result<AtomicFile> output = open_empty(name);
      if (!output) return tl::unexpected(std::move(output.error()));
      side_files_.push_back(std::move(*output));
      opened = name;
    }
    if (Result<void> written = side_files_.back().write(bytes); !written) return written;
    progress_.bytes_done += bytes.size();
  }
}

/// Analyzes what was written, if that is wanted: writes the report of a whole dataset, or the state
/// of a shard's analysis.
Result<std::optional<SideRecord>> DatasetRun::write_analysis() {
  if (!options_.analysis) return std::nullopt;
  const Result<Analyzer> analyzer =
      analyze_shard(generator_, options_.format.with_latents, shard_, *options_.analysis,
                    options_.threads, [&] { return !callback_ || callback_(progress_); });
  if (!analyzer) return tl::unexpected(analyzer.error());
  const Result<std::string> bytes =
      shard_.count > 0 ? analyzer->save() : analyzer->report().map(report_text);
  if (!bytes) return tl::unexpected(bytes.error());
  const std::string name = analysis_file(shard_);
  Result<AtomicFile> output = open_empty(name);
  if (!output) return tl::unexpected(std::move(output.error()));
  Result<void> written = output->write(*bytes);
  if (written) written = output->sync();
  if (!written) return tl::unexpected(written.error());
  side_files_.push_back(std::move(*output));
  return SideRecord{name, bytes->size(), checksum_of(*bytes)};
}

Result<void> DatasetRun::write_manifest(std::optional<SideRecord> analysis) {
  Result<AtomicFile> output = open_empty(manifest_file(shard_));
  if (!output) return tl::unexpected(std::move(output.error()));
  Result<void> ready = output->write(encoder_.manifest(std::move(analysis)));
  if (ready) ready = output->sync();
  if (ready) ready = journal_.cut();
  if (ready) manifest_.emplace(std::move(*output));
  return ready;
}

}  // namespace synthgen
