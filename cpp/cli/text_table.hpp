#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace synthgen::cli {

/// Rows of cells in aligned columns, for people.
class TextTable {
 public:
  enum class Align { left, right };

  explicit TextTable(std::vector<Align> columns) : align_(std::move(columns)) {}

  /// As many cells as there are columns.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /// The lines, `indent` spaces in. The last column is wrapped at `width` when it is left-aligned.
  std::string text(std::size_t indent, std::size_t width) const;

 private:
  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace synthgen::cli
