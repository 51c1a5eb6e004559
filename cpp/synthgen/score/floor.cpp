#include "synthgen/score/floor.hpp"

#include "synthgen/config/formatted.hpp"

#include <cmath>
#include <limits>

namespace synthgen {

Result<FloorMaker> FloorMaker::create(const Generator& generator, Split split, ScoreTarget target) {
  Result<std::shared_ptr<Predictor>> predictor = generator.predictor(split);
  if (!predictor) return tl::unexpected(std::move(predictor.error()));
  if (target == ScoreTarget::labels && !(*predictor)->has_label_law()) {
    return fail(ErrorKind::usage, "no exact law of the labels: this config gives none");
  }
  if (const std::string_view reason = (*predictor)->no_token_law();
      target == ScoreTarget::tokens && !reason.empty()) {
    return no_law(reason);
  }
  return FloorMaker(generator, split, target, std::move(*predictor));
}

ScoreTarget FloorMaker::natural_target(const Generator& generator, Split split) {
  SequenceBatch first;
  const Result<void> made = generator.generate(split, 0, 1, first);
  return made && !first.labels_of(0).empty() ? ScoreTarget::labels : ScoreTarget::tokens;
}

Result<void> FloorMaker::make(std::uint64_t first, std::uint64_t count, Floors& floors,
                              const AtTarget& at_target) {
  floors.batch.clear();
  Result<void> made = generator_->generate(split_, first, count, floors.batch, true);
  if (!made) return made;
  floors.kinds = token_structure(floors.batch, generator_->config(split_)).kinds;
  floors.bits.assign(floors.batch.tokens.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < floors.batch.size(); ++i) {
    Result<void> scored = score(i, floors, at_target);
    if (!scored) return scored;
    const auto begin = static_cast<std::size_t>(floors.batch.offsets[i]);
    for (std::size_t t = 0; t < floors.batch[i].size(); ++t) {
      if (!std::isinf(floors.bits[begin + t])) continue;
      return fail(ErrorKind::data, formatted("sequence {}, position {}: has probability 0 under "
                                             "the law of the config that made it",
                                             first + i, t));
    }
  }
  return {};
}

Result<void> FloorMaker::score(std::size_t sequence, Floors& floors, const AtTarget& at_target) {
  const auto tokens = floors.batch.content(sequence);
  const auto labels = floors.batch.labels_of(sequence);
  const auto begin = static_cast<std::size_t>(floors.batch.offsets[sequence]);
  predictor_->reset();
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const std::size_t token = begin + t;
    if (target_ == ScoreTarget::tokens) {
      if (at_target) {
        if (Result<void> seen = at_target(*predictor_, token, tokens[t]); !seen) return seen;
      }
      floors.bits[token] = bits_of(predictor_->observe(tokens[t]));
    } else {
      predictor_->observe(tokens[t]);
      if (t >= labels.size() || labels[t] == ignored_label) continue;
      const auto label = static_cast<std::uint32_t>(labels[t]);
      if (at_target) {
        if (Result<void> seen = at_target(*predictor_, token, label); !seen) return seen;
      }
      floors.bits[token] = predictor_->label_bits(label);
    }
  }
  return {};
}

}  // namespace synthgen
