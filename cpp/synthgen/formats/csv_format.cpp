#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/all_formats.hpp"

#include <algorithm>
#include <charconv>

namespace synthgen {
namespace {

/// A table for people and spreadsheets: columns t0, t1, …, a sequence a line, empty fields behind
/// shorter ones.
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
    constexpr std::size_t longest_field = 11;  // ten digits and a comma
    std::string& bytes = chunk.bytes;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto content = batch.content(i);
      if (content.size() > columns_) {
        return fail(ErrorKind::data,
                    formatted("{}: a sequence of {} tokens where {} were promised at most", stem_,
                              content.size(), columns_));
      }
      const std::size_t start = bytes.size();
      bytes.resize(start + content.size() * longest_field);
      char* out = bytes.data() + start;
      for (const std::uint32_t token : content) {
        out = std::to_chars(out, out + longest_field, token).ptr;
        *out++ = ',';
      }
      if (!content.empty()) --out;
      bytes.resize(static_cast<std::size_t>(out - bytes.data()));
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

}  // namespace

const FormatEntry csv_format{
    .name = "csv",
    .extension = ".csv",
    .summary = "A table for people: a sequence a line, a column a token.",
    .text = true,
    .make_encoder = [](const FormatOptions&,
                       const FilePlan& plan) -> Result<std::unique_ptr<const FileEncoder>> {
      return std::make_unique<const CsvEncoder>(plan);
    },
};

}  // namespace synthgen
