#include "synthgen/formats/jsonl/jsonl_line.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/jsonl/compact_ids.hpp"
#include "synthgen/formats/jsonl/json_builder.hpp"
#include "synthgen/generate/latents/latents_json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <limits>
#include <utility>

namespace synthgen {
namespace {

/// Listens to the parser and keeps the ids of the token list, the labels and the latents of the top
/// level.
class LineListener : public nlohmann::json_sax<Json> {
 public:
  explicit LineListener(std::vector<std::uint32_t>& tokens) : tokens_(tokens) {}

  bool found() const noexcept { return found_; }
  std::uint64_t padding() const noexcept { return padding_; }
  const Json& latents() const noexcept { return latents_.built(); }
  bool has_labels() const noexcept { return has_labels_; }
  std::vector<std::int64_t> take_labels() { return std::move(labels_); }
  std::vector<float> take_bits() { return std::move(bits_); }
  std::optional<Fault> take_fault() { return std::move(fault_); }

  bool null() override {
    if (depth_ == 1 && next_is_labels_) return true;
    if (take_bits_of(std::numeric_limits<double>::quiet_NaN())) return true;
    note(nullptr);
    return not_an_id("null");
  }
  bool boolean(bool value) override {
    note(value);
    return not_an_id(value ? "true" : "false");
  }
  bool number_integer(number_integer_t value) override {
    if (value >= 0) return number_unsigned(static_cast<number_unsigned_t>(value));  // -0
    if (take_bits_of(static_cast<double>(value))) return true;
    note(value);
    if (in_labels()) return take_label(value);
    if (!in_tokens()) return value_outside();
    return stop(FaultKind::negative_id, formatted("token {}: negative id {}", position_, value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (depth_ == 1 && next_is_padding_) padding_ = value;
    if (take_bits_of(static_cast<double>(value))) return true;
    note(value);
    if (in_labels()) {
      return take_label(value > UINT32_MAX ? INT64_MAX : static_cast<std::int64_t>(value));
    }
    if (!in_tokens()) return value_outside();
    if (value > UINT32_MAX) return too_large(std::to_string(value));
    tokens_.push_back(static_cast<std::uint32_t>(value));
    ++position_;
    return true;
  }
  bool number_float(number_float_t value, const string_t& text) override {
    if (take_bits_of(value)) return true;
    note(value);
    if (in_labels()) return not_an_id(text);
    if (!in_tokens()) return value_outside();
    const bool whole = text.find_first_of(".eE") == text.npos;
    if (whole && text.front() != '-') return too_large(text);
    if (whole) {
      return stop(FaultKind::negative_id, formatted("token {}: negative id {}", position_, text));
    }
    return not_an_id(text);
  }
  bool string(string_t& value) override {
    if (at_latents()) note(value);
    return not_an_id(quoted_start(value));
  }
  bool binary(binary_t&) override { return not_an_id("binary data"); }
  bool start_object(std::size_t) override {
    if (in_tokens() || in_labels()) return not_an_id("an object");
    return is_list_missing() ? stop_without_list() : open(Json::value_t::object);
  }
  bool key(string_t& key) override {
    if (depth_ == 1) {
      next_is_tokens_ = key == "input_ids" || key == "tokens";
      next_is_padding_ = key == "padding";
      next_is_latents_ = key == "latents";
      next_is_labels_ = key == "labels";
      next_is_bits_ = key == "predictive_bits";
    }
    if (latents_.depth() > 0) latents_.key(key);
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override {
    if (in_tokens() || in_labels()) return not_an_id("an array");
    if (depth_ == 1 && next_is_labels_) {
      if (has_labels_) return stop(FaultKind::malformed, "more than one list of labels");
      has_labels_ = true;
      labels_depth_ = depth_ + 1;
    }
    if (depth_ == 1 && next_is_bits_) {
      bits_.clear();
      bits_depth_ = depth_ + 1;
    }
    if ((depth_ == 0 || (depth_ == 1 && next_is_tokens_))) {
      if (found_) {
        return stop(FaultKind::malformed, "more than one list of tokens");
      }
      found_ = true;
      tokens_depth_ = depth_ + 1;
    }
    return open(Json::value_t::array);
  }
  bool end_array() override {
    if (in_tokens()) tokens_depth_ = -1;
    if (in_labels()) labels_depth_ = -1;
    if (depth_ == bits_depth_) bits_depth_ = -1;
    return close();
  }
  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::detail::exception& error) override {
    return stop(FaultKind::malformed,
                formatted("not JSON at column {}: {}", byte, parse_error_reason(error.what())));
  }

 private:
  bool at_latents() const noexcept {
    return latents_.depth() > 0 || (depth_ == 1 && next_is_latents_);
  }
  template <class Value>
  void note(const Value& value) {
    if (at_latents()) latents_.add(value);
  }
  bool open(Json::value_t container) {
    constexpr std::size_t deepest_latents = 16;
    if (at_latents()) {
      if (latents_.depth() == deepest_latents) {
        return stop(FaultKind::malformed, "latents are nested more than 16 deep");
      }
      latents_.start(Json(container));
    }
    ++depth_;
    return true;
  }
  bool close() {
    --depth_;
    if (latents_.depth() > 0) latents_.end();
    return true;
  }
  bool in_tokens() const noexcept { return depth_ == tokens_depth_; }
  bool in_labels() const noexcept { return depth_ == labels_depth_; }
  /// Whether there is something else where a list must begin.
  bool is_list_missing() const noexcept {
    return depth_ == 1 && (next_is_tokens_ || next_is_labels_);
  }
  bool stop_without_list() {
    return stop(FaultKind::malformed,
                formatted("{} is not a list", next_is_labels_ ? "labels" : "tokens"));
  }
  /// Whether it belongs to the list of bits.
  bool take_bits_of(double value) {
    if (depth_ != bits_depth_) return false;
    bits_.push_back(static_cast<float>(value));
    return true;
  }
  bool take_label(std::int64_t value) {
    if (is_label(value)) {
      labels_.push_back(value);
      return true;
    }
    return not_an_id(value == INT64_MAX ? "an id above 4294967295" : std::to_string(value));
  }
  bool stop(FaultKind kind, std::string message) {
    fault_ = Fault{kind, {}, 0, std::move(message)};
    return false;
  }
  bool too_large(const std::string& text) {
    return stop(FaultKind::id_too_large,
                formatted("token {}: id {} is above 4294967295", position_, text));
  }
  bool value_outside() {
    if (depth_ == 0) {
      return stop(FaultKind::malformed, "a number where an object or a list of ids belongs");
    }
    return !is_list_missing() || stop_without_list();
  }
  bool not_an_id(const std::string& what) {
    if (in_tokens()) {
      return stop(FaultKind::malformed,
                  formatted("token {}: {} where an id belongs", position_, what));
    }
    if (in_labels()) {
      return stop(FaultKind::malformed,
                  formatted("label {}: {} where an id or -100 belongs", labels_.size(), what));
    }
    if (depth_ == 0) {
      return stop(FaultKind::malformed,
                  formatted("{} where an object or a list of ids belongs", what));
    }
    return !is_list_missing() || stop_without_list();
  }

  std::vector<std::uint32_t>& tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
  int tokens_depth_ = -1;
  bool next_is_tokens_ = false;
  bool next_is_padding_ = false;
  bool next_is_latents_ = false;
  bool next_is_labels_ = false;
  int labels_depth_ = -1;
  bool has_labels_ = false;
  std::vector<std::int64_t> labels_;
  bool next_is_bits_ = false;
  int bits_depth_ = -1;
  std::vector<float> bits_;
  std::uint64_t padding_ = 0;
  JsonBuilder latents_;
  bool found_ = false;
  std::optional<Fault> fault_;
};

/// The common records: ids and no other member.
bool parse_compact(std::string_view line, std::vector<std::uint32_t>& tokens) {
  for (const auto& [head, tail] :
       {std::pair<std::string_view, std::string_view>{"{\"input_ids\":[", "]}"},
        {"{\"input_ids\": [", "]}"},
        {"{\"tokens\":[", "]}"},
        {"{\"tokens\": [", "]}"},
        {"[", "]"}}) {
    if (line.size() < head.size() + tail.size() || !line.starts_with(head)) continue;
    if (!line.ends_with(tail)) return false;
    line.remove_prefix(head.size());
    line.remove_suffix(tail.size());
    return append_compact_ids(line, tokens);
  }
  return false;
}

}  // namespace

std::optional<Fault> parse_jsonl_line(std::string_view line, std::vector<std::uint32_t>& tokens,
                                      RecordNotes& notes) {
  notes = {};
  if (parse_compact(line, tokens)) return std::nullopt;
  const std::size_t before = tokens.size();
  LineListener listener(tokens);
  const bool complete = Json::sax_parse(line, &listener);
  std::optional<Fault> fault = listener.take_fault();
  const auto malformed = [](std::string message) {
    return Fault{FaultKind::malformed, {}, 0, std::move(message)};
  };
  if (!fault && (!complete || !listener.found())) {
    fault = malformed("no member input_ids or tokens");
  }
  const std::size_t length = tokens.size() - before;
  notes.padding = listener.padding();
  if (!fault && notes.padding > length) {
    fault = malformed(formatted("padding {} is more than the sequence's {}", notes.padding,
                                counted(length, "token")));
  }
  if (!fault && listener.has_labels()) {
    notes.labels = listener.take_labels();
    if (notes.labels.size() != length) {
      fault = malformed(formatted("{} for the sequence's {}", counted(notes.labels.size(), "label"),
                                  counted(length, "token")));
    }
  }
  if (!fault) {
    notes.predictive_bits = listener.take_bits();
    if (!notes.predictive_bits.empty() && notes.predictive_bits.size() != length) {
      fault = malformed(formatted("{} of predictive_bits for the sequence's {}",
                                  counted(notes.predictive_bits.size(), "number"),
                                  counted(length, "token")));
    }
  }
  if (!fault && !listener.latents().is_null()) {
    Result<Latents> latents = read_latents(listener.latents(), length);
    if (latents) {
      notes.latents = std::move(*latents);
    } else {
      fault = malformed(std::move(latents.error().message));
    }
  }
  if (fault) tokens.resize(before);
  return fault;
}

}  // namespace synthgen
