// Time per token of generating, encoding, writing and analyzing on one thread, next to the time the
// machine takes to move the same bytes. Absolute times vary between machines and minutes; compare
// the ratios.

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

#define FMT_HEADER_ONLY 1
#include <fmt/format.h>

#include "median_time.hpp"

namespace synthgen::bench {
namespace {

constexpr std::uint64_t sequences = 4096;
constexpr double tokens = sequences * 512.0;
constexpr std::uint64_t program_batch_tokens = std::uint64_t{1} << 18;

Generator generator(const std::string& settings) {
  const std::string text = fmt::format(
      R"({{"vocab_size": 10000, "seq_length": 512, "num_train": {}, "num_val": 0, {}}})", sequences,
      settings);
  Result<Config> config = parse_config(text, "bench");
  if (config) {
    Result<Generator> made = Generator::create(*config);
    if (made) return std::move(*made);
    config = tl::unexpected(made.error());
  }
  std::fputs(formatted("{}\n", config.error().message).c_str(), stderr);
  std::exit(2);
}

/// A line of the table: the time of `work` per token, and as a multiple of the baseline's.
void row(const char* name, double time_ns, double baseline_ns, const char* baseline) {
  std::fputs(fmt::format("{:<38} {:>8.3f} {:>12.1f} {:>9.2f} x {}\n", name, time_ns / tokens,
                         tokens * 1e3 / time_ns, time_ns / baseline_ns, baseline)
                 .c_str(),
             stdout);
  std::fflush(stdout);
}

void bare_write(const std::string& path, const std::string& bytes) {
  constexpr std::size_t chunk = 1 << 20;
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  bool written = file >= 0;
  for (std::size_t start = 0; written && start < bytes.size(); start += chunk) {
    const std::size_t size = std::min(chunk, bytes.size() - start);
    written = ::write(file, bytes.data() + start, size) == static_cast<ssize_t>(size);
  }
  if (!written || ::fsync(file) != 0 || ::close(file) != 0) {
    std::fputs(formatted("cannot write {}: {}\n", path, std::strerror(errno)).c_str(), stderr);
    std::exit(3);
  }
}

void measure_generation(double copy_ns) {
  SequenceBatch batch;
  const auto generate = [&](const char* name, const char* settings, bool with_latents) {
    const Generator maker = generator(settings);
    const double time_ns = median_ns([&] {
      batch.clear();
      maker.generate(Split::train, 0, sequences, batch, with_latents);
    });
    row(name, time_ns, copy_ns, "memcpy");
  };
  generate("generate random, uniform", R"("generator": "random")", false);
  generate("generate random, zipf", R"("generator": "random", "vocab_distribution": "zipf")",
           false);
  generate("generate pattern", R"("generator": "pattern")", false);
  generate("generate pattern, noise 0.1", R"("generator": "pattern", "noise_probability": 0.1)",
           false);
  generate("generate pattern with latents", R"("generator": "pattern")", true);
}

/// Whole datasets in each format, next to a plain write of as many bytes.
void measure_formats(const std::filesystem::path& folder) {
  const Generator maker = generator(R"("generator": "pattern")");
  const std::string bare = (folder / "bare").string();
  for (const FormatEntry* entry : formats()) {
    DatasetOptions options{.output_dir = (folder / "dataset").string(), .overwrite = true};
    options.format.format = entry->name;
    std::uint64_t written_bytes = 0;
    const double dataset_ns = median_ns([&] {
      const Result<Progress> written = write_dataset(maker, options);
      if (!written) {
        std::fputs(formatted("{}\n", written.error().message).c_str(), stderr);
        std::exit(3);
      }
      written_bytes = written->bytes_done;
    });
    const std::string bytes(static_cast<std::size_t>(written_bytes), 'x');
    const double bare_ns = median_ns([&] { bare_write(bare, bytes); });
    const std::string what = formatted("generate pattern to {}", entry->name);
    row(what.c_str(), dataset_ns, bare_ns, "bare write");
  }
}

void measure_writing(const SequenceBatch& batch, const std::filesystem::path& folder,
                     double copy_ns) {
  std::string bytes;
  const double encoding_ns = median_ns([&] {
    bytes.clear();
    append_jsonl(batch, bytes);
  });
  row("encode JSONL", encoding_ns, copy_ns, "memcpy");
  const double reading_ns = median_ns([&] {
    if (parse_synthetic_data(bytes, "bench")->tokens != batch.tokens) std::exit(2);
  });
  row("read JSONL", reading_ns, copy_ns, "memcpy");

  measure_formats(folder);
}

/// A line of the table: a value next to its limit.
void limit_row(const char* name, double value, const char* unit, double limit) {
  std::fputs(
      fmt::format("{:<38} {:>8.2f} {:<12} {:>9.2f} x {}\n", name, value, unit, value / limit, limit)
          .c_str(),
      stdout);
  std::fflush(stdout);
}

void measure_reading(const SequenceBatch& batch, const std::filesystem::path& folder) {
  const std::string path = (folder / "read.jsonl").string();
  std::string bytes;
  append_jsonl(batch, bytes);
  bare_write(path, bytes);
  SequenceBatch read;
  const double reading_ns = median_ns([&] {
    const auto reader = open_sequences(path);
    for (bool more = reader.has_value(); more;) {
      read.clear();
      more = (*reader)->read(read, program_batch_tokens).value_or(false);
    }
  });
  limit_row("read a JSONL file", static_cast<double>(bytes.size()) * 1e3 / reading_ns, "MB/s", 700);
}

/// The exact law of each token, next to what it may take.
void measure_prediction() {
  const auto predict = [](const char* name, const char* settings, double limit_ns) {
    constexpr std::uint64_t predicted = 32;
    const Generator maker = generator(settings);
    SequenceBatch batch;
    maker.generate(Split::train, 0, predicted, batch);
    const double time_ns = median_ns([&] {
      if (!maker.predict(Split::train, Predictive::bits, false, batch)) std::exit(2);
    });
    limit_row(name, time_ns / (predicted * 512.0), "ns/token", limit_ns);
  };
  predict("predict pattern", R"("generator": "pattern")", 5000);
  predict("predict pattern, noise 0.1", R"("generator": "pattern", "noise_probability": 0.1)",
          5000);
  predict("predict pattern, noise 0.1, zipf",
          R"("generator": "pattern", "noise_probability": 0.1, "vocab_distribution": "zipf")",
          5000);
  predict("predict conditional", R"("generator": "conditional")", 5000);
  predict("predict hierarchical, 2 levels",
          R"("generator": "hierarchical", "hierarchy_levels": 2, "noise_probability": 0.1)", 5000);
}

/// The default measures without the pattern detector, over as many tokens as the default dataset
/// has, in batches of the size that the program reads.
void measure_default_dataset(const char* name, const char* settings) {
  constexpr std::uint64_t many_sequences = 50000;
  constexpr std::uint64_t batch_sequences = program_batch_tokens / 512;
  const Generator maker = generator(settings);
  std::vector<SequenceBatch> batches;
  for (std::uint64_t first = 0; first < many_sequences; first += batch_sequences) {
    maker.generate(Split::train, first, std::min(batch_sequences, many_sequences - first),
                   batches.emplace_back());
  }
  const double time_ns = median_ns([&] {
    Result<Analyzer> analyzer = Analyzer::create(
        {.measures = {"statistics", "coherence", "diversity", "entropy", "ngrams"}});
    for (const SequenceBatch& batch : batches) {
      if (!analyzer->add(batch)) std::exit(3);
    }
    if (!analyzer->report()) std::exit(3);
  });
  limit_row(name, time_ns / (many_sequences * 512.0), "ns/token", 12);
}

void measure_analysis(const SequenceBatch& batch, double copy_ns) {
  for (const MeasureEntry* entry : measures()) {
    const double time_ns = median_ns([&] { entry->make({})->add(batch); });
    const std::string name = formatted("analyze: {}, …", entry->measures.front().name);
    row(name.c_str(), time_ns, copy_ns, "memcpy");
  }
  const double all_ns = median_ns([&] { analyze_sequences(batch); });
  row("analyze: all measures and the report", all_ns, copy_ns, "memcpy");
}

void run(const std::filesystem::path& folder) {
  std::fputs(
      formatted("{} sequences of 512 tokens, vocabulary 10000; medians\n\n", sequences).c_str(),
      stdout);
  std::fputs(
      fmt::format("{:<38} {:>8} {:>12} {:>9}\n", "", "ns/token", "Mtokens/s", "ratio").c_str(),
      stdout);
  SequenceBatch batch;
  generator(R"("generator": "pattern")").generate(Split::train, 0, sequences, batch);
  std::vector<std::uint32_t> copy(batch.tokens.size());
  const double copy_ns = median_ns([&] {
    std::memcpy(copy.data(), batch.tokens.data(), copy.size() * sizeof(copy[0]));
    asm volatile("" : : "r"(copy.data()) : "memory");  // keeps the copy
  });
  row("memcpy of the tokens", copy_ns, copy_ns, "memcpy");
  measure_generation(copy_ns);
  measure_writing(batch, folder, copy_ns);
  measure_analysis(batch, copy_ns);
  std::fputs("\n", stdout);
  measure_reading(batch, folder);
  measure_prediction();
  measure_default_dataset("default measures, random", R"("generator": "random")");
  measure_default_dataset("default measures, pattern", R"("generator": "pattern")");
}

}  // namespace
}  // namespace synthgen::bench

int main() {
  std::string folder = (std::filesystem::temp_directory_path() / "synthgen-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    std::fputs(synthgen::formatted("cannot make {}: {}\n", folder, std::strerror(errno)).c_str(),
               stderr);
    return 3;
  }
  synthgen::bench::run(folder);
  std::filesystem::remove_all(folder);
}
