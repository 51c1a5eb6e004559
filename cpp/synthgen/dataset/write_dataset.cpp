#include "synthgen/dataset/write_dataset.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/atomic_file.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/ordered_workers.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// Names that a dataset in this directory may have.
std::vector<fs::path> dataset_files(const fs::path& directory) {
  std::vector<fs::path> paths{directory / manifest_name};
  for (const Split split : all_splits) {
    paths.push_back(directory / formatted("{}.jsonl", name(split)));
  }
  return paths;
}

Result<void> prepare_directory(const DatasetOptions& options) {
  std::error_code error;
  fs::create_directories(options.output_dir, error);
  if (error || !fs::is_directory(options.output_dir, error)) {
    return fail(ErrorKind::io, formatted("{}: cannot make the directory: {}", options.output_dir,
                                         error ? error.message() : "a file has that name"));
  }
  if (options.overwrite) return {};
  for (const fs::path& path : dataset_files(options.output_dir)) {
    if (fs::exists(path, error)) {
      return fail(ErrorKind::usage, formatted("{}: exists already; give --force to replace it, or "
                                              "another output directory",
                                              path.string()));
    }
  }
  return {};
}

/// One thread's part in writing one file.
class FileWorker final : public ChunkWorker {
 public:
  struct Shared {
    DatasetEncoder& encoder;
    std::size_t file;
    AtomicFile& output;
    Progress& progress;
    const ProgressCallback& callback;
    std::optional<Error>& failure;
  };

  explicit FileWorker(const Shared& shared) : shared_(shared) {}

  void make(std::uint64_t chunk) override {
    tokens_ = shared_.encoder.encode(shared_.file, chunk, scratch_, bytes_);
  }

  bool take(std::uint64_t) override {
    if (!tokens_) {
      shared_.failure = std::move(tokens_.error());
      return false;
    }
    if (Result<void> written = shared_.output.write(bytes_); !written) {
      shared_.failure = std::move(written.error());
      return false;
    }
    shared_.encoder.append(shared_.file, bytes_, *tokens_);
    shared_.progress.sequences_done += scratch_.size();
    shared_.progress.tokens_done += *tokens_;
    shared_.progress.bytes_done += bytes_.size();
    if (!shared_.callback || shared_.callback(shared_.progress)) return true;
    shared_.failure = Error{ErrorKind::cancelled, "stopped; no file was written", {}};
    return false;
  }

 private:
  Shared shared_;
  SequenceBatch scratch_;
  std::string bytes_;
  Result<std::uint64_t> tokens_ = 0;
};

/// Puts the finished files in place; the manifest goes away first and comes back last, so that it
/// never describes other files than those beside it.
Result<void> publish(const fs::path& directory, std::vector<AtomicFile>& outputs,
                     const DatasetEncoder& encoder) {
  Result<AtomicFile> manifest = AtomicFile::create((directory / manifest_name).string());
  if (!manifest) return tl::unexpected(std::move(manifest.error()));
  if (Result<void> written = manifest->write(encoder.manifest()); !written) return written;
  if (Result<void> synced = manifest->sync(); !synced) return synced;
  std::error_code ignored;
  for (const fs::path& path : dataset_files(directory)) {
    const auto is_new = [&](const FileRecord& file) { return directory / file.file == path; };
    if (std::none_of(encoder.files().begin(), encoder.files().end(), is_new))
      fs::remove(path, ignored);
  }
  for (AtomicFile& output : outputs) {
    if (Result<void> committed = output.commit(); !committed) return committed;
  }
  return manifest->commit();
}

}  // namespace

Result<Progress> write_dataset(const Generator& generator, const DatasetOptions& options,
                               const ProgressCallback& progress) {
  if (Result<void> ready = prepare_directory(options); !ready) return tl::unexpected(ready.error());
  const fs::path directory = options.output_dir;
  DatasetEncoder encoder(generator, options.with_latents);
  Progress state;
  for (const FileRecord& file : encoder.files()) state.sequences_total += file.sequences;

  std::vector<AtomicFile> outputs;
  for (std::size_t file = 0; file < encoder.files().size(); ++file) {
    Result<AtomicFile> output =
        AtomicFile::create((directory / encoder.files()[file].file).string());
    if (!output) return tl::unexpected(std::move(output.error()));
    std::optional<Error> failure;
    run_in_order(encoder.chunk_count(file), std::max(1U, options.threads), [&] {
      return std::make_unique<FileWorker>(
          FileWorker::Shared{encoder, file, *output, state, progress, failure});
    });
    if (failure) return tl::unexpected(std::move(*failure));
    if (Result<void> synced = output->sync(); !synced) return tl::unexpected(synced.error());
    outputs.push_back(std::move(*output));
  }
  if (Result<void> published = publish(directory, outputs, encoder); !published) {
    return tl::unexpected(published.error());
  }
  return state;
}

}  // namespace synthgen
