#pragma once

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/fault.hpp"
#include "synthgen/formats/jsonl/json_builder.hpp"
#include "synthgen/formats/mask_scan.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synthgen {

/// Listens to the parser and keeps what is read of the top level: the ids of the token list, the
/// labels, the mask, the padding and the latents, and the names of the other members.
class LineListener : public nlohmann::json_sax<Json> {
 public:
  /// `has_words`: `tokens` holds the words whose ids `input_ids` has.
  explicit LineListener(std::vector<std::uint32_t>& tokens, bool has_words)
      : tokens_(tokens), has_words_(has_words) {}

  bool found() const noexcept { return has(Member::tokens); }
  bool words_are_numbers() const noexcept { return words_are_numbers_; }
  std::optional<std::uint64_t> padding() const noexcept { return padding_; }
  const Json& latents() const noexcept { return latents_.built(); }
  bool has_labels() const noexcept { return has(Member::labels); }
  bool has_mask() const noexcept { return has(Member::mask); }
  const MaskScan& mask() const noexcept { return mask_; }
  std::vector<std::int64_t> take_labels() { return std::move(labels_); }
  std::vector<float> take_bits() { return std::move(bits_); }
  std::vector<float> take_oracle() { return std::move(oracle_); }
  std::vector<std::string> take_others() { return std::move(others_); }
  std::optional<Fault> take_fault() { return std::move(fault_); }

  bool null() override {
    const bool is_absent = at(Member::labels) || at(Member::padding) || at(Member::mask) ||
                           at(Member::bits) || at(Member::oracle);
    if (is_absent || take_bits_of(std::numeric_limits<double>::quiet_NaN())) return true;
    note(nullptr);
    return refuse_unless_skipped("null");
  }
  bool boolean(bool value) override {
    note(value);
    if (in(Member::mask)) return take_mask(value ? 1 : 0);
    if (at(Member::labels)) return leave_out_class();
    return refuse_unless_skipped(value ? "true" : "false");
  }
  bool number_integer(number_integer_t value) override {
    if (value >= 0) return number_unsigned(static_cast<number_unsigned_t>(value));  // -0
    note(value);
    if (take_bits_of(static_cast<double>(value))) return true;
    if (in(Member::labels)) return take_label(value);
    if (in(Member::mask)) return take_mask(value);
    if (!in(Member::tokens)) return refuse_number(std::to_string(value));
    return stop(FaultKind::negative_id, formatted("token {}: negative id {}", position_, value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (at(Member::padding)) return take_padding(value);
    note(value);
    if (take_bits_of(static_cast<double>(value))) return true;
    if (in(Member::labels)) {
      return take_label(value > UINT32_MAX ? INT64_MAX : static_cast<std::int64_t>(value));
    }
    if (in(Member::mask)) {
      return take_mask(static_cast<std::int64_t>(std::min<std::uint64_t>(value, INT64_MAX)));
    }
    if (!in(Member::tokens)) return refuse_number(std::to_string(value));
    if (value > UINT32_MAX) return too_large(std::to_string(value));
    tokens_.push_back(static_cast<std::uint32_t>(value));
    ++position_;
    return true;
  }
  bool number_float(number_float_t value, const string_t& text) override {
    note(value);
    if (take_bits_of(value)) return true;
    if (!in(Member::tokens)) return refuse_number(text);
    const bool whole = text.find_first_of(".eE") == text.npos;
    if (whole && text.front() != '-') return too_large(text);
    if (whole) {
      return stop(FaultKind::negative_id, formatted("token {}: negative id {}", position_, text));
    }
    return refuse_unless_skipped(text);
  }
  bool string(string_t& value) override {
    if (at_latents()) note(value);
    if (at(Member::labels)) return leave_out_class();
    return refuse_unless_skipped(quoted_start(value));
  }
  bool binary(binary_t&) override { return refuse_unless_skipped("binary data"); }
  bool start_object(std::size_t) override {
    const bool is_record = depth_ == 0;
    if (!is_record && !refuse_unless_skipped("an object")) return false;
    return open(Json::value_t::object);
  }
  bool key(string_t& key) override {
    if (depth_ == 1) member_ = member_named(key);
    if (latents_.depth() > 0) latents_.key(key);
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override {
    if (depth_ == 0) member_ = Member::tokens;
    const bool is_list =
        depth_ == (member_ == Member::tokens && !in_object_ ? 0 : 1) && list_name() != nullptr;
    if (!is_list) return refuse_unless_skipped("an array") && open(Json::value_t::array);
    if (has(member_)) {
      return stop(FaultKind::malformed, formatted("more than one list of {}", list_name()));
    }
    lists_ |= bit(member_);
    list_ = member_;
    list_depth_ = depth_ + 1;
    return open(Json::value_t::array);
  }
  bool end_array() override {
    if (depth_ == list_depth_) list_depth_ = -1;
    return close();
  }
  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::detail::exception& error) override {
    return stop(FaultKind::malformed,
                formatted("not JSON at column {}: {}", byte, parse_error_reason(error.what())));
  }

 private:
  /// What a member of the top level is.
  enum class Member : std::uint8_t {
    other,
    tokens,
    words,
    labels,
    mask,
    bits,
    oracle,
    padding,
    latents
  };
  static constexpr unsigned bit(Member member) { return 1U << static_cast<unsigned>(member); }

  Member member_named(const std::string& key) {
    constexpr std::size_t most_others = 20;
    constexpr std::size_t longest_name = 80;
    constexpr std::array<std::pair<std::string_view, Member>, 8> names{
        {{"input_ids", Member::tokens},
         {"tokens", Member::tokens},
         {"labels", Member::labels},
         {"attention_mask", Member::mask},
         {"predictive_bits", Member::bits},
         {"oracle_bits", Member::oracle},
         {"padding", Member::padding},
         {"latents", Member::latents}}};
    for (const auto& [name, member] : names) {
      const bool is_words = has_words_ && key == "tokens";
      if (key == name && !is_words) return member;
    }
    if (others_.size() < most_others) others_.push_back(key.substr(0, longest_name));
    return key == "tokens" ? Member::words : Member::other;
  }
  /// What the list that is the current member is called in messages; null where it is no list.
  const char* list_name() const noexcept {
    switch (member_) {
      case Member::tokens:
        return "tokens";
      case Member::labels:
        return "labels";
      case Member::mask:
        return "attention_mask";
      case Member::bits:
        return "predictive_bits";
      case Member::oracle:
        return "oracle_bits";
      default:
        return nullptr;
    }
  }
  bool has(Member member) const noexcept { return (lists_ & bit(member)) != 0; }
  /// Whether a value is this member of the record.
  bool at(Member member) const noexcept { return depth_ == 1 && in_object_ && member_ == member; }
  /// Whether a value is an entry of this member's list.
  bool in(Member member) const noexcept { return depth_ == list_depth_ && list_ == member; }
  bool at_latents() const noexcept { return latents_.depth() > 0 || at(Member::latents); }
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
    if (depth_ == 0) in_object_ = container == Json::value_t::object;
    ++depth_;
    return true;
  }
  bool close() {
    --depth_;
    if (latents_.depth() > 0) latents_.end();
    return true;
  }
  bool take_padding(std::uint64_t count) {
    if (padding_) return stop(FaultKind::malformed, "more than one padding");
    padding_ = count;
    return true;
  }
  bool take_mask(std::int64_t value) {
    return mask_.add(value) || stop(FaultKind::malformed, "attention_mask: " + mask_.reason());
  }
  bool in_bits() const noexcept { return in(Member::bits) || in(Member::oracle); }
  std::vector<float>& open_bits() noexcept { return in(Member::bits) ? bits_ : oracle_; }
  /// Whether it is an entry of a list of bits.
  bool take_bits_of(double value) {
    if (!in_bits()) return false;
    open_bits().push_back(static_cast<float>(value));
    return true;
  }
  bool take_label(std::int64_t value) {
    if (is_label(value)) {
      labels_.push_back(value);
      return true;
    }
    return refuse_unless_skipped(value == INT64_MAX ? "an id above 4294967295"
                                                    : std::to_string(value));
  }
  bool stop(FaultKind kind, std::string message) {
    fault_ = Fault{kind, {}, 0, std::move(message)};
    return false;
  }
  bool too_large(const std::string& text) {
    return stop(FaultKind::id_too_large,
                formatted("token {}: id {} is above 4294967295", position_, text));
  }
  /// Stops with a fault where `what` cannot be; true inside of members that are not read.
  bool refuse_unless_skipped(const std::string& what) {
    const auto malformed = [&](std::string message) {
      return stop(FaultKind::malformed, std::move(message));
    };
    if (in(Member::tokens)) {
      return malformed(formatted("token {}: {} where an id belongs", position_, what));
    }
    if (in(Member::labels)) {
      return malformed(formatted("label {}: {} where an id or -100 belongs", labels_.size(), what));
    }
    if (in(Member::mask)) {
      return malformed(
          formatted("attention_mask: {} at position {} where 0 or 1 belongs", what, mask_.size()));
    }
    if (in_bits()) {
      return malformed(formatted("{}: {} at position {} where a number belongs", list_name(), what,
                                 open_bits().size()));
    }
    if (depth_ == 0) return malformed(what + " where an object or a list of ids belongs");
    if (at(Member::padding)) {
      return malformed(formatted("padding: {} where a number of tokens belongs", what));
    }
    if (depth_ == 1 && in_object_ && list_name() != nullptr) {
      return malformed(formatted("{} is not a list", list_name()));
    }
    return true;
  }

  /// A class of the whole sequence, which other programs call labels, too.
  bool leave_out_class() {
    others_.push_back("labels");
    return true;
  }

  bool refuse_number(const std::string& text) {
    words_are_numbers_ = words_are_numbers_ || member_ == Member::words;
    if (at(Member::labels)) return leave_out_class();
    return refuse_unless_skipped(depth_ == 0 ? "a number" : text);
  }

  std::vector<std::uint32_t>& tokens_;
  bool has_words_;
  bool words_are_numbers_ = false;
  std::size_t position_ = 0;
  int depth_ = 0;
  bool in_object_ = false;  ///< whether the line is an object
  Member member_ = Member::other;
  unsigned lists_ = 0;  ///< bits of the lists that were found
  Member list_ = Member::other;
  int list_depth_ = -1;  ///< of the entries of the open list
  std::vector<std::int64_t> labels_;
  MaskScan mask_;
  std::vector<float> bits_;
  std::vector<float> oracle_;
  std::optional<std::uint64_t> padding_;
  JsonBuilder latents_;
  std::vector<std::string> others_;
  std::optional<Fault> fault_;
};

}  // namespace synthgen
