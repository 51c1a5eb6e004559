// Measures of sequences in memory: the basic ones together, and each group alone.

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measure_registry.hpp"

#include <map>
#include <memory>
#include <string_view>

#include "configs.hpp"
#include "work.hpp"

namespace synthgen::bench {
namespace {

/// The sequences of a config, which all works about them share.
std::shared_ptr<const std::vector<SequenceBatch>> data_of(const Setting& setting,
                                                          const NamedConfig& config) {
  static std::map<std::string_view, std::shared_ptr<const std::vector<SequenceBatch>>> made;
  auto& data = made[config.name];
  if (data == nullptr) {
    const Generator maker = generator(std::string(config.settings), setting.sequences);
    data = std::make_shared<const std::vector<SequenceBatch>>(batches(maker, setting.sequences));
  }
  return data;
}

Work analysis(const Setting& setting, const NamedConfig& config,
              const std::vector<std::string>& measures) {
  const auto data = data_of(setting, config);
  const auto run = [=] {
    Result<Analyzer> analyzer = Analyzer::create({.measures = measures});
    require(analyzer.has_value(), "no such measures");
    for (const SequenceBatch& batch : *data) {
      require(analyzer->add(batch).has_value(), "a batch could not be analyzed");
    }
    require(analyzer->report().has_value(), "there is no report");
  };
  return {run, setting.tokens(), 0};
}

}  // namespace

void add_analysis(std::vector<NamedWork>& works) {
  const auto add = [&](const std::string& name, const NamedConfig& config,
                       const std::vector<std::string>& measures) {
    works.push_back({"analyze " + std::string(config.name) + ": " + name,
                     [=](const Setting& setting) { return analysis(setting, config, measures); }});
  };
  for (const NamedConfig& config : configs) {
    add("the basic measures", config,
        {"statistics", "coherence", "diversity", "entropy", "ngrams"});
    for (const MeasureEntry* entry : measures()) {
      add(std::string(entry->name), config, {std::string(entry->name)});
    }
  }
}

}  // namespace synthgen::bench
