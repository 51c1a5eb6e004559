#pragma once

#include "synthgen/generate/source.hpp"

namespace synthgen {

// Families of research tasks describe themselves where the others do, so that every program can
// show their parameters. What makes their sequences is linked separately: a page loads it once a
// config names one of them.

/// Whether a family is a research task.
inline bool is_task(const FamilyEntry& family) noexcept {
  return family.make == nullptr;
}

/// Whether a config names a research task: itself, in a component or in what a split overrides.
bool names_task(const Config& config);

/// Whether this program can make the sequences of research tasks.
bool makes_tasks() noexcept;

/// The plan for the sequences of a research task. Fails (usage) where the program cannot make them.
MadeSource make_task(const FamilyEntry& task, const Config& config);

}  // namespace synthgen
