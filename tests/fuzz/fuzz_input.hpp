#pragma once

// What the fuzzer and the tests of its corpus do with an input. Its first byte names the reader,
// the rest is what it reads; where a reader takes two files, the next two bytes are the size of the
// second one, which comes first.

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/curriculum/curriculum.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/write/run_journal.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen::fuzzing {

/// A file and its side file.
struct Files {
  std::string_view main;
  std::string_view side;
};

inline Files split(std::string_view bytes) {
  if (bytes.size() < 2) return {bytes, {}};
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0])) |
                    static_cast<std::size_t>(static_cast<unsigned char>(bytes[1])) << 8;
  bytes.remove_prefix(2);
  return {bytes.substr(std::min(size, bytes.size())), bytes.substr(0, size)};
}

inline std::shared_ptr<const ByteFile> with_side_file(std::string_view bytes, const char* ending) {
  const Files files = split(bytes);
  std::map<std::string, std::string_view> others;
  if (!files.side.empty()) others[ending] = files.side;
  return bytes_of_text(files.main, "data.bin", std::move(others));
}

inline Result<std::unique_ptr<SequenceReader>> open_as(char reader, std::string_view bytes) {
  const auto open = [](const char* format, std::shared_ptr<const ByteFile> file) {
    return find_format(format)->open(std::move(file), {});
  };
  const auto text = [](const char* format, std::unique_ptr<LineSource> lines) {
    return find_format(format)->open_lines(std::move(lines), "data");
  };
  switch (reader) {
    case 'n':
      return open("npy", with_side_file(bytes, "_lengths.npy"));
    case 'l':
      return open("npy", with_side_file(bytes, "_labels.npy"));
    case 'p':
      return open("pt", with_side_file(bytes, "_lengths.pt"));
    case 's':
      return open("safetensors", bytes_of_text(bytes, "data"));
    case 'b':
      return open("bin", with_side_file(bytes, "_metadata.json"));
    case 'm':
      return open("megatron", with_side_file(bytes, ".idx"));
    case 'z': {
      Result<std::unique_ptr<ByteStream>> plain =
          decompressed(stream_of(bytes_of_text(bytes, "data")));
      if (!plain) return tl::unexpected(plain.error());
      return text("jsonl", lines_of(std::move(*plain)));
    }
    case 'c':
      return text("csv", lines_of_text(bytes));
    default:
      return text("jsonl", lines_of_text(bytes));
  }
}

/// What every reader promises of what it gives.
inline void check(const SequenceBatch& batch, std::size_t places) {
  const bool sound = batch.offsets.front() == 0 && batch.offsets.back() == batch.tokens.size() &&
                     places == batch.size();
  bool fits = batch.labels.empty() || batch.labels.size() == batch.tokens.size();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    fits =
        fits && batch.offsets[i] <= batch.offsets[i + 1] && batch.padding_of(i) <= batch[i].size();
    const auto labels = batch.labels_of(i);
    fits = fits && (labels.empty() || labels.size() == batch[i].size()) &&
           std::all_of(labels.begin(), labels.end(), is_label);
  }
  if (sound && fits) return;
  std::fputs("a batch that is not sound\n", stderr);
  std::abort();
}

template <class T>
T value_or_abort(Result<T> result) {
  if (!result) std::abort();
  return std::move(*result);
}

inline void read_all(SequenceReader& reader) {
  constexpr std::uint64_t enough_tokens = 1000;
  for (bool more = true; more;) {
    SequenceBatch batch;
    std::vector<std::uint64_t> places;
    const Result<bool> read = reader.read(batch, enough_tokens, &places, [](const Fault& fault) {
      if (fault.text().empty()) std::abort();
    });
    if (!read && read.error().message.empty()) std::abort();
    check(batch, places.size());
    more = read && *read;
  }
}

/// The input is what a saved analysis holds after its header, which has the right checksum here:
/// the checksum would keep every other input from being read.
inline void load_analysis(std::string_view content) {
  const std::string saved = value_or_abort(value_or_abort(Analyzer::create({})).save());
  constexpr std::size_t checksum_size = sizeof(std::uint64_t);
  const std::size_t head_size = saved.find('\n') + 1 + sizeof(std::uint32_t);
  const std::uint64_t checksum = XXH3_64bits(content.data(), content.size());
  std::string bytes = saved.substr(0, head_size);
  bytes.append(reinterpret_cast<const char*>(&checksum), checksum_size).append(content);
  Result<Analyzer> loaded = Analyzer::load(bytes);
  if (!loaded) return;
  const Result<Analyzer> again = Analyzer::load(value_or_abort(loaded->save()));
  if (!again) std::abort();
  if (loaded->merge(*again)) loaded->report();
}

/// The input is a journal after the line of the process that wrote it.
inline void read_journal(std::string_view content) {
  static const std::filesystem::path path =
      std::filesystem::temp_directory_path() / "synthgen-fuzzed-journal";
  std::string text(128, ' ');
  text.append(content);
  std::ofstream(path, std::ios::binary).write(text.data(), std::ssize(text));
  Result<RunJournal> journal = RunJournal::open(path.string(), "a dataset");
  if (!journal) std::abort();
  if (journal->run().find('\n') != std::string::npos) std::abort();
  for (std::size_t lines = 0; lines <= content.size(); ++lines) {
    const Result<std::optional<RunJournal::Chunk>> chunk = journal->peek();
    if (!chunk) std::abort();
    if (!*chunk) return;
    if (content.find((*chunk)->checksum) == content.npos) std::abort();
    journal->step();
  }
  std::abort();  // more chunks than lines
}

/// The input is the list of templates of a config; some sequences are generated.
inline void use_templates(std::string_view templates) {
  std::string text = R"({"generator":"template","vocab_size":50,"seq_length":32,"templates":)";
  text.append(templates).append("}");
  const Result<Config> config = parse_config(text, "config");
  if (!config) return;
  const Result<Generator> generator = Generator::create(*config);
  if (!generator) return;
  SequenceBatch batch;
  if (generator->generate(Split::train, 0, 3, batch)) check(batch, batch.size());
}

/// The input is the latents of a sequence; what is read is written and read again.
inline void read_latents_twice(std::string_view text) {
  constexpr std::uint64_t length = 64;
  const auto read = [](std::string_view from) -> std::optional<std::string> {
    const Result<Json> json = parse_json(from, "latents");
    if (!json || !json->is_object()) return std::nullopt;
    const Result<Latents> latents = read_latents(*json, length);
    if (!latents) return std::nullopt;
    std::string written;
    append_text(*latents, written);
    return written;
  };
  const std::optional<std::string> once = read(text);
  if (once && read(*once) != once) std::abort();
}

/// Reads an input. Aborts where a reader breaks a promise.
inline void fuzz(std::string_view input) {
  if (input.empty()) return;
  const char reader = input.front();
  input.remove_prefix(1);
  switch (reader) {
    case 'k':
      if (const auto config = parse_config(input, "config"); config) to_text(to_json(*config));
      return;
    case 't':
      parse_stages(input, "stages");
      return;
    case 'd':
      if (const auto manifest = parse_metadata(input, "manifest"); manifest && *manifest) {
        if ((*manifest)->head.contains("config")) config_of(**manifest);
      }
      return;
    case 'a':
      return load_analysis(input);
    case 'r':
      return read_journal(input);
    case 'e':
      return use_templates(input);
    case 'v':
      return read_latents_twice(input);
    default:
      if (const auto opened = open_as(reader, input)) read_all(**opened);
  }
}

}  // namespace synthgen::fuzzing
