#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/dataset/curriculum/complexity_order.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// One stage of a curriculum: which sequences it has, and how long they may be.
struct Stage {
  std::string name;       ///< letters, digits, '_', '-' and '.'; also the name of a directory
  ComplexityRange range;  ///< min_complexity and max_complexity
  std::uint64_t max_length = 0;  ///< tokens, at least 1; longer sequences are cut
};

/// How many stages a curriculum may have; files of all of them are open at once.
inline constexpr std::size_t most_stages = 1000;

/// The stages of an object such as
/// `{"stage1": {"min_complexity": 0, "max_complexity": 0.3, "max_length": 128}, …}`, in its order.
/// Fails (usage) with every problem at once, each under a key such as `stage1.max_length`: unknown
/// and missing keys, values that are not allowed, a minimum above its maximum, names that cannot
/// name a directory, more than `most_stages`.
Result<std::vector<Stage>> read_stages(const Json& stages);

/// The same from a text, which errors call `name`.
Result<std::vector<Stage>> parse_stages(std::string_view text, std::string_view name);

/// Options from an object with `complexity`, `complexity_scale` and `vocab_size`, all optional;
/// null means the defaults. Fails (usage) with every problem at once.
Result<ComplexityOptions> read_complexity_options(const Json& object);

/// The largest id of a batch plus 1: what complexities are normalised with where the size of the
/// vocabulary is not known. That of several batches together is the largest of theirs.
std::int64_t smallest_vocab_size(const SequenceBatch& batch);

/// The sequences whose complexity is in the range, its ends included, in their order, with padding
/// and latents. Fails (usage) if the range is not allowed.
Result<SequenceBatch> filter_by_complexity(const SequenceBatch& batch, double min_complexity,
                                           double max_complexity,
                                           const ComplexityOptions& options = {});

/// Every sequence cut to `max_length` tokens, at least 1. Latents are cut too; `oracle_bits`, which
/// are those of a whole sequence, are dropped where that cuts.
SequenceBatch adjust_sequence_lengths(const SequenceBatch& batch, std::uint64_t max_length);

/// Appends sequence i of a batch, cut to `max_length` tokens.
void append_cut(const SequenceBatch& from, std::size_t i, std::uint64_t max_length,
                SequenceBatch& to);

/// The sequences of one stage.
struct StageData {
  std::string name;
  SequenceBatch sequences;
};

/// For each stage the sequences in its range, cut to its length. A sequence may be in several
/// stages, or in none.
std::vector<StageData> create_curriculum_data(const SequenceBatch& batch,
                                              const std::vector<Stage>& stages,
                                              const ComplexityOptions& options = {});

}  // namespace synthgen
