// A saved analysis: a title line, the format version, the state's hash, the options, then the state
// of each accumulator. Numbers are little-endian.

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/formatted.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

constexpr std::string_view state_title = "synthgen analysis\n";
constexpr std::uint32_t state_version = 4;

void exchange_options(StateArchive& archive, AnalysisOptions& options) {
  archive(options.ngram, options.top, options.per_sequence, options.measures,
          options.memory_limit_bytes, options.approximate, options.vocab_size);
}

}  // namespace

void Analyzer::exchange(StateArchive& archive) const {
  for (const auto& accumulator : accumulators_) accumulator->exchange(archive);
}

Result<std::string> Analyzer::save() const {
  AnalysisOptions options = options_;
  options.measures.clear();  // the default measures may change
  for (const MeasureEntry* entry : entries_) options.measures.emplace_back(entry->name);
  StateArchive state;
  exchange_options(state, options);
  exchange(state);
  if (Result<void> all = kept(); !all) return tl::unexpected(std::move(all.error()));
  const std::string content = std::move(state).bytes();
  StateArchive head;
  std::uint32_t version = state_version;
  std::uint64_t hash = XXH3_64bits(content.data(), content.size());
  head(version, hash);
  return std::string(state_title) + std::move(head).bytes() + content;
}

Result<Analyzer> Analyzer::load(std::string_view bytes, std::string_view name) {
  const auto refuse = [&](std::string_view reason) {
    return fail(ErrorKind::data, formatted("{}: {}", name, reason));
  };
  constexpr std::size_t head_size =
      state_title.size() + sizeof(std::uint32_t) + sizeof(std::uint64_t);
  if (!bytes.starts_with(state_title)) return refuse("is not a saved analysis");
  if (bytes.size() < head_size) return refuse("is cut off");
  std::uint32_t version = 0;
  std::uint64_t hash = 0;
  StateArchive head(bytes.substr(state_title.size(), head_size - state_title.size()));
  head(version, hash);
  if (version != state_version) {
    return refuse(formatted("has version {} of the format of saved analyses; this program knows {}",
                            version, state_version));
  }
  const std::string_view content = bytes.substr(head_size);
  if (XXH3_64bits(content.data(), content.size()) != hash) {
    return refuse("is cut off or damaged: its checksum is wrong");
  }
  StateArchive state(content);
  AnalysisOptions options;
  exchange_options(state, options);
  if (state.malformed()) return refuse("does not hold a state that this program can read");
  Result<Analyzer> analyzer = create(options);
  if (!analyzer) return refuse(analyzer.error().message);
  analyzer->exchange(state);
  if (state.malformed() || !state.at_end()) {
    return refuse("does not hold a state that this program can read");
  }
  return analyzer;
}

}  // namespace synthgen
