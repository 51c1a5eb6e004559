#include "synthgen/generate/latents.hpp"

namespace synthgen {
namespace {

Json to_json(const Span& span) {
  Json object = {{"start", span.start}, {"length", span.length}, {"kind", name(span.kind)}};
  if (span.full_length != span.length) object["full_length"] = span.full_length;
  if (span.kind == SpanKind::repetition) object["period"] = span.period;
  return object;
}

}  // namespace

Json to_json(const Latents& latents) {
  Json spans = Json::array();
  for (const Span& span : latents.spans) spans.push_back(to_json(span));
  Json object = {{"spans", std::move(spans)}, {"noise", latents.noise}};
  if (latents.oracle_bits) object["oracle_bits"] = *latents.oracle_bits;
  return object;
}

}  // namespace synthgen
