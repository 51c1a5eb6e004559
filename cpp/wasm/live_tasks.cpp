// In place of generate/tasks/all_tasks.cpp: live.wasm describes research tasks and leaves their
// sequences to tasks.wasm, which is otherwise the same.

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/tasks.hpp"

namespace synthgen {

bool makes_tasks() noexcept {
  return false;
}

MadeSource make_task(const FamilyEntry& task, const Config& /*config*/) {
  return fail({{"generator", to_text(Json(task.name)), "a family that live.wasm makes"}});
}

}  // namespace synthgen
