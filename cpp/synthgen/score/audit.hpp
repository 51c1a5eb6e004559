#pragma once

#include "synthgen/analyze/shortcuts/contest.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// A file of sequences to audit.
struct AuditFile {
  std::string path;
  std::optional<std::uint64_t> first_sequence = {};  ///< in its split, where the manifest says it
};

/// The files of a split.
struct AuditSide {
  std::string split;
  std::vector<AuditFile> files;
};

struct AuditOptions {
  std::optional<std::int64_t> vocab_size = {};
  /// Tokens and labels that are kept of each side; beyond it a sample.
  std::uint64_t budget = SequenceSample::default_budget;
  /// Called from time to time; false stops (cancelled).
  std::function<bool()> progress = {};
};

/// What a side contributed.
struct AuditedSide {
  AuditSide side;
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;
  bool is_complete = true;  ///< false: a sample
};

/// What shortcuts reach, and the floor where the config has a law.
struct Audit {
  AuditedSide fitted;
  AuditedSide held_out;
  ContestResult contest;
  std::optional<double> floor_bits;
  std::string no_floor;  ///< why there is none
};

/// Fits the shortcuts to one side and asks them about the other. Labels that the files lack come
/// from the generator, if there is one and it makes their sequences. Fails (data, io) like the
/// readers, (cancelled).
Result<Audit> audit(const Generator* generator, const AuditSide& fitted, const AuditSide& held_out,
                    const AuditOptions& options = {});

/// {"fitted", "held_out": {"split", "files", "sequences", "tokens", "complete"}, "target",
/// "questions", "floor": {"bits"} or {"reason"}, "shortcuts": [{"name", "from", "bits", "accuracy",
/// "against", "gain_bits", "gain_error", "finds"}]}.
Json to_json(const Audit& audit);

}  // namespace synthgen
