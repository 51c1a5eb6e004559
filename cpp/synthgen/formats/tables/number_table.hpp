#pragma once

#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/formats/tables/element_reader.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace synthgen {

/// Numbers that a file holds as an array of some shape.
struct NumberTable {
  std::vector<std::uint64_t> shape;
  ElementRegion elements;

  /// Whether it is a table whose rows can be sequences: of two dimensions, rows not empty.
  bool has_rows() const noexcept { return shape.size() == 2 && (shape[1] > 0 || shape[0] == 0); }
};

/// How a format keeps what belongs to a table of ids in files beside it.
struct FilesBeside {
  Result<NumberTable> (*read)(std::shared_ptr<const ByteFile>);
  std::string_view lengths;  ///< what stands behind the stem of the file with a length a row
  std::string_view labels;   ///< and of that with a label a token
};

/// A reader of the table's rows, which `has_rows`. Fails (data) where the files beside do not fit.
Result<std::unique_ptr<SequenceReader>> open_rows(NumberTable table, const FilesBeside& beside);

}  // namespace synthgen
