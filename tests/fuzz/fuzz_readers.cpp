// The entry of libFuzzer. An input's first byte names the reader, the rest is what it reads; where
// a reader takes two files, the next two bytes are the size of the second one, which comes first.

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/curriculum/curriculum.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/formats/format.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

/// A file and its side file.
struct Files {
  std::string_view main;
  std::string_view side;
};

Files split(std::string_view bytes) {
  if (bytes.size() < 2) return {bytes, {}};
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0])) |
                    static_cast<std::size_t>(static_cast<unsigned char>(bytes[1])) << 8;
  bytes.remove_prefix(2);
  return {bytes.substr(std::min(size, bytes.size())), bytes.substr(0, size)};
}

std::shared_ptr<const ByteFile> with_side_file(std::string_view bytes, const char* ending) {
  const Files files = split(bytes);
  std::map<std::string, std::string_view> others;
  if (!files.side.empty()) others[ending] = files.side;
  return bytes_of_text(files.main, "data.bin", std::move(others));
}

Result<std::unique_ptr<SequenceReader>> open_as(char reader, std::string_view bytes) {
  const auto open = [](const char* format, std::shared_ptr<const ByteFile> file) {
    return find_format(format)->open(std::move(file));
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
void check(const SequenceBatch& batch, std::size_t places) {
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

void read_all(SequenceReader& reader) {
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
void load_analysis(std::string_view content) {
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

void fuzz(std::string_view input) {
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
    default:
      if (const auto opened = open_as(reader, input)) read_all(**opened);
  }
}

}  // namespace
}  // namespace synthgen

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  synthgen::fuzz({reinterpret_cast<const char*>(data), size});
  return 0;
}
