#include "work.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/json.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace synthgen::bench {

std::vector<NamedWork> all_works() {
  std::vector<NamedWork> works;
  add_limits(works);
  add_generation(works);
  add_files(works);
  add_reading(works);
  add_analysis(works);
  add_prediction(works);
  return works;
}

void require(bool well, const std::string& message) {
  if (well) return;
  std::fputs(("synthgen_bench: " + message + "\n").c_str(), stderr);
  std::exit(3);
}

Generator generator(const std::string& settings, std::uint64_t sequences,
                    std::uint64_t vocab_size) {
  Json members = Json::parse("{" + settings + "}");
  members["vocab_size"] = vocab_size;
  members["seq_length"] = sequence_length;
  members["num_train"] = sequences;
  members["num_val"] = 0;
  const Result<Config> config = parse_config(members.dump(), "bench");
  require(config.has_value(), config ? "" : config.error().message);
  Result<Generator> made = Generator::create(*config);
  require(made.has_value(), made ? "" : made.error().message);
  return std::move(*made);
}

std::vector<SequenceBatch> batches(const Generator& maker, std::uint64_t sequences) {
  constexpr std::uint64_t batch_sequences = (std::uint64_t{1} << 18) / sequence_length;
  std::vector<SequenceBatch> made;
  for (std::uint64_t first = 0; first < sequences; first += batch_sequences) {
    const std::uint64_t count = std::min(batch_sequences, sequences - first);
    require(maker.generate(Split::train, first, count, made.emplace_back()).has_value(),
            "a batch could not be generated");
  }
  return made;
}

}  // namespace synthgen::bench
