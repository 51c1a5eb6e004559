#include "synthgen/generate/recall/recall_writer.hpp"

namespace synthgen {

void RecallWriter::begin(SpanKind kind, std::optional<std::uint32_t> source) {
  kind_ = kind;
  has_begun_ = true;
  if (draft_.latents == nullptr || position_ >= draft_.tokens.size()) return;
  draft_.latents->spans.push_back({.start = position_, .kind = kind, .source = source});
}

void RecallWriter::resume(SpanKind kind) {
  if (!has_begun_ || kind_ != kind) begin(kind);
}

void RecallWriter::add(std::uint32_t token, const PositionLaw& law) {
  if (position_ > 0 && position_ <= draft_.tokens.size() &&
      (rules_.scores_all || kind_ == SpanKind::answer)) {
    label(token);
  }
  if (position_ < draft_.tokens.size()) {
    draft_.tokens[position_] = token;
    if (!draft_.laws.empty()) draft_.laws[position_] = law;
    if (draft_.latents != nullptr) {
      Span& span = draft_.latents->spans.back();
      ++span.length;
      if (kind_ == SpanKind::fresh) span.full_length = span.length;
    }
  }
  ++position_;
}

void RecallWriter::label(std::uint32_t answer) {
  draft_.labels[position_ - 1] = answer;
}

}  // namespace synthgen
