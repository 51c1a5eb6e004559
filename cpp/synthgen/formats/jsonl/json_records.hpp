#pragma once

#include "synthgen/io/line_source.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace synthgen {

/// Finds the records of JSON that is laid out in another way than one per line: the entries of one
/// array, or values that each take several lines.
class JsonRecords {
 public:
  enum class Layout : std::uint8_t {
    lines,   ///< one value per line
    array,   ///< `[`, then records with commas between them, then `]`
    values,  ///< records in several lines each, one after another
  };

  /// The layout of a text whose first line that is not blank is this one. `[]` is an empty array in
  /// a file of `one_value`, else a line without ids.
  static Layout layout_of(std::string_view first_line, bool one_value) noexcept;

  explicit JsonRecords(Layout layout) : layout_(layout) {}

  /// Adds the next line, which is the `number`th.
  void add_line(std::string_view line, std::uint64_t number);

  /// What `next` has found.
  enum class Found : std::uint8_t { record, needs_line, fault };

  /// The next record; valid until the next call. A fault, with `reason`, ends it.
  Found next(std::string_view& record);

  /// Why the text may not end here; empty if it may.
  std::string_view reason_at_end() const noexcept;

  const std::string& reason() const noexcept { return reason_; }
  /// The line in which the record begins, or the fault is.
  std::uint64_t line() const noexcept { return record_line_; }

 private:
  /// What may come next, outside of records.
  enum class Place : std::uint8_t { before_array, first, record, separator, end };

  Found stop(std::string reason);
  bool take_outside(char c);
  bool take_inside(char c);

  Layout layout_;
  std::string line_;
  std::size_t at_ = 0;
  std::uint64_t line_number_ = 0;
  Place place_ = Place::before_array;
  std::string record_;
  std::uint64_t record_line_ = 0;
  std::uint64_t depth_ = 0;  ///< of brackets and braces of the record
  bool in_text_ = false;
  bool escaped_ = false;
  std::string reason_;
};

}  // namespace synthgen
