#include "synthgen/generate/latents/latents_text.hpp"

#include <charconv>
#include <concepts>

namespace synthgen {
namespace {

void append_number(std::uint32_t number, std::string& text) {
  char digits[10];
  text.append(std::begin(digits), std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

/// Writes one object, member by member.
class ObjectText {
 public:
  explicit ObjectText(std::string& text) : text_(text) { text_ += '{'; }
  ~ObjectText() { text_ += '}'; }
  ObjectText(const ObjectText&) = delete;
  ObjectText& operator=(const ObjectText&) = delete;

  /// The text, for the value of the member that it begins.
  std::string& member(std::string_view key) {
    text_ += is_first_ ? "\"" : ",\"";
    is_first_ = false;
    text_ += key;
    text_ += "\":";
    return text_;
  }

  void add(std::string_view key, std::uint32_t number) { append_number(number, member(key)); }

  template <std::same_as<bool> Flag>
  void add(std::string_view key, Flag flag) {
    member(key) += flag ? "true" : "false";
  }

  /// A name, which needs no escapes.
  void add(std::string_view key, std::string_view name) {
    std::string& text = member(key);
    text += '"';
    text += name;
    text += '"';
  }

  template <class Value>
  void add(std::string_view key, const std::optional<Value>& value) {
    if (value) add(key, *value);
  }

 private:
  std::string& text_;
  bool is_first_ = true;
};

/// A list whose entries `append` writes.
template <class Entries, class Append>
void append_list(const Entries& entries, std::string& text, const Append& append) {
  text += '[';
  bool is_first = true;
  for (const auto& entry : entries) {
    if (!is_first) text += ',';
    is_first = false;
    append(entry);
  }
  text += ']';
}

void append_span(const Span& span, std::string& text) {
  ObjectText object(text);
  object.add("start", span.start);
  object.add("length", span.length);
  object.add("kind", name(span.kind));
  switch (span.kind) {
    case SpanKind::band:
      object.add("first", span.band.first);
      object.add("size", span.band.size);
      object.add("echo_of", span.echo_of);
      break;
    case SpanKind::slot:
      object.add("pattern", name(span.pattern));
      object.add("first_slot", span.first_slot);
      object.add("full_length", span.full_length);
      if (span.pattern == SpanKind::repetition) object.add("period", span.period);
      break;
    case SpanKind::successor:
      break;
    default:
      if (span.full_length != span.length) object.add("full_length", span.full_length);
      if (span.kind == SpanKind::repetition) object.add("period", span.period);
      if (span.steered) object.add("steered", true);
  }
}

void append_followed(const Followed& followed, std::string& text) {
  ObjectText object(text);
  if (followed.style_as_theme) {
    object.add("style", followed.style_as_theme);
  } else {
    append_list(followed.style, object.member("style"), [&](const Run& run) {
      text += '[';
      append_number(run.start, text);
      text += ',';
      append_number(run.length, text);
      text += ']';
    });
  }
  object.add("length", followed.length);
}

}  // namespace

void append_text(const Latents& latents, std::string& text) {
  ObjectText object(text);
  append_list(latents.spans, object.member("spans"),
              [&](const Span& span) { append_span(span, text); });
  append_list(latents.noise, object.member("noise"),
              [&](std::uint32_t position) { append_number(position, text); });
  object.add("theme", latents.theme);
  object.add("condition", latents.condition);
  if (latents.followed) append_followed(*latents.followed, object.member("followed"));
  object.add("component", latents.component);
  object.add("template", latents.template_index);
  if (latents.oracle_bits) object.member("oracle_bits") += to_text(Json(*latents.oracle_bits));
}

std::string latents_text(const SequenceBatch& batch) {
  std::string text;
  text += '[';
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (i > 0) text += ',';
    const Latents* entry = batch.latents_of(i);
    if (entry == nullptr) {
      text += "null";
    } else {
      append_text(*entry, text);
    }
  }
  text += ']';
  return text;
}

}  // namespace synthgen
