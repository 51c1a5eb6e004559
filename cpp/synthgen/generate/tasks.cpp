#include "synthgen/generate/tasks.hpp"

#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <string>

namespace synthgen {
namespace {

bool is_task_name(std::string_view name) {
  const FamilyEntry* family = find_family(name);
  return family != nullptr && is_task(*family);
}

/// Whether some object in there has a task as its generator.
bool holds_task(const Json& json) {
  if (!json.is_structured()) return false;
  if (json.is_object()) {
    const auto generator = json.find("generator");
    if (generator != json.end() && generator->is_string() &&
        is_task_name(generator->get_ref<const std::string&>())) {
      return true;
    }
  }
  return std::any_of(json.begin(), json.end(), holds_task);
}

}  // namespace

bool names_task(const Config& config) {
  return is_task_name(config.generator) || holds_task(config.components) ||
         holds_task(config.splits);
}

}  // namespace synthgen
