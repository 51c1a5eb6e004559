#include "synthgen/dataset/convert.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/converted_files.hpp"
#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/formats/document_index.hpp"
#include "synthgen/formats/encoded_file.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/sequence_file.hpp"
#include "synthgen/io/directory.hpp"
#include "synthgen/io/free_space.hpp"
#include "synthgen/io/input.hpp"
#include "synthgen/io/output/atomic_file.hpp"
#include "synthgen/io/output/output_target.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <tuple>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t convert_batch_tokens = std::uint64_t{1} << 17;

/// What is converted: files, one after another.
using Inputs = std::vector<SequenceFile>;

/// What the readers of all inputs say once they have read them.
struct ReadThrough {
  std::vector<std::string> notes = {};
  std::vector<std::shared_ptr<const DocumentIndex>> documents = {};  ///< null for files without
};

/// Reads the inputs batch by batch; `first` places their share within the whole progress.
template <class Use>
Result<ReadThrough> each_batch(const Inputs& inputs, double first, const ConvertProgress& progress,
                               const Use& use) {
  const double span = 0.5 / static_cast<double>(inputs.size());
  ReadThrough through;
  SequenceBatch batch;
  for (const SequenceFile& file : inputs) {
    const Result<std::unique_ptr<SequenceReader>> reader = file.reader();
    if (!reader) return tl::unexpected(reader.error());
    for (bool more = true; more;) {
      batch.clear();
      const Result<bool> read = (*reader)->read(batch, convert_batch_tokens);
      if (!read) return tl::unexpected(read.error());
      more = *read;
      if (Result<void> used = use(batch); !used) return tl::unexpected(std::move(used.error()));
      const auto size = static_cast<double>(std::max<std::uint64_t>(1, (*reader)->size_bytes()));
      const double share = static_cast<double>((*reader)->bytes_read()) / size;
      if (progress && !progress(first + span * std::min(1.0, share))) {
        return fail(ErrorKind::cancelled, "stopped; no file was written");
      }
    }
    for (const std::string& note : (*reader)->notes()) {
      through.notes.push_back(formatted("{}: {}", file.name(), note));
    }
    through.documents.push_back((*reader)->documents());
    first += span;
  }
  return through;
}

/// The names of all inputs.
std::string names_of(const Inputs& inputs) {
  std::vector<std::string> names;
  for (const SequenceFile& file : inputs) names.push_back(file.name());
  return joined(names, ", ");
}

/// What a first pass over a file finds.
struct Survey {
  FilePlan plan;
  bool has_labels = false;
  bool has_latents = false;
  std::vector<std::string> notes;
};

Result<Survey> survey(const Inputs& inputs, const ConvertOptions& options,
                      const ConvertProgress& progress) {
  Survey found;
  FilePlan& plan = found.plan;
  plan.lengths.shortest = UINT64_MAX;
  plan.tokens = 0;
  Result<ReadThrough> read =
      each_batch(inputs, 0, progress, [&](const SequenceBatch& batch) -> Result<void> {
        for (std::size_t i = 0; i < batch.size(); ++i) {
          const auto content = batch.content(i);
          *plan.tokens += content.size();
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
  found.notes = std::move(read->notes);
  const bool is_grouped = std::any_of(read->documents.begin(), read->documents.end(),
                                      [](const auto& documents) { return documents != nullptr; });
  if (is_grouped && inputs.size() == 1) plan.documents = read->documents.front();
  if (is_grouped && (inputs.size() > 1 || options.format.format != "megatron")) {
    found.notes.push_back(
        "left out how sequences are grouped into documents; megatron keeps that of one input");
  }
  plan.lengths.shortest = std::min(plan.lengths.shortest, plan.lengths.longest);
  if (options.vocab_size && *options.vocab_size < plan.vocab_size) {
    return fail({{"vocab_size", std::to_string(*options.vocab_size),
                  formatted("{} or more: {} has the id {}", plan.vocab_size, names_of(inputs),
                            plan.vocab_size - 1)}});
  }
  plan.vocab_size = options.vocab_size.value_or(plan.vocab_size);
  plan.dataset_vocab_size = plan.vocab_size;
  plan.pad_token = options.pad_token;
  for (const auto& [wanted, found_some, what] :
       {std::tuple(options.format.with_labels, found.has_labels, "labels"),
        std::tuple(options.format.with_latents, found.has_latents, "latents")}) {
    if (wanted && !found_some) {
      return fail(ErrorKind::data, formatted("{}: has no {}", names_of(inputs), what));
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

/// Fails (io) if there is too little space for the size estimated from the first sequences.
Result<void> check_space(const Inputs& input, const EncodedFile& encoded, std::uint64_t sequences,
                         const std::string& directory) {
  const Result<std::unique_ptr<SequenceReader>> reader = input.front().reader();
  if (!reader) return tl::unexpected(reader.error());
  SequenceBatch batch;
  const Result<bool> read = (*reader)->read(batch, convert_batch_tokens);
  if (!read) return tl::unexpected(read.error());
  if (batch.empty()) return {};
  EncodedChunk chunk;
  if (Result<void> made = encoded.encode(batch, chunk); !made) return made;
  const double each = static_cast<double>(chunk.disk_bytes()) / static_cast<double>(batch.size());
  return check_free_space(directory,
                          static_cast<std::uint64_t>(each * static_cast<double>(sequences)));
}

/// The second pass: the sequences, and the file's end.
Result<void> write_sequences(const Inputs& input, OutputFile& file, EncodedFile& encoded,
                             const ConvertProgress& progress, Converted& done) {
  Result<void> written = file.write(encoded.head());
  EncodedChunk chunk;
  if (written) {
    const auto read = each_batch(input, 0.5, progress, [&](const SequenceBatch& batch) {
      Result<void> made = encoded.encode(batch, chunk);
      if (made) made = file.write(chunk.bytes);
      if (made) made = encoded.append(chunk);
      for (std::size_t i = 0; i < batch.size(); ++i) done.tokens += batch.content(i).size();
      done.sequences += batch.size();
      return made;
    });
    if (!read) written = tl::unexpected(read.error());
  }
  for (bool more = true; written && more;) {
    const Result<bool> next = encoded.next_of_tail(chunk.bytes);
    if (!next) return tl::unexpected(next.error());
    more = *next;
    if (more) written = file.write(chunk.bytes);
  }
  return written;
}

/// Fails (io) if the second pass found other sequences than the first one.
Result<void> check_unchanged(const Inputs& input, const FilePlan& plan, const Converted& done) {
  if (done.sequences == plan.sequences) return {};
  return fail(ErrorKind::io, formatted("{}: changed while it was read", names_of(input)));
}

/// Writes to a pipe or device, which has no room for side files.
Result<void> convert_to_stream(const Inputs& input, const OutputTarget& target,
                               const FilePlan& plan, EncodedFile& encoded,
                               const ConvertProgress& progress, Converted& done) {
  double last_share = 0;
  const ConvertProgress noted = [&](double share) {
    last_share = share;
    return !progress || progress(share);
  };
  const Result<std::unique_ptr<OutputFile>> stream =
      open_stream(target, [&] { return !noted(last_share); });
  if (!stream) return tl::unexpected(stream.error());
  Result<void> written = write_sequences(input, **stream, encoded, noted, done);
  if (written) written = (*stream)->commit();
  if (written) written = check_unchanged(input, plan, done);
  done.files = {target.name()};
  for (const SideFile& side : encoded.side_files()) done.left_out_files.push_back(side.name);
  return written;
}

Result<void> convert_to_files(const Inputs& input, const OutputTarget& target,
                              ConvertedFiles& files, const FilePlan& plan, EncodedFile& encoded,
                              const FormatOptions& format, const ConvertProgress& progress,
                              Converted& done) {
  const Result<void> space = check_space(input, encoded, plan.sequences, directory_of(target.file));
  if (!space) return space;
  Result<AtomicFile> main = AtomicFile::create(target.path);
  if (!main) return tl::unexpected(std::move(main.error()));
  Result<void> written = write_sequences(input, *main, encoded, progress, done);
  if (written) written = check_unchanged(input, plan, done);
  if (!written) return written;
  const auto stopped = [&] { return progress && !progress(1); };
  for (const SideFile& side : encoded.side_files()) {
    if (Result<void> added = files.add(side, stopped); !added) return added;
  }
  written = files.publish(std::move(*main), format, stopped);
  done.files = files.written();
  return written;
}

}  // namespace

Result<Converted> convert_sequences(const std::vector<std::string>& inputs,
                                    const ConvertOptions& options,
                                    const ConvertProgress& progress) {
  if (std::vector<Problem> problems = check(options.format); !problems.empty()) {
    return fail(std::move(problems));
  }
  if (options.output.empty() && inputs.size() > 1) {
    return fail({{"output", {}, "is needed where several files become one"}});
  }
  const std::string& input = inputs.front();
  if (input == standard_input && options.output.empty()) {
    return fail({{"output", {}, "is needed where standard input is converted"}});
  }
  if (std::count(inputs.begin(), inputs.end(), standard_input) > 1) {
    return fail(ErrorKind::usage, "standard input is given twice");
  }
  const fs::path output = options.output.empty() ? fs::path(input).parent_path() /
                                                       file_name(options.format, stem_of(input))
                                                 : fs::path(options.output);
  const Result<OutputTarget> target = output_target(output.string());
  if (!target) return tl::unexpected(target.error());
  const FormatEntry& entry = *find_format(options.format.format);
  if (target->is_stream() && !entry.streams) {
    return fail(ErrorKind::usage,
                formatted("{}: is {}, and {} needs a file; formats that need none: {}",
                          target->name(), target->noun(), entry.name,
                          format_names([](const FormatEntry& other) { return other.streams; })));
  }
  std::vector<DatasetFile> sources;
  for (const std::string& each : inputs) sources.push_back({.path = each});
  ConvertedFiles files(output, files_read(sources), options.overwrite);
  if (Result<void> free = files.check(output); !free) return tl::unexpected(free.error());

  Inputs source;
  for (const std::string& each : inputs) {
    Result<SequenceFile> file =
        SequenceFile::open(each, {.max_line = options.max_line, .hints = options.hints});
    if (!file) return tl::unexpected(std::move(file.error()));
    source.push_back(std::move(*file));
  }
  Result<Survey> found = survey(source, options, progress);
  if (!found) return tl::unexpected(std::move(found.error()));
  FilePlan& plan = found->plan;
  plan.stem = target->is_stream() ? stem_of(input) : output.stem().string();
  plan.spool_directory = target->is_stream() ? "" : output.parent_path().string();
  FormatOptions format = options.format;
  format.with_labels = found->has_labels;
  format.with_latents = found->has_latents && entry.latents;
  Result<EncodedFile> encoded = EncodedFile::create(format, plan);
  if (!encoded) return tl::unexpected(std::move(encoded.error()));

  Converted done;
  done.lacks_latents = found->has_latents && !entry.latents;
  done.input_notes = std::move(found->notes);
  done.notes = format_notes(format, plan);
  const Result<void> written =
      target->is_stream()
          ? convert_to_stream(source, *target, plan, *encoded, progress, done)
          : convert_to_files(source, *target, files, plan, *encoded, format, progress, done);
  if (!written) return tl::unexpected(written.error());
  return done;
}

}  // namespace synthgen
