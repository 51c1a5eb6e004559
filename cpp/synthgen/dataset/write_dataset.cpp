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
    for (const std::string& file : possible_file_names(name(split))) {
      paths.push_back(directory / file);
    }
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
    made_ = shared_.encoder.encode(shared_.file, chunk, scratch_, encoded_);
  }

  bool take(std::uint64_t) override {
    if (made_) made_ = shared_.output.write(encoded_.bytes);
    if (made_) made_ = shared_.encoder.append(shared_.file, encoded_);
    if (!made_) {
      shared_.failure = std::move(made_.error());
      return false;
    }
    shared_.progress.sequences_done += encoded_.sequences;
    shared_.progress.tokens_done += encoded_.tokens;
    shared_.progress.bytes_done += encoded_.bytes.size();
    if (!shared_.callback || shared_.callback(shared_.progress)) return true;
    shared_.failure = Error{ErrorKind::cancelled, "stopped; no file was written", {}};
    return false;
  }

 private:
  Shared shared_;
  SequenceBatch scratch_;
  EncodedChunk encoded_;
  Result<void> made_;
};

/// Writes one file and what belongs to it; the outputs wait for their names.
Result<void> write_file(DatasetEncoder& encoder, std::size_t file, const DatasetOptions& options,
                        const ProgressCallback& callback, Progress& progress,
                        std::vector<AtomicFile>& outputs) {
  const fs::path directory = options.output_dir;
  Result<AtomicFile> output = AtomicFile::create((directory / encoder.files()[file].file).string());
  if (!output) return tl::unexpected(std::move(output.error()));
  std::string bytes = encoder.begin(file);
  if (Result<void> written = output->write(bytes); !written) return written;
  progress.bytes_done += bytes.size();
  std::optional<Error> failure;
  run_in_order(encoder.chunk_count(file), std::max(1U, options.threads), [&] {
    return std::make_unique<FileWorker>(
        FileWorker::Shared{encoder, file, *output, progress, callback, failure});
  });
  if (failure) return tl::unexpected(std::move(*failure));
  for (;;) {
    const Result<bool> more = encoder.next_of_tail(file, bytes);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    if (Result<void> written = output->write(bytes); !written) return written;
    progress.bytes_done += bytes.size();
  }
  if (Result<void> synced = output->sync(); !synced) return synced;
  outputs.push_back(std::move(*output));
  return {};
}

/// Writes the files that belong to a complete one; the outputs wait for their names.
Result<void> write_side_files(DatasetEncoder& encoder, std::size_t file, const fs::path& directory,
                              Progress& progress, std::vector<AtomicFile>& outputs) {
  std::string opened;
  for (std::string name, bytes;;) {
    const Result<bool> more = encoder.next_of_side_files(file, name, bytes);
    if (!more) return tl::unexpected(more.error());
    if (name != opened || !*more) {
      if (!opened.empty()) {
        if (Result<void> synced = outputs.back().sync(); !synced) return synced;
      }
      if (!*more) return {};
      Result<AtomicFile> output = AtomicFile::create((directory / name).string());
      if (!output) return tl::unexpected(std::move(output.error()));
      outputs.push_back(std::move(*output));
      opened = name;
    }
    if (Result<void> written = outputs.back().write(bytes); !written) return written;
    progress.bytes_done += bytes.size();
  }
}

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
    const auto is_path = [&](const auto& record) { return directory / record.file == path; };
    const auto is_new = [&](const FileRecord& file) {
      return is_path(file) || std::any_of(file.side_files.begin(), file.side_files.end(), is_path);
    };
    if (std::none_of(encoder.files().begin(), encoder.files().end(), is_new)) {
      fs::remove(path, ignored);
    }
  }
  for (AtomicFile& output : outputs) {
    if (Result<void> committed = output.commit(); !committed) return committed;
  }
  return manifest->commit();
}

}  // namespace

Result<Progress> write_dataset(const Generator& generator, const DatasetOptions& options,
                               const ProgressCallback& progress) {
  Result<DatasetEncoder> encoder = DatasetEncoder::create(generator, options.format);
  if (!encoder) return tl::unexpected(std::move(encoder.error()));
  if (Result<void> ready = prepare_directory(options); !ready) return tl::unexpected(ready.error());
  const fs::path directory = options.output_dir;
  Progress state;
  for (const FileRecord& file : encoder->files()) state.sequences_total += file.sequences;

  std::vector<AtomicFile> outputs;
  for (std::size_t file = 0; file < encoder->files().size(); ++file) {
    Result<void> written = write_file(*encoder, file, options, progress, state, outputs);
    if (written) written = write_side_files(*encoder, file, directory, state, outputs);
    if (!written) return tl::unexpected(written.error());
  }
  if (Result<void> published = publish(directory, outputs, *encoder); !published) {
    return tl::unexpected(published.error());
  }
  return state;
}

}  // namespace synthgen
