#include "text_table.hpp"

#include <algorithm>

#include "terminal.hpp"

namespace synthgen::cli {
namespace {

constexpr std::string_view gap = "  ";

std::string padded(const std::string& cell, std::size_t width, TextTable::Align align) {
  const std::string space(width - std::min(width, columns(cell)), ' ');
  return align == TextTable::Align::left ? cell + space : space + cell;
}

}  // namespace

std::string TextTable::text(std::size_t indent, std::size_t width) const {
  constexpr std::size_t narrowest_column = 20;
  const std::size_t last = align_.size() - 1;
  std::vector<std::size_t> widths(align_.size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  std::size_t last_starts = indent;
  for (std::size_t i = 0; i < last; ++i) last_starts += widths[i] + gap.size();
  const std::size_t last_width =
      width > last_starts + narrowest_column ? width - last_starts : narrowest_column;

  std::string text;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < last; ++i) line.append(padded(row[i], widths[i], align_[i])) += gap;
    if (align_[last] == Align::right) {
      line += padded(row[last], widths[last], Align::right);
    } else {
      const std::vector<std::string> lines = wrapped(row[last], last_width);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) line.append("\n").append(last_starts, ' ');
        line += lines[i];
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text.append(line) += '\n';
  }
  return text;
}

}  // namespace synthgen::cli
