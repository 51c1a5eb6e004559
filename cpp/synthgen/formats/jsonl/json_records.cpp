#include "synthgen/formats/jsonl/json_records.hpp"

namespace synthgen {
namespace {

constexpr std::string_view json_blanks = " \t\r\n";

}  // namespace

JsonRecords::Layout JsonRecords::layout_of(std::string_view first_line, bool one_value) noexcept {
  const std::size_t begin = first_line.find_first_not_of(json_blanks);
  if (begin == first_line.npos) return Layout::lines;
  const std::size_t next = first_line.find_first_not_of(json_blanks, begin + 1);
  if (first_line[begin] == '{') return next == first_line.npos ? Layout::values : Layout::lines;
  if (first_line[begin] != '[') return Layout::lines;
  const bool is_array = next == first_line.npos || first_line[next] == '{' ||
                        first_line[next] == '[' || (one_value && first_line[next] == ']');
  return is_array ? Layout::array : Layout::lines;
}

void JsonRecords::add_line(std::string_view line, std::uint64_t number) {
  line_ = line;
  line_ += '\n';
  at_ = 0;
  line_number_ = number;
}

JsonRecords::Found JsonRecords::stop(std::string reason) {
  reason_ = std::move(reason);
  record_line_ = line_number_;
  return Found::fault;
}

/// Takes a character between records; false, with `reason_`, if it may not be there.
bool JsonRecords::take_outside(char c) {
  if (json_blanks.find(c) != json_blanks.npos) return true;
  if (layout_ == Layout::array) {
    if (place_ == Place::before_array && c == '[') {
      place_ = Place::first;
      return true;
    }
    if (place_ == Place::separator && c == ',') {
      place_ = Place::record;
      return true;
    }
    if ((place_ == Place::separator || place_ == Place::first) && c == ']') {
      place_ = Place::end;
      return true;
    }
  }
  const bool may_begin =
      layout_ == Layout::values || place_ == Place::first || place_ == Place::record;
  if (may_begin && (c == '{' || c == '[')) {
    record_ = c;
    record_line_ = line_number_;
    depth_ = 1;
    return true;
  }
  reason_ = place_ == Place::end         ? "text after the end of the array"
            : place_ == Place::separator ? "no comma between two records of the array"
                                         : "no record where one should begin";
  return false;
}

/// Takes a character of a record; true if it is the last one.
bool JsonRecords::take_inside(char c) {
  record_ += c == '\n' || c == '\r' ? ' ' : c;
  if (in_text_) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_text_ = false;
    }
    return false;
  }
  if (c == '"') in_text_ = true;
  if (c == '{' || c == '[') ++depth_;
  return (c == '}' || c == ']') && --depth_ == 0;
}

JsonRecords::Found JsonRecords::next(std::string_view& record) {
  if (!reason_.empty()) return Found::fault;
  while (at_ < line_.size()) {
    const char c = line_[at_++];
    if (depth_ == 0) {
      if (!take_outside(c)) return stop(std::move(reason_));
      continue;
    }
    if (!take_inside(c)) continue;
    place_ = Place::separator;
    record = record_;
    return Found::record;
  }
  if (record_.size() > default_max_line && depth_ > 0) {
    return stop("a record of more than 256 MiB, or one that does not end");
  }
  return Found::needs_line;
}

std::string_view JsonRecords::reason_at_end() const noexcept {
  if (depth_ > 0) return "the text ends inside this record";
  if (layout_ == Layout::array && place_ != Place::end) return "the text ends inside its array";
  return {};
}

}  // namespace synthgen
