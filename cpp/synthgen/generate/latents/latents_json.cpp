#include "synthgen/generate/latents/latents_json.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstring>

namespace synthgen {
namespace {

/// The integers that a member can be.
struct Limits {
  std::uint64_t minimum = 0;
  std::uint64_t maximum = UINT32_MAX;
};

// What describes each object, once for writing and for reading: a visitor gets every member's name,
// place in memory and limits, and writes it or fills it. `length` is the sequence's.

template <class Visitor, class AnySpan>
void visit_span(Visitor& visitor, AnySpan& span, std::uint64_t length) {
  visitor.number("start", span.start, {0, length});
  visitor.number("length", span.length, {0, length - std::min<std::uint64_t>(length, span.start)});
  visitor.kind("kind", span.kind, SpanKind::fresh, last_span_kind);
  switch (span.kind) {
    case SpanKind::band:
      visitor.number("first", span.band.first);
      visitor.number("size", span.band.size);
      visitor.optional("echo_of", span.echo_of);
      break;
    case SpanKind::slot:
      visitor.kind("pattern", span.pattern, SpanKind::repetition, SpanKind::reversal);
      visitor.number("first_slot", span.first_slot);
      visitor.number("full_length", span.full_length);
      if (span.pattern == SpanKind::repetition) visitor.number("period", span.period);
      break;
    case SpanKind::successor:
    case SpanKind::fixed:
      break;
    case SpanKind::key:
    case SpanKind::value:
    case SpanKind::query:
    case SpanKind::answer:
      visitor.optional("source", span.source);
      break;
    default:
      visitor.number_unless("full_length", span.full_length, span.length);
      if (span.kind == SpanKind::repetition) visitor.number("period", span.period);
      visitor.flag_if_set("steered", span.steered);
  }
}

template <class Visitor, class AnyFollowed>
void visit_followed(Visitor& visitor, AnyFollowed& followed, std::uint64_t length) {
  visitor.runs_or_flag("style", "theme", followed.style, followed.style_as_theme, length);
  visitor.flag("length", followed.length);
}

template <class Visitor, class AnyLatents>
void visit_latents(Visitor& visitor, AnyLatents& latents, std::uint64_t length) {
  visitor.spans("spans", latents.spans, length);
  visitor.positions("noise", latents.noise, length);
  visitor.optional("theme", latents.theme);
  visitor.optional("condition", latents.condition);
  visitor.followed("followed", latents.followed, length);
  visitor.optional("component", latents.component);
  visitor.optional("template", latents.template_index);
  visitor.real("oracle_bits", latents.oracle_bits);
  visitor.numbers("states", latents.states, length);
  visitor.rows("beliefs", latents.beliefs, latents.states.size());
  visitor.numbers("contexts", latents.contexts, {});
  visitor.rows("chain", latents.chain, latents.contexts.size());
}

/// Collects small pieces of text before they reach a string, whose own bookkeeping for each of them
/// would take longer than all the rest.
class TextPieces {
 public:
  explicit TextPieces(std::string& text) : text_(text) {}
  ~TextPieces() { flush(); }
  TextPieces(const TextPieces&) = delete;
  TextPieces& operator=(const TextPieces&) = delete;

  void add(std::string_view piece) {
    if (piece.size() > pieces_.size() - size_) flush();
    copy(piece.data(), piece.size(), pieces_.data() + size_);
    size_ += piece.size();
  }
  void add(std::uint32_t number) {
    constexpr std::size_t most_digits = 10;
    if (most_digits > pieces_.size() - size_) flush();
    char* const begin = pieces_.data() + size_;
    size_ +=
        static_cast<std::size_t>(std::to_chars(begin, begin + most_digits, number).ptr - begin);
  }

 private:
  /// Without a call: two blocks, which may overlap, hold any piece of at most 16 characters.
  static void copy(const char* from, std::size_t size, char* to) {
    if (size > 16) {
      std::memcpy(to, from, size);
    } else if (size >= 8) {
      std::memcpy(to, from, 8);
      std::memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
      std::memcpy(to, from, 4);
      std::memcpy(to + size - 4, from + size - 4, 4);
    } else if (size > 0) {
      to[0] = from[0];
      to[size / 2] = from[size / 2];
      to[size - 1] = from[size - 1];
    }
  }

  void flush() {
    text_.append(pieces_.data(), size_);
    size_ = 0;
  }

  std::string& text_;
  std::array<char, 1024> pieces_;  ///< no piece is longer
  std::size_t size_ = 0;
};

/// Writes the members of one object.
class Writer {
 public:
  explicit Writer(TextPieces& text, bool with_rows = true) : text_(text), with_rows_(with_rows) {
    text_.add("{");
  }
  ~Writer() { text_.add("}"); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void number(std::string_view key, std::uint32_t value, const Limits& = {}) {
    begin(key);
    text_.add(value);
  }
  void number_unless(std::string_view key, std::uint32_t value, std::uint32_t usual) {
    if (value != usual) number(key, value);
  }
  void optional(std::string_view key, const std::optional<std::uint32_t>& value) {
    if (value) number(key, *value);
  }
  void real(std::string_view key, const std::optional<double>& value) {
    if (!value) return;
    begin(key);
    text_.add(to_text(Json(*value)));
  }
  void flag(std::string_view key, std::optional<bool> value) {
    if (!value) return;
    begin(key);
    text_.add(*value ? "true" : "false");
  }
  void flag_if_set(std::string_view key, bool value) {
    if (value) flag(key, value);
  }
  void kind(std::string_view key, SpanKind value, SpanKind, SpanKind) {
    begin(key);
    text_.add("\"");
    text_.add(name(value));
    text_.add("\"");
  }
  void positions(std::string_view key, const std::vector<std::uint32_t>& values, std::uint64_t) {
    list(key, values, [this](std::uint32_t position) { text_.add(position); });
  }
  void numbers(std::string_view key, const std::vector<std::uint32_t>& values,
               std::optional<std::uint64_t>) {
    if (!values.empty()) positions(key, values, 0);
  }
  void rows(std::string_view key, const std::vector<double>& values, std::uint64_t count) {
    if (values.empty() || !with_rows_) return;
    begin(key);
    text_.add("[");
    const std::size_t width = values.size() / static_cast<std::size_t>(count);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i % width == 0) text_.add(i == 0 ? "[" : "],[");
      if (i % width != 0) text_.add(",");
      text_.add(to_text(Json(values[i])));
    }
    text_.add("]]");
  }
  void spans(std::string_view key, const std::vector<Span>& values, std::uint64_t length) {
    list(key, values, [&](const Span& span) {
      Writer writer(text_);
      visit_span(writer, span, length);
    });
  }
  /// The runs under `key`, or, if there is one, the flag under `flag_key`: each
  /// name has one type.
  void runs_or_flag(std::string_view key, std::string_view flag_key, const std::vector<Run>& runs,
                    std::optional<bool> value, std::uint64_t) {
    if (value) return flag(flag_key, value);
    list(key, runs, [this](const Run& run) {
      text_.add("[");
      text_.add(run.start);
      text_.add(",");
      text_.add(run.length);
      text_.add("]");
    });
  }
  void followed(std::string_view key, const std::optional<Followed>& value, std::uint64_t length) {
    if (!value) return;
    begin(key);
    Writer writer(text_);
    visit_followed(writer, *value, length);
  }

 private:
  void begin(std::string_view key) {
    text_.add(is_first_ ? "\"" : ",\"");
    is_first_ = false;
    text_.add(key);
    text_.add("\":");
  }
  template <class Entries, class Append>
  void list(std::string_view key, const Entries& entries, const Append& append_entry) {
    begin(key);
    text_.add("[");
    bool is_first = true;
    for (const auto& entry : entries) {
      if (!is_first) text_.add(",");
      is_first = false;
      append_entry(entry);
    }
    text_.add("]");
  }

  TextPieces& text_;
  bool with_rows_;
  bool is_first_ = true;
};

/// Fills members from one object.
class Reader {
 public:
  explicit Reader(const JsonField& field) : object_(field) {}

  void number(std::string_view key, std::uint32_t& value, const Limits& limits = {}) {
    integer(object_.required(key), value, limits);
  }
  void number_unless(std::string_view key, std::uint32_t& value, std::uint32_t usual) {
    value = usual;
    integer(object_.nullable(key), value, {.minimum = usual});
  }
  void optional(std::string_view key, std::optional<std::uint32_t>& value) {
    object_.nullable(key).integer(value);
  }
  void real(std::string_view key, std::optional<double>& value) {
    object_.nullable(key).number(value);
  }
  void flag(std::string_view key, std::optional<bool>& value) {
    object_.nullable(key).boolean(value);
  }
  void flag_if_set(std::string_view key, bool& value) { object_.nullable(key).boolean(value); }
  void kind(std::string_view key, SpanKind& value, SpanKind first, SpanKind last) {
    const auto begin = static_cast<std::size_t>(first);
    std::size_t index = 0;
    const auto names =
        std::span(span_kind_names).subspan(begin, static_cast<std::size_t>(last) - begin + 1);
    if (object_.required(key).word(index, names)) value = static_cast<SpanKind>(begin + index);
  }
  void positions(std::string_view key, std::vector<std::uint32_t>& values, std::uint64_t length) {
    object_.nullable(key).each([&](const JsonField& entry) {
      if (length == 0) return entry.refuse("none in a sequence without tokens");
      return integer(entry, values.emplace_back(), {0, length - 1});
    });
  }
  void numbers(std::string_view key, std::vector<std::uint32_t>& values,
               std::optional<std::uint64_t> count) {
    const JsonField field = object_.nullable(key);
    if (!field) return;
    field.each([&](const JsonField& entry) { return integer(entry, values.emplace_back(), {}); });
    if (count && values.size() != *count) field.refuse("a list with a number for each token");
  }
  void rows(std::string_view key, std::vector<double>& values, std::uint64_t count) {
    const JsonField field = object_.nullable(key);
    if (!field) return;
    std::size_t width = 0;
    if (!field.value().is_array() || field.value().size() != count) {
      field.refuse("a list with a row for each position or context");
      return;
    }
    field.each([&](const JsonField& row) {
      if (width == 0) width = row.value().size();
      if (row.value().size() != width) return row.refuse("rows of equal length");
      return row.each(
          [&](const JsonField& entry) { return entry.number(values.emplace_back(), 0, 1); },
          "a list of numbers", 1);
    });
  }
  void spans(std::string_view key, std::vector<Span>& values, std::uint64_t length) {
    object_.nullable(key).each([&](const JsonField& entry) {
      Reader reader(entry);
      if (!reader.object_) return false;
      visit_span(reader, values.emplace_back(), length);
      return entry.is_good();
    });
  }
  void runs_or_flag(std::string_view key, std::string_view flag_key, std::vector<Run>& runs,
                    std::optional<bool>& value, std::uint64_t length) {
    flag(flag_key, value);
    const JsonField field = object_.nullable(key);
    if (field.value().is_boolean()) {
      field.boolean(value);
      return;
    }
    field.each([&](const JsonField& entry) {
      const Json& pair = entry.value();
      if (!pair.is_array() || pair.size() != 2) return entry.refuse("[start, length]");
      Run& run = runs.emplace_back();
      std::uint64_t maximum = length;
      std::uint32_t* target = &run.start;
      entry.each([&](const JsonField& number) {
        if (!integer(number, *target, {0, maximum})) return false;
        maximum -= *target;
        target = &run.length;
        return true;
      });
      return entry.is_good();
    });
  }
  void followed(std::string_view key, std::optional<Followed>& value, std::uint64_t length) {
    const JsonField field = object_.nullable(key);
    if (!field) return;
    Reader reader(field);
    visit_followed(reader, value.emplace(), length);
  }

 private:
  static bool integer(const JsonField& field, std::uint32_t& value, const Limits& limits) {
    return field.integer(value, static_cast<std::int64_t>(limits.minimum),
                         static_cast<std::int64_t>(limits.maximum));
  }

  JsonObject object_;
};

}  // namespace

void append_text(const Latents& latents, std::string& text, bool with_rows) {
  TextPieces pieces(text);
  Writer writer(pieces, with_rows);
  visit_latents(writer, latents, 0);
}

std::string latents_text(const SequenceBatch& batch, bool with_rows) {
  std::string text;
  text += '[';
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (i > 0) text += ',';
    const Latents* entry = batch.latents_of(i);
    if (entry == nullptr) {
      text += "null";
    } else {
      append_text(*entry, text, with_rows);
    }
  }
  text += ']';
  return text;
}

Result<Latents> read_latents(const Json& object, std::uint64_t length) {
  std::vector<Problem> problems;
  Latents latents;
  Reader reader(JsonField(object, "latents", problems));
  visit_latents(reader, latents, length);
  if (!problems.empty()) return fail(ErrorKind::data, problems.front().text());
  return latents;
}

}  // namespace synthgen
