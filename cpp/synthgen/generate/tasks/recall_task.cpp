#include "synthgen/generate/recall/recall_family.hpp"
#include "synthgen/generate/tasks/task_makers.hpp"

namespace synthgen {

MadeSource make_recall(const Config& config) {
  if (config.recall_layout == "mqar") return make_mqar(config);
  return config.recall_layout == "fuzzy" ? make_fuzzy_recall(config) : make_pair_recall(config);
}

}  // namespace synthgen
