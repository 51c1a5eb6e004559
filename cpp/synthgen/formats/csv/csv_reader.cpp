#include "synthgen/formats/csv/csv_reader.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace synthgen {
namespace {

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<Fault> append_field(std::string_view field, std::size_t column,
                                  std::vector<std::uint32_t>& tokens) {
  const bool negative = field.starts_with('-');
  const std::string_view digits = field.substr(negative ? 1 : 0);
  const bool whole = !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char digit) {
    return digit >= '0' && digit <= '9';
  });
  if (!whole) {
    return Fault{FaultKind::malformed,
                 {},
                 0,
                 formatted("column {}: {} where an id belongs", column, quoted_start(field))};
  }
  std::uint64_t id = 0;
  for (const char digit : digits) {
    id = std::min<std::uint64_t>(10 * id + static_cast<std::uint64_t>(digit - '0'),
                                 std::uint64_t{UINT32_MAX} + 1);
  }
  if (negative && id != 0) {
    return Fault{FaultKind::negative_id,
                 {},
                 0,
                 formatted("column {}: negative id {}", column, quoted_start(field))};
  }
  if (id > UINT32_MAX) {
    return Fault{FaultKind::id_too_large,
                 {},
                 0,
                 formatted("column {}: id {} is above 4294967295", column, quoted_start(field))};
  }
  tokens.push_back(static_cast<std::uint32_t>(id));
  return std::nullopt;
}

std::optional<Fault> parse_csv_line(std::string_view line, std::vector<std::uint32_t>& tokens) {
  const std::size_t before = tokens.size();
  std::size_t empty_column = 0;
  for (std::size_t column = 1;; ++column) {
    const std::size_t comma = line.find(',');
    const std::string_view field = without_blanks(line.substr(0, comma));
    std::optional<Fault> fault;
    if (field.empty() || field == empty_field) {
      if (empty_column == 0) empty_column = column;
    } else if (empty_column != 0) {
      fault = Fault{FaultKind::malformed,
                    {},
                    0,
                    formatted("column {} is empty, but column {} is not", empty_column, column)};
    } else {
      fault = append_field(field, column, tokens);
    }
    if (fault) {
      tokens.resize(before);
      return fault;
    }
    if (comma == line.npos) return std::nullopt;
    line.remove_prefix(comma + 1);
  }
}

/// The columns that a header t0, t1, … names, as the encoder writes it, and whether the same number
/// of columns l0, l1, … for labels follows. No columns for other headers.
struct OwnColumns {
  std::uint64_t tokens = 0;
  bool labels = false;

  std::uint64_t all() const noexcept { return labels ? 2 * tokens : tokens; }
};

OwnColumns columns_of_encoder(std::string_view header) {
  std::uint64_t columns[2] = {0, 0};  // t0, t1, … and l0, l1, …
  for (bool labels = false;;) {
    const std::size_t comma = header.find(',');
    const std::string_view name = without_blanks(header.substr(0, comma));
    labels = labels || name == "l0";
    std::uint64_t& number = columns[labels ? 1 : 0];
    if (name != (labels ? 'l' : 't') + std::to_string(number)) return {};
    ++number;
    if (comma == header.npos) break;
    header.remove_prefix(comma + 1);
  }
  if (columns[1] != 0 && columns[1] != columns[0]) return {};
  return {.tokens = columns[0], .labels = columns[1] != 0};
}

/// The rest of a line after so many of its fields.
std::string_view after_fields(std::string_view line, std::uint64_t fields) {
  for (; fields > 0; --fields) line.remove_prefix(line.find(',') + 1);
  return line;
}

Fault malformed(std::string message) {
  return {FaultKind::malformed, {}, 0, std::move(message)};
}

/// Reads the labels of a sequence of `tokens` tokens, one for each or none at all.
std::optional<Fault> parse_labels(std::string_view fields, std::uint64_t tokens,
                                  std::vector<std::int64_t>& labels) {
  labels.clear();
  for (std::uint64_t column = 0;; ++column) {
    const std::size_t comma = fields.find(',');
    const std::string_view field = without_blanks(fields.substr(0, comma));
    if (!field.empty() && field != empty_field) {
      std::int64_t label = 0;
      const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), label);
      if (error != std::errc() || end != field.data() + field.size() || !is_label(label)) {
        return malformed(formatted("column l{}: {} where a label belongs: an id, or {}", column,
                                   quoted_start(field), ignored_label));
      }
      if (column != labels.size()) {
        return malformed(formatted("column l{} is empty, but l{} is not", labels.size(), column));
      }
      labels.push_back(label);
    }
    if (comma == fields.npos) break;
    fields.remove_prefix(comma + 1);
  }
  if (labels.empty() || labels.size() == tokens) return std::nullopt;
  return malformed(
      formatted("has {} for {}", counted(labels.size(), "label"), counted(tokens, "token")));
}

/// Whether a first line is 0, 1, 2, …: the names that pandas gives columns without names.
bool is_numbered_header(std::string_view line) {
  for (std::uint64_t column = 0;; ++column) {
    const std::size_t comma = line.find(',');
    if (without_blanks(line.substr(0, comma)) != std::to_string(column)) return false;
    if (comma == line.npos) return true;
    line.remove_prefix(comma + 1);
  }
}

bool is_blank(std::string_view line) {
  return without_blanks(line).empty();
}

/// The fault of a line with too few fields; `columns` is 0 if their number is unknown.
std::optional<Fault> cut_off(std::string_view line, std::uint64_t columns) {
  const auto fields = static_cast<std::uint64_t>(std::count(line.begin(), line.end(), ',')) + 1;
  if (fields >= columns) return std::nullopt;
  return malformed(
      formatted("is cut off: {} where the header names {}", counted(fields, "column"), columns));
}

/// Reads one sequence per line: ids separated by commas, then empty fields. A first line that
/// begins with a letter, or numbers its fields from 0 as pandas does, names the columns. If these
/// are the names that this program gives, t0, t1, …, every line must have one field for each; a
/// line with fewer was cut off, which is a fault. l0, l1, … after these are labels. Blank lines are
/// allowed at the end.
class CsvReader final : public SequenceReader {
 public:
  /// Faults call the lines' file `name`.
  CsvReader(std::unique_ptr<LineSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* lines, const FaultSink& sink) override {
    while (batch.tokens.size() < enough_tokens && batch.size() < enough_tokens) {
      std::string_view line;
      const Result<bool> more = source_->next(line, line_number_ + 1);
      if (!more || !*more) return more;
      ++line_number_;
      if (line_number_ == 1) {
        const Result<bool> header = read_header(line);
        if (!header) return header;
        if (*header) continue;
      }
      if (is_blank(line)) {
        if (blank_line_ == 0) blank_line_ = line_number_;
        continue;
      }
      if (blank_line_ != 0) {
        const Result<void> reported =
            report({FaultKind::malformed, {}, 0, "blank line between sequences"}, name_,
                   std::exchange(blank_line_, 0), sink);
        if (!reported) return tl::unexpected(reported.error());
      }
      if (std::optional<Fault> fault = append(line, batch)) {
        const Result<void> reported = report(std::move(*fault), name_, line_number_, sink);
        if (!reported) return tl::unexpected(reported.error());
        continue;
      }
      batch.offsets.push_back(batch.tokens.size());
      batch.set_padding(0);
      batch.set_latents(std::nullopt);
      batch.set_labels(labels_);
      if (lines != nullptr) lines->push_back(line_number_);
    }
    return true;
  }
  std::vector<std::string> notes() const override { return notes_; }
  std::uint64_t bytes_read() const noexcept override { return source_->bytes_read(); }
  std::uint64_t size_bytes() const noexcept override { return source_->size_bytes(); }

 private:
  /// Appends the tokens of a line to the batch's, and reads its labels; neither where it has a
  /// fault.
  std::optional<Fault> append(std::string_view line, SequenceBatch& batch) {
    if (std::optional<Fault> fault = cut_off(line, columns_.all())) return fault;
    const std::size_t before = batch.tokens.size();
    const std::string_view labels = columns_.labels ? after_fields(line, columns_.tokens) : "";
    if (columns_.labels) line.remove_suffix(labels.size() + 1);
    std::optional<Fault> fault = parse_csv_line(line, batch.tokens);
    if (!fault) fault = parse_labels(labels, batch.tokens.size() - before, labels_);
    if (fault) batch.tokens.resize(before);
    return fault;
  }

  /// Whether the first line names the columns. Fails (data) if the first column has no name.
  Result<bool> read_header(std::string_view& line) {
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (is_blank(line)) return false;
    if (line.starts_with(',')) {
      return fail(ErrorKind::data,
                  formatted("{}:1: column 1 has no name, like an index of rows, whose numbers are "
                            "no ids; pandas writes none with to_csv(index=False)",
                            name_));
    }
    if (std::isalpha(static_cast<unsigned char>(line[0])) != 0) {
      columns_ = columns_of_encoder(line);
      return true;
    }
    if (!is_numbered_header(line)) return false;
    notes_.push_back("the first line, 0, 1, 2 and so on, is read as the names of the columns");
    return true;
  }

  std::unique_ptr<LineSource> source_;
  std::string name_;
  std::vector<std::string> notes_;
  std::uint64_t line_number_ = 0;
  std::uint64_t blank_line_ = 0;      ///< a blank line that is a fault if anything follows it
  OwnColumns columns_;                ///< of each line; none: unknown
  std::vector<std::int64_t> labels_;  ///< of the line that was read last
};

}  // namespace

std::unique_ptr<SequenceReader> read_csv(std::unique_ptr<LineSource> lines, std::string name) {
  return std::make_unique<CsvReader>(std::move(lines), std::move(name));
}

}  // namespace synthgen
