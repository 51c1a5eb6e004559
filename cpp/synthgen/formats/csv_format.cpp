#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/decimal_text.hpp"
#include "synthgen/formats/format.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace synthgen {

extern const FormatEntry csv_format;

namespace {

constexpr std::string_view empty_field = "\"\"";

/// A table for spreadsheets: columns t0, t1, …, one sequence per line, empty fields after shorter
/// ones. In a single column a sequence without tokens is "", which is no blank line.
class CsvEncoder final : public FileEncoder {
 public:
  explicit CsvEncoder(const FilePlan& plan)
      : stem_(plan.stem), columns_(std::max<std::uint64_t>(1, plan.lengths.longest)) {}

  std::string head() const override {
    std::string line;
    for (std::uint64_t column = 0; column < columns_; ++column) {
      line += formatted("{}t{}", column == 0 ? "" : ",", column);
    }
    return line + '\n';
  }

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    std::string& bytes = chunk.bytes;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto content = batch.content(i);
      if (content.size() > columns_) {
        return fail(ErrorKind::data,
                    formatted("{}: a sequence of {} tokens where {} were promised at most", stem_,
                              content.size(), columns_));
      }
      append_decimal(content, bytes);
      if (content.empty() && columns_ == 1) bytes += empty_field;
      const std::uint64_t commas = columns_ - std::max<std::uint64_t>(1, content.size());
      bytes.append(static_cast<std::size_t>(commas), ',');
      bytes += '\n';
    }
    return {};
  }

 private:
  std::string stem_;
  std::uint64_t columns_;
};

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

/// The number of columns of a header t0, t1, …, as the encoder writes it; 0 for other headers.
std::uint64_t columns_of_encoder(std::string_view header) {
  for (std::uint64_t columns = 0;; ++columns) {
    const std::size_t comma = header.find(',');
    if (without_blanks(header.substr(0, comma)) != 't' + std::to_string(columns)) return 0;
    if (comma == header.npos) return columns + 1;
    header.remove_prefix(comma + 1);
  }
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
  return Fault{
      FaultKind::malformed,
      {},
      0,
      formatted("is cut off: {} where the header names {}", counted(fields, "column"), columns)};
}

/// Reads one sequence per line: ids separated by commas, then empty fields. A first line that
/// begins with a letter, or numbers its fields from 0 as pandas does, names the columns. If these
/// are the names that this program gives, t0, t1, …, every line must have one field for each; a
/// line with fewer was cut off, which is a fault. Blank lines are allowed at the end.
class CsvReader final : public SequenceReader {
 public:
  /// Faults call the lines' file `name`.
  CsvReader(std::unique_ptr<LineSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}

  Result<bool> read(SequenceBatch& batch, std::uint64_t enough_tokens,
                    std::vector<std::uint64_t>* lines, const FaultSink& sink) override {
    const auto report = [&](Fault fault, std::uint64_t line) -> Result<void> {
      fault.file = name_;
      fault.line = line;
      if (!sink) return fail(ErrorKind::data, fault.text());
      sink(std::move(fault));
      return {};
    };
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
            report({FaultKind::malformed, {}, 0, "blank line between sequences"},
                   std::exchange(blank_line_, 0));
        if (!reported) return tl::unexpected(reported.error());
      }
      std::optional<Fault> fault = cut_off(line, columns_);
      if (!fault) fault = parse_csv_line(line, batch.tokens);
      if (fault) {
        const Result<void> reported = report(std::move(*fault), line_number_);
        if (!reported) return tl::unexpected(reported.error());
        continue;
      }
      batch.offsets.push_back(batch.tokens.size());
      batch.set_padding(0);
      batch.set_latents(std::nullopt);
      batch.set_labels({});
      if (lines != nullptr) lines->push_back(line_number_);
    }
    return true;
  }
  std::vector<std::string> notes() const override { return notes_; }
  std::uint64_t bytes_read() const noexcept override { return source_->bytes_read(); }
  std::uint64_t size_bytes() const noexcept override { return source_->size_bytes(); }

 private:
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
  std::uint64_t blank_line_ = 0;  ///< a blank line that is a fault if anything follows it
  std::uint64_t columns_ = 0;     ///< of each line; 0: unknown
};

/// The table that this program writes, whatever its file is called.
bool is_own_table(std::string_view start, std::uint64_t) {
  return start.starts_with("t0,t1") || start.starts_with("t0\n");
}

}  // namespace

const FormatEntry csv_format{
    .name = "csv",
    .extension = ".csv",
    .summary = "A table for spreadsheets: one sequence per line, one token per column.",
    .content = "CSV",
    .streams = true,
    .recognizes = &is_own_table,
    .make_encoder = [](const FormatOptions&,
                       const FilePlan& plan) -> Result<std::unique_ptr<const FileEncoder>> {
      return std::make_unique<const CsvEncoder>(plan);
    },
    .open_lines = [](std::unique_ptr<LineSource> lines,
                     std::string name) -> std::unique_ptr<SequenceReader> {
      return std::make_unique<CsvReader>(std::move(lines), std::move(name));
    },
};

}  // namespace synthgen
