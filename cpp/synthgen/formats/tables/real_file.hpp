#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/tables/number_table.hpp"
#include "synthgen/io/line_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// Rows of real numbers in a text: one JSON array per line, or an object with the array under a
/// key. Blank lines at the end are left out.
class RealLines {
 public:
  /// Faults call the lines' file `name`.
  RealLines(std::unique_ptr<LineSource> source, std::string name, std::string key)
      : source_(std::move(source)), name_(std::move(name)), key_(std::move(key)) {}

  /// Replaces `row` by the next one; null, and the NaN and Infinity that Python writes, come as
  /// NaN. False after the last one. Fails (data) with the line, (io).
  Result<bool> next(std::vector<double>& row);

  /// The last row's line, from 1.
  std::uint64_t line() const noexcept { return line_; }
  const std::string& name() const noexcept { return name_; }

 private:
  tl::unexpected<Error> fault(std::string_view reason) const;

  std::unique_ptr<LineSource> source_;
  std::string name_;
  std::string key_;
  std::uint64_t line_ = 0;
};

/// A file of real numbers: an array of NPY or safetensors, or lines of JSON.
struct RealFile {
  std::string name;
  std::optional<NumberTable> table = {};  ///< none for text
  std::optional<RealLines> lines = {};    ///< none for arrays

  /// Bits of a number's significand: numbers are rounded to a relative 2^−bits.
  int significand_bits() const noexcept;
};

/// Opens a file by its content. `tensor` names the tensor of a safetensors file, or the member of
/// JSONL objects that has the row; without a name it is `key`, or a file's only tensor. Fails (io)
/// if it cannot be opened, (data) if it is malformed or holds no real numbers, (usage) if `tensor`
/// names none.
Result<RealFile> open_reals(const std::string& path, const std::string& key,
                            const std::string& tensor = {});

}  // namespace synthgen
