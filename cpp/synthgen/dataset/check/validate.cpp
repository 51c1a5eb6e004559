#include "synthgen/dataset/check/validate.hpp"

#include "synthgen/analyze/hashing/content_index.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/sequence_file.hpp"
#include "synthgen/io/input.hpp"
#include "synthgen/io/whole_file.hpp"

#include <algorithm>

namespace synthgen {

/// Finds the sequences that are equal to an earlier one, of their split or of another.
class Validator::EqualSequences {
 public:
  /// Keeps the places of the first `places` of each kind. Without a file system, memory beyond the
  /// limit is used, so that every equal sequence is found.
  EqualSequences(std::uint64_t memory_limit_bytes, std::size_t places)
      : contents_({.bytes = can_spill ? memory_limit_bytes / 2 : UINT64_MAX}), places_(places) {}

  /// Names the source of the next sequences, such as a file, and its split, which may be empty. At
  /// most 2^24 sources.
  void open(std::string name, std::string split) {
    sources_.push_back({std::move(name), std::move(split)});
  }

  /// Adds a sequence of the last source; lines ascend and are below 2^40. Fails (io) as
  /// `ContentIndex` does.
  Result<void> add(std::span<const std::uint32_t> content, std::uint64_t line);

  struct Found {
    FaultTally duplicates;
    FaultTally overlaps;
  };
  /// What was found so far. Fails (io) as `ContentIndex` does.
  Result<Found> find();

 private:
  struct Source {
    std::string name;
    std::string split;
  };
  /// A sequence's place and that of the earlier one that it equals.
  struct Pair {
    std::uint64_t place;
    std::uint64_t like;

    friend auto operator<=>(const Pair&, const Pair&) = default;
  };
  struct Pairs {
    std::uint64_t count = 0;
    std::vector<Pair> first;  ///< by ascending place

    void add(Pair pair, std::size_t places);
  };
  const Source& source_of(std::uint64_t place) const;
  std::string text_of(std::uint64_t place) const;
  FaultTally tally(FaultKind kind, const Pairs& pairs) const;

  ContentIndex contents_;
  std::size_t places_;
  std::vector<Source> sources_;
};

namespace {

/// A place is a number that ascends from sequence to sequence: the source in the upper 24 bits, the
/// line in the lower 40.
constexpr unsigned line_bits = 40;

constexpr std::uint64_t line_of(std::uint64_t place) {
  return place & ((std::uint64_t{1} << line_bits) - 1);
}

}  // namespace

const Validator::EqualSequences::Source& Validator::EqualSequences::source_of(
    std::uint64_t place) const {
  return sources_[static_cast<std::size_t>(place >> line_bits)];
}

std::string Validator::EqualSequences::text_of(std::uint64_t place) const {
  return Fault::place_text(source_of(place).name, line_of(place));
}

void Validator::EqualSequences::Pairs::add(Pair pair, std::size_t places) {
  ++count;
  first.insert(std::upper_bound(first.begin(), first.end(), pair), pair);
  if (first.size() > places) first.pop_back();
}

Result<void> Validator::EqualSequences::add(std::span<const std::uint32_t> content,
                                            std::uint64_t line) {
  return contents_.add(content,
                       static_cast<std::uint64_t>(sources_.size() - 1) << line_bits | line);
}

FaultTally Validator::EqualSequences::tally(FaultKind kind, const Pairs& pairs) const {
  FaultTally tally;
  tally.count = pairs.count;
  for (const Pair& pair : pairs.first) {
    tally.first.push_back({kind, source_of(pair.place).name, line_of(pair.place),
                           "has the ids of " + text_of(pair.like)});
  }
  return tally;
}

Result<Validator::EqualSequences::Found> Validator::EqualSequences::find() {
  Pairs duplicates;
  Pairs overlaps;
  std::vector<std::uint64_t> seen;  // of the group of equal sequences, the first of each split
  const Result<double> visited = contents_.visit([&](std::uint64_t place, bool repeated) {
    if (!repeated) seen.clear();
    const auto same_split = [&](std::uint64_t other) {
      return source_of(other).split == source_of(place).split;
    };
    const auto earlier = std::find_if(seen.begin(), seen.end(), same_split);
    if (earlier != seen.end()) duplicates.add({place, *earlier}, places_);
    const auto elsewhere = std::find_if_not(seen.begin(), seen.end(), same_split);
    if (elsewhere != seen.end()) overlaps.add({place, *elsewhere}, places_);
    if (earlier == seen.end()) seen.push_back(place);
  });
  if (!visited) return tl::unexpected(visited.error());
  return Found{tally(FaultKind::duplicate, duplicates), tally(FaultKind::split_overlap, overlaps)};
}

Validator::Validator(const ValidationOptions& options)
    : options_(options),
      equal_(std::make_unique<EqualSequences>(options.memory_limit_bytes, options.places)) {}

Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;
Validator::~Validator() = default;

Result<ValidationOptions> read_validation_options(const Json& object) {
  std::vector<Problem> problems;
  ValidationOptions options;
  JsonObject fields(JsonField(object, "", problems), "an object of limits");
  const SequenceLimits limits = read_limits(fields);
  options.vocab_size = limits.vocab_size;
  options.min_length = limits.min_length;
  options.max_length = limits.max_length;
  fields.optional("allow_duplicates").boolean(options.allow_duplicates);
  fields.refuse_unknown();
  if (!problems.empty()) return fail(std::move(problems));
  return options;
}

Result<Validator> Validator::create(const ValidationOptions& options) {
  std::vector<Problem> problems;
  const auto at_least = [&](const char* key, std::optional<std::int64_t> value,
                            std::int64_t minimum) {
    if (!value || *value >= minimum) return;
    problems.push_back({key, std::to_string(*value), formatted("an integer from {} up", minimum)});
  };
  at_least("vocab_size", options.vocab_size, 1);
  at_least("min_length", options.min_length, 0);
  at_least("max_length", options.max_length,
           std::max<std::int64_t>(0, options.min_length.value_or(0)));
  if (!problems.empty()) return fail(std::move(problems));
  return Validator(options);
}

void Validator::count(Fault fault) {
  report_.count(std::move(fault), options_.places);
}

void Validator::open(const std::string& name, std::string split, const SequenceLimits& own_limits) {
  const auto either = [](std::optional<std::int64_t> given, std::optional<std::int64_t> own) {
    return given ? given : own;
  };
  limits_ = {.vocab_size = either(options_.vocab_size, own_limits.vocab_size),
             .min_length = either(options_.min_length, own_limits.min_length),
             .max_length = either(options_.max_length, own_limits.max_length)};
  equal_->open(name, std::move(split));
  name_ = name;
}

Result<void> Validator::check(std::span<const std::uint32_t> content, std::uint64_t line) {
  ++report_.num_sequences;
  check_sequence(content, limits_, *name_, line, [&](Fault fault) { count(std::move(fault)); });
  if (content.empty()) return {};
  if (options_.allow_duplicates && options_.allow_overlap) return {};
  return equal_->add(content, line);
}

Result<void> Validator::report_unreadable(const std::string& path, const Error& error) {
  if (error.kind != ErrorKind::data) return tl::unexpected(error);
  std::string_view message = error.message;
  if (message.starts_with(path + ": ")) message.remove_prefix(path.size() + 2);
  count({FaultKind::malformed, path, 0, std::string(message)});
  return {};
}

Result<std::optional<Validator::Counts>> Validator::add_opened(
    const Result<std::unique_ptr<SequenceReader>>& reader, const std::string& path,
    const FileProgress& progress) {
  Result<Counts> counts = reader ? add(**reader, progress) : tl::unexpected(reader.error());
  if (counts) return *counts;
  if (Result<void> told = report_unreadable(path, counts.error()); !told) {
    return tl::unexpected(std::move(told.error()));
  }
  return std::nullopt;
}

Result<void> Validator::add_file(const DatasetFile& file, const FileProgress& progress) {
  const std::string name = input_name(file.path);
  open(name, file.split, file.limits);
  const Result<SequenceFile> input = SequenceFile::open(
      file.path, {.max_line = options_.max_line, .once = true, .hints = options_.hints});
  const Result<std::optional<Counts>> counts =
      add_opened(input ? input->reader() : tl::unexpected(input.error()), name, progress);
  if (!counts) return tl::unexpected(counts.error());
  return *counts && file.record ? compare(file, **counts) : Result<void>();
}

Result<void> Validator::add_bytes(std::string_view bytes, const std::string& name) {
  open(name, {}, {});
  const Result<std::optional<Counts>> counts = add_opened(open_sequences_in(bytes, name), name, {});
  return counts ? Result<void>() : tl::unexpected(counts.error());
}

Result<void> Validator::add_text(std::string_view text, const std::string& name,
                                 std::uint64_t first_line) {
  JsonlReader reader = JsonlReader::of_text(text, name);
  if (first_line == 1 || name_ != name) open(name, {}, {});
  const Result<Counts> counts = add(reader, {}, first_line - 1);
  return counts ? Result<void>() : tl::unexpected(counts.error());
}

Result<Validator::Counts> Validator::add(SequenceReader& reader, const FileProgress& progress,
                                         std::uint64_t lines_before) {
  constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
  SequenceBatch batch;
  std::vector<std::uint64_t> lines;
  Counts counts;
  for (bool more = true; more;) {
    batch.clear();
    lines.clear();
    const Result<bool> read = reader.read(batch, batch_tokens, &lines, [&](Fault fault) {
      fault.line += lines_before;
      count(std::move(fault));
    });
    if (!read) return tl::unexpected(read.error());
    more = *read;
    counts.sequences += batch.size();
    counts.tokens += batch.tokens.size();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (Result<void> checked = check(batch.content(i), lines[i] + lines_before); !checked) {
        return tl::unexpected(checked.error());
      }
    }
    if (progress) progress(reader.bytes_read(), reader.size_bytes());
  }
  add_notes(reader);
  return counts;
}

void Validator::add_notes(const SequenceReader& reader) {
  constexpr std::size_t most = 100;
  for (const std::string& note : reader.notes()) {
    std::string text = formatted("{}: {}", *name_, note);
    std::vector<std::string>& notes = report_.notes;
    const bool is_known = std::find(notes.begin(), notes.end(), text) != notes.end();
    if (!is_known && notes.size() < most) notes.push_back(std::move(text));
  }
}

Result<void> Validator::add(const SequenceBatch& batch) {
  if (name_ != "") open({}, {}, {});
  for (std::size_t i = 0; i < batch.size(); ++i) {
    Result<void> checked = check(batch.content(i), report_.num_sequences + 1);
    if (!checked) return checked;
  }
  return {};
}

void Validator::compare_number(const std::string& path, const char* what, std::uint64_t found,
                               std::uint64_t recorded, const std::string& manifest) {
  if (found == recorded) return;
  count({FaultKind::manifest_mismatch, path, 0,
         formatted("has {}; {} says {}", counted(found, what), manifest, recorded)});
}

Result<void> Validator::compare_bytes(const std::string& path, const SideRecord& record,
                                      const std::string& manifest) {
  const Result<FileDigest> digest = digest_of_file(path);
  if (!digest) return tl::unexpected(digest.error());
  compare_number(path, "byte", digest->bytes, record.bytes, manifest);
  if (digest->bytes == record.bytes && digest->checksum != record.checksum) {
    count({FaultKind::checksum_mismatch, path, 0,
           formatted("has the checksum {}; {} says {}", digest->checksum, manifest,
                     record.checksum)});
  }
  return {};
}

Result<void> Validator::compare(const DatasetFile& file, const Counts& counts) {
  const FileRecord& record = *file.record;
  Result<void> compared =
      compare_bytes(file.path, {record.file, record.bytes, record.checksum}, file.manifest);
  if (!compared) return compared;
  compare_number(file.path, "sequence", counts.sequences, record.sequences, file.manifest);
  compare_number(file.path, "token", counts.tokens, record.tokens, file.manifest);
  const std::string directory = file.path.substr(0, file.path.rfind('/') + 1);
  for (const SideRecord& side : record.side_files) {
    compared = compare_bytes(directory + side.file, side, file.manifest);
    if (!compared) return compared;
  }
  return {};
}

Result<ValidationReport> Validator::report() {
  Result<EqualSequences::Found> found = equal_->find();
  if (!found) return tl::unexpected(std::move(found.error()));
  ValidationReport report = report_;
  if (!options_.allow_duplicates) report[FaultKind::duplicate] = std::move(found->duplicates);
  if (!options_.allow_overlap) report[FaultKind::split_overlap] = std::move(found->overlaps);
  return report;
}

Result<ValidationReport> validate_synthetic_data(const SequenceBatch& batch,
                                                 const ValidationOptions& options) {
  Result<Validator> validator = Validator::create(options);
  if (!validator) return tl::unexpected(std::move(validator.error()));
  if (Result<void> added = validator->add(batch); !added) return tl::unexpected(added.error());
  return validator->report();
}

}  // namespace synthgen
