#include "synthgen/generate/tasks.hpp"
#include "synthgen/generate/tasks/task_makers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace synthgen {

extern const FamilyEntry hmm_family_entry;
extern const FamilyEntry markov_family_entry;
extern const FamilyEntry recall_family_entry;

namespace {

using TaskMaker = std::pair<const FamilyEntry*, MadeSource (*)(const Config&)>;

constexpr std::array task_makers{
    TaskMaker{&hmm_family_entry, &make_hmm},
    TaskMaker{&markov_family_entry, &make_markov},
    TaskMaker{&recall_family_entry, &make_recall},
};

}  // namespace

bool makes_tasks() noexcept {
  return true;
}

MadeSource make_task(const FamilyEntry& task, const Config& config) {
  return std::find_if(task_makers.begin(), task_makers.end(),
                      [&](const TaskMaker& maker) { return maker.first == &task; })
      ->second(config);
}

}  // namespace synthgen
