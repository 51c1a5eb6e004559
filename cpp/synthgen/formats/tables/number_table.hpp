#pragma once

#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/formats/tables/element_reader.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace synthgen {

/// Numbers that a file stores as an array of some shape.
struct NumberTable {
  std::vector<std::uint64_t> shape;
  ElementRegion elements;

  /// Whether its rows can be sequences: two dimensions, and rows that are not empty.
  bool has_rows() const noexcept { return shape.size() == 2 && (shape[1] > 0 || shape[0] == 0); }
};

/// How a format stores the lengths and labels of an id table in side files.
struct TableSideFiles {
  Result<NumberTable> (*read)(std::shared_ptr<const ByteFile>);
  std::string_view lengths;  ///< after the stem: the file with one length per row
  std::string_view labels;   ///< after the stem: the file with one label per token
};

/// A reader of the table's rows; the table `has_rows`. Fails (data) if a side file does not fit.
Result<std::unique_ptr<SequenceReader>> open_rows(NumberTable table, const TableSideFiles& sides);

}  // namespace synthgen
