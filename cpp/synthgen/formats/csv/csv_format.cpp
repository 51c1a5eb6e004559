#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/csv/csv_reader.hpp"
#include "synthgen/formats/decimal_text.hpp"
#include "synthgen/formats/format.hpp"

#include <algorithm>
#include <span>

namespace synthgen {

extern const FormatEntry csv_format;

namespace {

/// A table for spreadsheets: columns t0, t1, …, one sequence per line, empty fields after shorter
/// ones. For labels the same number of columns follows, l0, l1, …, empty for a sequence that has
/// none. In a single column a sequence without tokens is "", which is no blank line.
class CsvEncoder final : public FileEncoder {
 public:
  CsvEncoder(const FilePlan& plan, bool with_labels)
      : stem_(plan.stem),
        columns_(std::max<std::uint64_t>(1, plan.lengths.longest)),
        with_labels_(with_labels) {}

  std::string head() const override {
    std::string line;
    const auto add = [&](char kind) {
      for (std::uint64_t column = 0; column < columns_; ++column) {
        if (!line.empty()) line += ',';
        line += formatted("{}{}", kind, column);
      }
    };
    add('t');
    if (with_labels_) add('l');
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
      fill(content.size(), bytes);
      if (with_labels_) append_labels(batch.labels_of(i), content.size(), bytes);
      bytes += '\n';
    }
    return {};
  }

 private:
  /// Empty fields after so many others.
  void fill(std::uint64_t fields, std::string& bytes) const {
    bytes.append(static_cast<std::size_t>(columns_ - std::max<std::uint64_t>(1, fields)), ',');
  }

  void append_labels(std::span<const std::int64_t> labels, std::size_t tokens,
                     std::string& bytes) const {
    labels = labels.first(std::min(labels.size(), tokens));  // none for padding
    bytes += ',';
    for (std::size_t t = 0; t < labels.size(); ++t) {
      if (t > 0) bytes += ',';
      bytes += std::to_string(labels[t]);
    }
    fill(labels.size(), bytes);
  }

  std::string stem_;
  std::uint64_t columns_;
  bool with_labels_;
};

/// The table that this program writes, whatever its file is called.
bool is_own_table(std::string_view start, std::uint64_t) {
  return start.starts_with("t0,t1") || start.starts_with("t0,l0\n") || start.starts_with("t0\n");
}

}  // namespace

const FormatEntry csv_format{
    .name = "csv",
    .extension = ".csv",
    .summary =
        "A table for spreadsheets: one sequence per line, one token per column, then labels.",
    .content = "CSV",
    .streams = true,
    .recognizes = &is_own_table,
    .make_encoder = [](const FormatOptions& options,
                       const FilePlan& plan) -> Result<std::unique_ptr<const FileEncoder>> {
      return std::make_unique<const CsvEncoder>(plan, options.with_labels);
    },
    .open_lines = &read_csv,
};

}  // namespace synthgen
