#include "synthgen/generate/latents/read_latents.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// Reads members of objects; once one is wrong it keeps that complaint and reads no more.
class LatentsReader {
 public:
  explicit LatentsReader(std::uint64_t length) : length_(length) {}

  bool good() const noexcept { return complaint_.empty(); }
  const std::string& complaint() const noexcept { return complaint_; }

  Latents latents(const Json& object) {
    Latents latents;
    if (!object.is_object()) refuse("latents", object, "an object");
    each(object, "spans", "latents.spans", [&](const Json& value, const std::string& path) {
      latents.spans.push_back(span(value, path));
    });
    each(object, "noise", "latents.noise", [&](const Json& value, const std::string& path) {
      latents.noise.push_back(below(value, path, length_));
    });
    latents.theme = optional_number(object, "theme");
    latents.condition = optional_number(object, "condition");
    latents.component = optional_number(object, "component");
    latents.template_index = optional_number(object, "template");
    if (const Json* value = member(object, "followed")) latents.followed = followed(*value);
    if (const Json* value = member(object, "oracle_bits")) {
      if (!value->is_number()) refuse("latents.oracle_bits", *value, "a number");
      if (good()) latents.oracle_bits = value->get<double>();
    }
    return latents;
  }

 private:
  void refuse(const std::string& path, const Json& value, const std::string& allowed) {
    if (good()) complaint_ = formatted("{}: got {}; allowed: {}", path, shown(value), allowed);
  }
  static std::string shown(const Json& value) {
    if (value.is_string()) return quoted_start(value.get_ref<const std::string&>());
    return value.is_structured() ? value.type_name() : to_text(value);
  }

  /// Null when it is missing, null or not to be read any more.
  const Json* member(const Json& object, const char* key) const {
    if (!good() || !object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
  }

  template <class Use>
  void each(const Json& object, const char* key, const std::string& path, const Use& use) {
    const Json* list = member(object, key);
    if (list == nullptr) return;
    if (!list->is_array()) return refuse(path, *list, "a list");
    for (std::size_t i = 0; i < list->size() && good(); ++i) {
      use((*list)[i], formatted("{}[{}]", path, i));
    }
  }

  std::uint32_t within(const Json& value, const std::string& path, std::uint64_t minimum,
                       std::uint64_t maximum) {
    const std::int64_t number = whole_number(value).value_or(-1);
    if (number >= 0 && static_cast<std::uint64_t>(number) >= minimum &&
        static_cast<std::uint64_t>(number) <= maximum) {
      return static_cast<std::uint32_t>(number);
    }
    refuse(path, value, formatted("an integer from {} to {}", minimum, maximum));
    return 0;
  }
  std::uint32_t below(const Json& value, const std::string& path, std::uint64_t end) {
    if (end > 0) return within(value, path, 0, end - 1);
    refuse(path, value, "none in a sequence without tokens");
    return 0;
  }
  std::uint32_t number(const Json& object, const char* key, const std::string& path,
                       std::uint64_t minimum = 0, std::uint64_t maximum = UINT32_MAX) {
    const Json* value = member(object, key);
    return within(value == nullptr ? Json() : *value, formatted("{}.{}", path, key), minimum,
                  maximum);
  }
  std::optional<std::uint32_t> optional_number(const Json& object, const char* key,
                                               const std::string& path = "latents") {
    if (member(object, key) == nullptr) return std::nullopt;
    return number(object, key, path);
  }
  std::optional<bool> optional_truth(const Json& object, const char* key, const std::string& path) {
    const Json* value = member(object, key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_boolean()) refuse(formatted("{}.{}", path, key), *value, "true or false");
    return *value == true;
  }

  /// One of the kinds from `first` to `last`.
  SpanKind kind(const Json& object, const char* key, const std::string& path, SpanKind first,
                SpanKind last) {
    const auto begin = span_kind_names.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = span_kind_names.begin() + static_cast<std::ptrdiff_t>(last) + 1;
    const Json* value = member(object, key);
    const auto found =
        value == nullptr || !value->is_string()
            ? end
            : std::find(begin, end, std::string_view(value->get_ref<const std::string&>()));
    if (found != end) return static_cast<SpanKind>(found - span_kind_names.begin());
    refuse(formatted("{}.{}", path, key), value == nullptr ? Json() : *value,
           "one of " + joined(std::vector<std::string_view>(begin, end), ", "));
    return first;
  }

  Span span(const Json& object, const std::string& path) {
    Span span;
    if (!object.is_object()) refuse(path, object, "an object");
    span.start = number(object, "start", path, 0, length_);
    span.length =
        number(object, "length", path, 0, length_ - std::min<std::uint64_t>(length_, span.start));
    span.kind = kind(object, "kind", path, SpanKind::fresh, SpanKind::slot);
    switch (span.kind) {
      case SpanKind::band:
        span.band.first = number(object, "first", path);
        span.band.size = number(object, "size", path);
        span.echo_of = optional_number(object, "echo_of", path);
        break;
      case SpanKind::slot:
        span.pattern = kind(object, "pattern", path, SpanKind::repetition, SpanKind::reversal);
        span.first_slot = number(object, "first_slot", path);
        span.full_length = number(object, "full_length", path);
        if (span.pattern == SpanKind::repetition) span.period = number(object, "period", path);
        break;
      case SpanKind::successor:
        break;
      default:
        span.full_length = member(object, "full_length") == nullptr
                               ? span.length
                               : number(object, "full_length", path, span.length);
        if (span.kind == SpanKind::repetition) span.period = number(object, "period", path);
        span.steered = optional_truth(object, "steered", path).value_or(false);
    }
    return span;
  }

  Followed followed(const Json& object) {
    const std::string path = "latents.followed";
    Followed followed;
    if (!object.is_object()) refuse(path, object, "an object");
    if (const Json* style = member(object, "style"); style != nullptr && style->is_boolean()) {
      followed.style_as_theme = *style == true;
    } else {
      each(object, "style", path + ".style", [&](const Json& run, const std::string& place) {
        if (!run.is_array() || run.size() != 2) return refuse(place, run, "[start, length]");
        const std::uint32_t start = within(run[0], place, 0, length_);
        followed.style.push_back({start, within(run[1], place, 0, length_ - start)});
      });
    }
    followed.length = optional_truth(object, "length", path);
    return followed;
  }

  std::uint64_t length_;
  std::string complaint_;
};

}  // namespace

Result<Latents> read_latents(const Json& object, std::uint64_t length) {
  LatentsReader reader(length);
  Latents latents = reader.latents(object);
  if (!reader.good()) return fail(ErrorKind::data, reader.complaint());
  return latents;
}

}  // namespace synthgen
