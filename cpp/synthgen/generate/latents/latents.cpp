#include "synthgen/generate/latents/latents.hpp"

namespace synthgen {
namespace {

Json to_json(const Span& span) {
  Json object = {{"start", span.start}, {"length", span.length}, {"kind", name(span.kind)}};
  switch (span.kind) {
    case SpanKind::band:
      object["first"] = span.band.first;
      object["size"] = span.band.size;
      if (span.echo_of) object["echo_of"] = *span.echo_of;
      break;
    case SpanKind::slot:
      object["pattern"] = name(span.pattern);
      object["first_slot"] = span.first_slot;
      object["full_length"] = span.full_length;
      if (span.pattern == SpanKind::repetition) object["period"] = span.period;
      break;
    case SpanKind::successor:
      break;
    default:
      if (span.full_length != span.length) object["full_length"] = span.full_length;
      if (span.kind == SpanKind::repetition) object["period"] = span.period;
      if (span.steered) object["steered"] = true;
  }
  return object;
}

Json to_json(const Followed& followed) {
  Json object = Json::object();
  if (followed.style_as_theme) {
    object["style"] = *followed.style_as_theme;
  } else {
    Json runs = Json::array();
    for (const Run& run : followed.style) runs.push_back({run.start, run.length});
    object["style"] = std::move(runs);
  }
  if (followed.length) object["length"] = *followed.length;
  return object;
}

}  // namespace

void append_position(std::vector<Run>& runs, std::uint32_t position) {
  if (!runs.empty() && runs.back().start + runs.back().length == position) {
    ++runs.back().length;
  } else {
    runs.push_back({position, 1});
  }
}

Json to_json(const Latents& latents) {
  Json spans = Json::array();
  for (const Span& span : latents.spans) spans.push_back(to_json(span));
  Json object = {{"spans", std::move(spans)}, {"noise", latents.noise}};
  if (latents.theme) object["theme"] = *latents.theme;
  if (latents.condition) object["condition"] = *latents.condition;
  if (latents.followed) object["followed"] = to_json(*latents.followed);
  if (latents.component) object["component"] = *latents.component;
  if (latents.template_index) object["template"] = *latents.template_index;
  if (latents.oracle_bits) object["oracle_bits"] = *latents.oracle_bits;
  return object;
}

}  // namespace synthgen
