#pragma once

#include "synthgen/generate/generator.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace synthgen::bench {

inline constexpr std::uint64_t sequence_length = 512;

/// What all works share: where files go and how many sequences of 512 tokens there are.
struct Setting {
  std::string folder;
  std::uint64_t sequences;

  std::string path(const std::string& name) const { return folder + "/" + name; }
  double tokens() const { return static_cast<double>(sequences * sequence_length); }
};

/// One thing to be timed: prepared when it is made, and then done any number of times.
struct Work {
  std::function<void()> run;
  double tokens = 0;        ///< that one run handles
  std::uint64_t bytes = 0;  ///< that one run reads, writes or copies; 0: of no interest
};

struct NamedWork {
  std::string name;
  std::function<Work(const Setting&)> make;
};

/// Every work of this program. Those of one file come from its function below.
std::vector<NamedWork> all_works();

void add_limits(std::vector<NamedWork>& works);
void add_generation(std::vector<NamedWork>& works);
void add_files(std::vector<NamedWork>& works);
void add_reading(std::vector<NamedWork>& works);
void add_analysis(std::vector<NamedWork>& works);
void add_prediction(std::vector<NamedWork>& works);

/// Makes sequences of 512 tokens; `settings` are members of a config's JSON. Ends
/// the program where it cannot.
Generator generator(const std::string& settings, std::uint64_t sequences,
                    std::uint64_t vocab_size = 10000);

/// So many sequences, in batches of the size that the program reads.
std::vector<SequenceBatch> batches(const Generator& maker, std::uint64_t sequences);

/// Ends the program with a message unless something went well.
void require(bool well, const std::string& message);

}  // namespace synthgen::bench
