#include "synthgen/formats/row_metadata.hpp"

namespace synthgen {

SideFile row_metadata(const FilePlan& plan, std::uint64_t row_length, const Json& more) {
  Json object = {
      {"vocab_size", plan.vocab_size}, {"seq_length", row_length}, {"num_samples", plan.sequences}};
  if (plan.seed) object["seed"] = *plan.seed;
  if (more.is_object()) object.update(more);
  std::string name = plan.stem;
  name += row_metadata_ending;
  std::string text = to_text(object, 2);
  text += '\n';
  return {std::move(name), std::make_unique<TextPiece>(std::move(text))};
}

}  // namespace synthgen
