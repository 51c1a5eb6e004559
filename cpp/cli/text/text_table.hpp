#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace synthgen::cli {

/// Rows of cells in aligned columns.
class TextTable {
 public:
  enum class Align { left, right };

  explicit TextTable(std::vector<Align> columns) : align_(std::move(columns)) {}

  /// As many cells as there are columns.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /// The lines, `indent` spaces in. The last column is wrapped at `width` when it is left-aligned.
  /// Columns that do not fit in `width` follow in separate blocks, each after the first column.
  std::string text(std::size_t indent, std::size_t width) const;

 private:
  std::vector<std::size_t> widths() const;
  bool wraps(std::size_t column) const;
  void append_block(const std::vector<std::size_t>& shown, const std::vector<std::size_t>& widths,
                    std::size_t indent, std::size_t width, std::string& text) const;

  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace synthgen::cli
