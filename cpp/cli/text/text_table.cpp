#include "text_table.hpp"

#include <algorithm>

#include "terminal.hpp"

namespace synthgen::cli {
namespace {

constexpr std::string_view gap = "  ";
/// A wrapped column is not made narrower.
constexpr std::size_t narrowest_column = 20;

std::string padded(const std::string& cell, std::size_t width, TextTable::Align align) {
  const std::string space(width - std::min(width, columns(cell)), ' ');
  return align == TextTable::Align::left ? cell + space : space + cell;
}

}  // namespace

std::vector<std::size_t> TextTable::widths() const {
  std::vector<std::size_t> widths(align_.size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  return widths;
}

bool TextTable::wraps(std::size_t column) const {
  return column + 1 == align_.size() && align_[column] == Align::left;
}

std::string TextTable::text(std::size_t indent, std::size_t width) const {
  const std::vector<std::size_t> wide = widths();
  std::string text;
  for (std::size_t first = 1; first == 1 || first < wide.size();) {
    std::vector<std::size_t> shown{0};
    std::size_t used = indent + wide[0];
    for (; first < wide.size(); ++first) {
      const std::size_t least =
          wraps(first) ? std::min(wide[first], narrowest_column) : wide[first];
      if (shown.size() > 1 && used + gap.size() + least > width) break;
      used += gap.size() + least;
      shown.push_back(first);
    }
    append_block(shown, wide, indent, width, text);
    if (first >= wide.size()) break;
  }
  return text;
}

void TextTable::append_block(const std::vector<std::size_t>& shown,
                             const std::vector<std::size_t>& widths, std::size_t indent,
                             std::size_t width, std::string& text) const {
  const std::size_t last = shown.back();
  std::size_t last_starts = indent;
  for (const std::size_t i : shown) {
    if (i != last) last_starts += widths[i] + gap.size();
  }
  const std::size_t last_width =
      width > last_starts + narrowest_column ? width - last_starts : narrowest_column;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (const std::size_t i : shown) {
      if (i != last) line.append(padded(row[i], widths[i], align_[i])) += gap;
    }
    if (!wraps(last)) {
      line += padded(row[last], widths[last], align_[last]);
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
}

}  // namespace synthgen::cli
