#include "synthgen/dataset/convert.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/encoded_file.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/atomic_file.hpp"
#include "synthgen/io/byte_file.hpp"
#include "synthgen/io/free_space.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <tuple>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t convert_batch_tokens = std::uint64_t{1} << 17;

/// Reads a file batch by batch; `first` and `span` place its share within the whole progress.
template <class Use>
Result<void> each_batch(const std::string& path, double first, const ConvertProgress& progress,
                        const Use& use) {
  constexpr double span = 0.5;
  const Result<std::unique_ptr<SequenceReader>> reader = open_sequences(path);
  if (!reader) return tl::unexpected(reader.error());
  SequenceBatch batch;
  for (bool more = true; more;) {
    batch.clear();
    const Result<bool> read = (*reader)->read(batch, convert_batch_tokens);
    if (!read) return tl::unexpected(read.error());
    more = *read;
    if (Result<void> used = use(batch); !used) return used;
    const auto size = static_cast<double>(std::max<std::uint64_t>(1, (*reader)->size_bytes()));
    const double share = static_cast<double>((*reader)->bytes_read()) / size;
    if (progress && !progress(first + span * std::min(1.0, share))) {
      return fail(ErrorKind::cancelled, "stopped; no file was written");
    }
  }
  return {};
}

/// What a first pass over a file finds.
struct Survey {
  FilePlan plan;
  bool has_labels = false;
  bool has_latents = false;
};

Result<Survey> survey(const std::string& input, const ConvertOptions& options,
                      const ConvertProgress& progress) {
  Survey found;
  FilePlan& plan = found.plan;
  plan.lengths.shortest = UINT64_MAX;
  Result<void> read =
      each_batch(input, 0, progress, [&](const SequenceBatch& batch) -> Result<void> {
        for (std::size_t i = 0; i < batch.size(); ++i) {
          const auto content = batch.content(i);
          plan.lengths.shortest = std::min<std::uint64_t>(plan.lengths.shortest, content.size());
          plan.lengths.longest = std::max<std::uint64_t>(plan.lengths.longest, content.size());
          for (const std::uint32_t id : content) {
            plan.vocab_size = std::max(plan.vocab_size, std::uint64_t{id} + 1);
          }
          found.has_labels = found.has_labels || !batch.labels_of(i).empty();
          found.has_latents = found.has_latents || batch.latents_of(i) != nullptr;
        }
        plan.sequences += batch.size();
        return {};
      });
  if (!read) return tl::unexpected(read.error());
  plan.lengths.shortest = std::min(plan.lengths.shortest, plan.lengths.longest);
  if (options.vocab_size && *options.vocab_size < plan.vocab_size) {
    return fail(
        {{"vocab_size", std::to_string(*options.vocab_size),
          formatted("{} or more: {} has the id {}", plan.vocab_size, input, plan.vocab_size - 1)}});
  }
  plan.vocab_size = options.vocab_size.value_or(plan.vocab_size);
  plan.dataset_vocab_size = plan.vocab_size;
  plan.pad_token = options.pad_token;
  for (const auto& [wanted, found_some, what] :
       {std::tuple(options.format.with_labels, found.has_labels, "labels"),
        std::tuple(options.format.with_latents, found.has_latents, "latents")}) {
    if (wanted && !found_some) {
      return fail(ErrorKind::data, formatted("{}: has no {}", input, what));
    }
  }
  return found;
}

/// The input's name without the ending of a format.
std::string stem_of(const fs::path& path) {
  const std::string name = path.filename().string();
  std::size_t longest = 0;
  for (const std::string& ending : main_file_names({})) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      longest = std::max(longest, ending.size());
    }
  }
  return longest == 0 ? path.stem().string() : name.substr(0, name.size() - longest);
}

Result<void> check_output(const std::vector<fs::path>& read, const fs::path& path, bool overwrite) {
  Result<void> free = check_is_not_read(path, read, "--output");
  std::error_code ignored;
  if (!free || overwrite || !fs::exists(path, ignored)) return free;
  return fail(ErrorKind::usage,
              formatted("{}: exists already; give --force to replace it, or another --output",
                        path.string()));
}

/// Writes a source's bytes to a file without committing it.
Result<AtomicFile> written_file(const fs::path& path, ByteSource& source) {
  Result<AtomicFile> file = AtomicFile::create(path.string());
  if (!file) return file;
  for (std::string bytes;;) {
    const Result<bool> more = source.next(bytes);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return file;
    if (Result<void> written = file->write(bytes); !written) return tl::unexpected(written.error());
  }
}

/// Whether two files have the same bytes, such as a meta.pkl that several files share.
bool are_equal(const fs::path& one, const AtomicFile& other) {
  const auto first = open_bytes(one.string());
  const auto second = open_bytes(other.temporary());
  if (!first || !second || (*first)->size() != (*second)->size()) return false;
  constexpr std::uint64_t step = 1 << 16;
  for (std::uint64_t at = 0; at < (*first)->size(); at += step) {
    const Result<std::string> left = (*first)->read_start(at, step);
    const Result<std::string> right = (*second)->read_start(at, step);
    if (!left || !right || *left != *right) return false;
  }
  return true;
}

/// Fails (io) if there is too little space for the size estimated from the first sequences.
Result<void> check_space(const std::string& input, const EncodedFile& encoded,
                         std::uint64_t sequences, const fs::path& directory) {
  const Result<std::unique_ptr<SequenceReader>> reader = open_sequences(input);
  if (!reader) return tl::unexpected(reader.error());
  SequenceBatch batch;
  const Result<bool> read = (*reader)->read(batch, convert_batch_tokens);
  if (!read) return tl::unexpected(read.error());
  if (batch.empty()) return {};
  EncodedChunk chunk;
  if (Result<void> made = encoded.encode(batch, chunk); !made) return made;
  const double each = static_cast<double>(chunk.disk_bytes()) / static_cast<double>(batch.size());
  return check_free_space(directory.empty() ? "." : directory.string(),
                          static_cast<std::uint64_t>(each * static_cast<double>(sequences)));
}

/// The second pass: the sequences, and the file's end.
Result<AtomicFile> write_sequences(const std::string& input, const fs::path& path,
                                   EncodedFile& encoded, const ConvertProgress& progress,
                                   Converted& done) {
  Result<AtomicFile> file = AtomicFile::create(path.string());
  if (!file) return file;
  Result<void> written = file->write(encoded.head());
  EncodedChunk chunk;
  if (written) {
    written = each_batch(input, 0.5, progress, [&](const SequenceBatch& batch) -> Result<void> {
      Result<void> made = encoded.encode(batch, chunk);
      if (made) made = file->write(chunk.bytes);
      if (made) made = encoded.append(chunk);
      for (std::size_t i = 0; i < batch.size(); ++i) done.tokens += batch.content(i).size();
      done.sequences += batch.size();
      return made;
    });
  }
  for (bool more = true; written && more;) {
    const Result<bool> next = encoded.next_of_tail(chunk.bytes);
    if (!next) return tl::unexpected(next.error());
    more = *next;
    if (more) written = file->write(chunk.bytes);
  }
  if (!written) return tl::unexpected(written.error());
  return file;
}

}  // namespace

Result<Converted> convert_sequences(const std::string& input, const ConvertOptions& options,
                                    const ConvertProgress& progress) {
  if (std::vector<Problem> problems = check(options.format); !problems.empty()) {
    return fail(std::move(problems));
  }
  std::error_code ignored;
  if (fs::exists(input, ignored) && !fs::is_regular_file(input, ignored)) {
    return fail(ErrorKind::usage,
                formatted("{}: is not a regular file; conversion reads its input twice", input));
  }
  const fs::path output = options.output.empty() ? fs::path(input).parent_path() /
                                                       file_name(options.format, stem_of(input))
                                                 : fs::path(options.output);
  const std::vector<fs::path> read = files_read_with(input);
  if (Result<void> free = check_output(read, output, options.overwrite); !free) {
    return tl::unexpected(free.error());
  }
  Result<Survey> found = survey(input, options, progress);
  if (!found) return tl::unexpected(std::move(found.error()));
  FilePlan& plan = found->plan;
  plan.stem = output.stem().string();
  plan.spool_directory = output.parent_path().string();
  const FormatEntry& target = *find_format(options.format.format);
  FormatOptions format = options.format;
  format.with_labels = found->has_labels && target.labels;
  format.with_latents = found->has_latents && target.latents;
  Result<EncodedFile> encoded = EncodedFile::create(format, plan);
  if (!encoded) return tl::unexpected(std::move(encoded.error()));

  const Result<void> space = check_space(input, *encoded, plan.sequences, output.parent_path());
  if (!space) return tl::unexpected(space.error());

  Converted done;
  done.lacks_labels = found->has_labels && !target.labels;
  done.lacks_latents = found->has_latents && !target.latents;
  std::vector<AtomicFile> files;
  Result<AtomicFile> main = write_sequences(input, output, *encoded, progress, done);
  if (!main) return tl::unexpected(std::move(main.error()));
  if (done.sequences != plan.sequences) {
    return fail(ErrorKind::io, formatted("{}: changed while it was read", input));
  }
  files.push_back(std::move(*main));
  done.files.push_back(output.string());
  for (const SideFile& side : encoded->side_files()) {
    const fs::path path = output.parent_path() / side.name;
    Result<AtomicFile> file = written_file(path, *side.bytes);
    if (!file) return tl::unexpected(std::move(file.error()));
    if (are_equal(path, *file)) continue;
    if (Result<void> free = check_output(read, path, options.overwrite); !free) {
      return tl::unexpected(free.error());
    }
    files.push_back(std::move(*file));
    done.files.push_back(path.string());
  }
  std::vector<fs::path> stale = side_files_read_with(output, options.format);
  std::erase_if(stale, [&](const fs::path& path) {
    const auto& names = done.files;
    return !fs::exists(path, ignored) ||
           std::find(names.begin(), names.end(), path.string()) != names.end();
  });
  for (const fs::path& path : stale) {
    if (Result<void> free = check_output(read, path, options.overwrite); !free) {
      return tl::unexpected(free.error());
    }
  }
  for (const fs::path& path : stale) fs::remove(path, ignored);
  for (AtomicFile& file : files) {
    if (Result<void> committed = file.commit(); !committed) {
      return tl::unexpected(committed.error());
    }
  }
  return done;
}

}  // namespace synthgen
