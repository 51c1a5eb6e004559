#include "synthgen/formats/encoded_file.hpp"
#include "synthgen/formats/file_plan.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/compression.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::Tokens;
using testing::value_of;

/// A file of a format and what belongs to it, in memory.
struct FileInMemory {
  std::string bytes;
  std::map<std::string, std::string> side_files;  ///< by what follows the stem
};

/// Encodes the batches as chunks, in order.
FileInMemory file_in_memory(const FormatOptions& options, const FilePlan& plan,
                            const std::vector<SequenceBatch>& batches) {
  EncodedFile encoded = value_of(EncodedFile::create(options, plan));
  FileInMemory made{encoded.head(), {}};
  EncodedChunk chunk;
  for (const SequenceBatch& batch : batches) {
    value_of(encoded.encode(batch, chunk));
    value_of(encoded.append(chunk));
    made.bytes += chunk.bytes;
  }
  while (value_of(encoded.next_of_tail(chunk.bytes))) made.bytes += chunk.bytes;
  for (const SideFile& side : encoded.side_files()) {
    std::string& bytes = made.side_files[side.name.substr(plan.stem.size())];
    while (value_of(side.bytes->next(chunk.bytes))) bytes += chunk.bytes;
  }
  return made;
}

Result<std::unique_ptr<SequenceReader>> opened(const FormatOptions& options,
                                               const FileInMemory& made) {
  const FormatEntry& format = *find_format(options.format);
  std::map<std::string, std::string_view> others(made.side_files.begin(), made.side_files.end());
  const auto file =
      bytes_of_text(made.bytes, "data" + std::string(format.extension), std::move(others));
  if (!format.is_text()) return format.open(file, {});
  return format.open_lines(options.compress.empty()
                               ? lines_of_text(made.bytes)
                               : lines_of(value_of(decompressed(stream_of(file)))),
                           "data");
}

/// The sequences without their padding.
std::vector<Tokens> contents(const SequenceBatch& batch) {
  std::vector<Tokens> all;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    all.emplace_back(batch.content(i).begin(), batch.content(i).end());
  }
  return all;
}

/// Reads in small steps, so that every buffer ends somewhere within.
std::vector<Tokens> read_back(const FormatOptions& options, const FileInMemory& made) {
  const auto reader = value_of(opened(options, made));
  std::vector<Tokens> all;
  for (bool more = true; more;) {
    SequenceBatch batch;
    more = value_of(reader->read(batch, 100));
    for (Tokens& sequence : contents(batch)) all.push_back(std::move(sequence));
  }
  return all;
}

/// The labels of each sequence, as a table has them: -100 where there are none.
std::vector<std::vector<std::int64_t>> scored(const SequenceBatch& batch) {
  std::vector<std::vector<std::int64_t>> all;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto labels = batch.labels_of(i);
    all.emplace_back(labels.begin(), labels.end());
    all.back().resize(batch.content(i).size(), ignored_label);
  }
  return all;
}

/// Every way of writing that takes these sequences.
std::vector<FormatOptions> ways(const FilePlan& plan) {
  std::vector<FormatOptions> all;
  const std::uint64_t largest = std::max<std::uint64_t>(plan.vocab_size - 1, plan.pad_token);
  for (const FormatEntry* entry : formats()) {
    FormatOptions options{.format = std::string(entry->name)};
    if (entry->separator) {
      if (plan.lengths.equal()) all.push_back(options);
      options.separator = static_cast<std::uint32_t>(plan.vocab_size);
      options.separator_first = true;
      all.push_back(options);
      options.separator_first = false;
    }
    all.push_back(options);
    for (const Dtype dtype : entry->dtypes) {
      options.dtype = name(dtype);
      if (std::max(largest, plan.vocab_size) <= largest_id(dtype)) all.push_back(options);
    }
    options.dtype.clear();
    for (const Compression& way : compressions) {
      options.compress = way.name;
      if (entry->is_text() && can_compress()) all.push_back(options);
    }
  }
  return all;
}

TEST(FormatRoundTrip, EveryFormatGivesTheTokensOfRandomConfigsBack) {
  PhiloxEngine random(20250101);
  const auto below = [&](std::uint32_t bound) { return random() % bound; };
  constexpr const char* families[] = {"random", "pattern", "hierarchical", "conditional",
                                      "template"};
  constexpr const char* fills[] = {"pad", "cycle", "natural"};
  constexpr std::int64_t vocabularies[] = {30, 60000, 65536, 65537, 3000000, 2147483647};
  for (int round = 0; round < 12; ++round) {
    const Json changes = {
        {"generator", families[below(5)]}, {"vocab_size", vocabularies[below(6)]},
        {"seq_length", 1 + below(60)},     {"length_variation", below(2) == 0 ? 0.0 : 0.7},
        {"pad_token", below(100)},         {"template_fill", fills[below(3)]},
        {"num_train", 1 + below(120)},     {"seed", random()}};
    const Generator generator = generator_of(
        R"({"num_conditions": 3, "templates": [[1, 2, "RANDOM"], ["PATTERN", 7]]})", changes);
    const auto sequences = static_cast<std::uint64_t>(generator.config().num_train);
    FilePlan plan = plan_of(generator, Split::train, "train", sequences);
    plan.tokens = 0;
    std::vector<SequenceBatch> batches;
    std::vector<Tokens> expected;
    for (std::uint64_t first = 0; first < sequences; first += 17) {
      value_of(generator.generate(Split::train, first,
                                  std::min<std::uint64_t>(17, sequences - first),
                                  batches.emplace_back()));
      for (Tokens& sequence : contents(batches.back())) expected.push_back(std::move(sequence));
    }
    for (const Tokens& sequence : expected) *plan.tokens += sequence.size();
    for (const FormatOptions& options : ways(plan)) {
      SCOPED_TRACE(changes.dump() + " " + options.format + " " + options.dtype + options.compress);
      EXPECT_EQ(read_back(options, file_in_memory(options, plan, batches)), expected);
    }
  }
}

TEST(FormatRoundTrip, FilesWithoutSequencesAndEmptySequencesComeBack) {
  for (const bool with_sequences : {false, true}) {
    FilePlan plan{
        .stem = "train", .sequences = with_sequences ? 3U : 0U, .lengths = {}, .vocab_size = 8};
    std::vector<SequenceBatch> batches;
    std::vector<Tokens> expected;
    if (with_sequences) {
      plan.lengths = {0, 2};
      plan.tokens = 2;
      batches.push_back(testing::batch_of({{}, {7, 1}, {}}));
      expected = {{}, {7, 1}, {}};
    }
    for (const FormatOptions& options : ways(plan)) {
      SCOPED_TRACE(options.format);
      EXPECT_EQ(read_back(options, file_in_memory(options, plan, batches)), expected);
    }
  }
}

TEST(FormatRoundTrip, LengthsThatNoLongerFitInMemoryAreKept) {
  constexpr std::uint32_t sequences = 600000;
  FilePlan plan{.stem = "train", .sequences = sequences, .lengths = {1, 2}, .vocab_size = 3};
  std::vector<SequenceBatch> batches(3);
  std::uint64_t tokens = 0;
  for (std::uint32_t i = 0; i < sequences; ++i) {
    for (std::uint32_t& id : batches[i / 200000].append(1 + i % 2)) id = i % 3;
    tokens += 1 + i % 2;
  }
  const FormatOptions options{.format = "npy"};
  const FileInMemory made = file_in_memory(options, plan, batches);
  const SequenceBatch all = value_of(value_of(opened(options, made))->read_all());
  ASSERT_EQ(all.size(), sequences);
  ASSERT_EQ(all.tokens.size(), tokens);
  EXPECT_EQ(all[sequences - 1].size(), 2U);
  EXPECT_EQ(all[sequences - 2].size(), 1U);
}

TEST(FormatRoundTrip, LabelsComeBackFromEveryFormat) {
  const std::vector<SequenceBatch> batches{testing::labelled_batch(5, 70),
                                           testing::labelled_batch(6, 31)};
  std::vector<Tokens> expected;
  std::vector<std::vector<std::int64_t>> expected_labels;
  for (const SequenceBatch& batch : batches) {
    for (Tokens& sequence : contents(batch)) expected.push_back(std::move(sequence));
    for (auto& labels : scored(batch)) expected_labels.push_back(std::move(labels));
  }
  const FilePlan plan{
      .stem = "train", .sequences = 101, .lengths = {0, 40}, .vocab_size = std::uint64_t{1} << 32};
  int formats_tried = 0;
  for (const FormatEntry* entry : formats()) {
    if (entry->needs_separator) continue;  // no id is left for a separator
    ++formats_tried;
    const FormatOptions options{.format = std::string(entry->name), .with_labels = true};
    SCOPED_TRACE(options.format);
    const FileInMemory made = file_in_memory(options, plan, batches);
    EXPECT_EQ(read_back(options, made), expected);
    EXPECT_EQ(scored(value_of(value_of(opened(options, made))->read_all())), expected_labels);
  }
  EXPECT_EQ(formats_tried, 6);
}

TEST(FormatRoundTrip, JsonlKeepsApartWhatHasNoLabels) {
  SequenceBatch batch = testing::batch_of({{1, 2}});
  batch.append(Tokens{3});
  batch.set_labels(std::vector<std::int64_t>{ignored_label});
  batch.append(Tokens{4});
  batch.set_labels({});
  const FilePlan plan{.stem = "train", .sequences = 3, .lengths = {1, 2}, .vocab_size = 5};
  const FormatOptions options{.with_labels = true};
  const FileInMemory made = file_in_memory(options, plan, {batch});
  EXPECT_EQ(made.bytes,
            "{\"input_ids\":[1,2]}\n{\"input_ids\":[3],\"labels\":[-100]}\n{\"input_ids\":[4]}\n");
  const SequenceBatch back = value_of(value_of(opened(options, made))->read_all());
  EXPECT_TRUE(back.labels_of(0).empty());
  EXPECT_EQ(back.labels_of(1).size(), 1U);
  EXPECT_TRUE(back.labels_of(2).empty());
}

TEST(FormatRoundTrip, LabelsThatATablesTypeCannotHoldAreRefused) {
  SequenceBatch batch = testing::batch_of({{1}});
  batch.set_labels(std::vector<std::int64_t>{std::int64_t{1} << 31});
  const FilePlan plan{.stem = "train", .sequences = 1, .lengths = {1, 1}, .vocab_size = 5};
  const EncodedFile encoded =
      value_of(EncodedFile::create({.format = "npy", .with_labels = true}, plan));
  EncodedChunk chunk;
  const Result<void> made = encoded.encode(batch, chunk);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().message, "train: the label 2147483648 is more than int32 holds");
}

TEST(Formats, WhatOneCannotCarryIsRefusedWithThoseThatCan) {
  const FilePlan plan{.stem = "train", .sequences = 1, .lengths = {2, 3}, .vocab_size = 70000};
  const auto message = [&](const FormatOptions& options) {
    const auto encoder = make_encoder(options, plan);
    EXPECT_FALSE(encoder);
    if (encoder) return std::string();
    EXPECT_EQ(encoder.error().kind, ErrorKind::usage);
    return encoder.error().message;
  };
  EXPECT_EQ(message({.format = "npy", .with_latents = true}),
            "latents: not with npy; formats that can: jsonl");
  EXPECT_EQ(message({.format = "csv", .with_latents = true}),
            "latents: not with csv; formats that can: jsonl");
  EXPECT_EQ(message({.format = "jsonl", .separator = 5}),
            "separator: got 5; allowed: not with jsonl; formats that can: bin, llmc, megatron");
  EXPECT_EQ(message({.format = "bin", .separator_first = true}),
            "separator_first: only with a separator");
  EXPECT_NE(message({.format = "llmc", .separator = 70000}).find("must be known before"),
            std::string::npos);
  EXPECT_EQ(message({.format = "csv", .dtype = "int32"}),
            "dtype: got int32; allowed: not with csv; formats that can: npy, pt, safetensors, "
            "megatron");
  EXPECT_EQ(message({.format = "npy", .dtype = "uint16"}),
            "dtype: got uint16; allowed: a type that holds every id up to 69999");
  EXPECT_EQ(
      message({.format = "bin"}),
      "separator: train: sequences differ in length, so bin needs an id between them; formats "
      "that need none: jsonl, npy, pt, safetensors, megatron, csv");
  EXPECT_EQ(message({.format = "bin", .separator = 69999}),
            "separator: got 69999; allowed: an id that is not in the vocabulary: 70000 or more");
}

}  // namespace
}  // namespace synthgen
