#include "synthgen/formats/tables/real_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/tables/npy_header.hpp"
#include "synthgen/formats/tables/safetensors_header.hpp"
#include "synthgen/io/compression.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>

namespace synthgen {
namespace {

constexpr std::string_view npy_extension = ".npy";
constexpr std::string_view safetensors_extension = ".safetensors";

/// Replaces NaN and infinities by null: Python's json module writes them, but JSON does not allow
/// them.
std::string without_python_numbers(std::string_view line) {
  std::string text(line);
  for (const std::string_view word : {"NaN", "-Infinity", "Infinity"}) {
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at)) {
      text.replace(at, word.size(), "null");
    }
  }
  return text;
}

/// Collects the numbers of one array, at the top or under a key, without a tree of values.
class RowSax final : public nlohmann::json_sax<Json> {
 public:
  RowSax(const std::string& wanted, std::vector<double>& row) : wanted_(wanted), row_(row) {}

  std::string reason;
  bool found = false;

  bool null() override { return number(std::numeric_limits<double>::quiet_NaN()); }
  bool boolean(bool) override { return other("a boolean"); }
  bool number_integer(number_integer_t value) override {
    return number(static_cast<double>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return number(static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return number(value); }
  bool string(string_t&) override { return other("a string"); }
  bool binary(binary_t&) override { return other("bytes"); }
  bool start_object(std::size_t) override {
    return depth_++ == 0 || !in_row_ || stop("the list holds an object; numbers are read");
  }
  bool key(string_t& name) override {
    is_wanted_ = depth_ == 1 && name == wanted_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override {
    if (in_row_) return stop("the list holds a list; numbers are read");
    in_row_ = depth_ == 0 || is_wanted_;
    if (in_row_ && found) return stop(formatted("has {} twice", quoted_start(wanted_)));
    found = found || in_row_;
    row_depth_ = in_row_ ? depth_ : row_depth_;
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    if (in_row_ && depth_ == row_depth_) in_row_ = is_wanted_ = false;
    return true;
  }
  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    return stop(formatted("is not JSON: {}", parse_error_reason(error.what())));
  }

 private:
  bool stop(std::string why) {
    if (reason.empty()) reason = std::move(why);
    return false;
  }
  bool number(double value) {
    if (in_row_) row_.push_back(value);
    return in_row_ || other("a number");
  }
  bool other(std::string_view what) {
    if (in_row_) return stop(formatted("the list holds {}; numbers are read", what));
    if (depth_ == 0 || is_wanted_) return stop(formatted("{} in place of a list of numbers", what));
    return true;
  }

  const std::string& wanted_;
  std::vector<double>& row_;
  int depth_ = 0;
  int row_depth_ = 0;
  bool in_row_ = false;
  bool is_wanted_ = false;
};

Result<RealFile> open_safetensors_reals(const std::shared_ptr<const ByteFile>& file,
                                        const std::string& key, const std::string& tensor) {
  const Result<SafetensorsHeader> header = read_safetensors_header(*file);
  if (!header) return tl::unexpected(header.error());
  const std::vector<std::string> names = header->names();
  std::string name = tensor;
  if (name.empty()) name = header->tensors.contains(key) || names.size() != 1 ? key : names.front();
  if (!header->tensors.contains(name)) {
    return fail(ErrorKind::usage, formatted("{}: no tensor named {}; --tensor can name one of {}",
                                            file->name(), quoted_start(name), joined(names, ", ")));
  }
  Result<NumberTable> table = real_tensor(file, *header, name);
  if (!table) return tl::unexpected(std::move(table.error()));
  return RealFile{file->name(), std::move(*table)};
}

Result<std::unique_ptr<LineSource>> open_text(const std::shared_ptr<const ByteFile>& file,
                                              std::string_view start) {
  std::unique_ptr<ByteStream> stream = stream_of(file);
  if (compression_of_content(start) != nullptr) {
    Result<std::unique_ptr<ByteStream>> text = decompressed(std::move(stream));
    if (!text) return tl::unexpected(std::move(text.error()));
    stream = std::move(*text);
  }
  return lines_of(std::move(stream));
}

}  // namespace

tl::unexpected<Error> RealLines::fault(std::string_view reason) const {
  return fail(ErrorKind::data, formatted("{}:{}: {}", name_, line_, reason));
}

Result<bool> RealLines::next(std::vector<double>& row) {
  row.clear();
  std::string_view line;
  std::uint64_t blank = 0;
  for (;;) {
    const Result<bool> more = source_->next(line, line_ + 1);
    if (!more || !*more) return more;
    ++line_;
    if (line.find_first_not_of(" \t\r\n") != line.npos) break;
    if (blank == 0) blank = line_;
  }
  if (blank != 0) {
    line_ = blank;
    return fault("blank line between rows");
  }
  const bool has_words = line.find_first_of("NI") != line.npos;
  const std::string replaced = has_words ? without_python_numbers(line) : std::string();
  const std::string_view text = has_words ? std::string_view(replaced) : line;
  RowSax sax(key_, row);
  if (!Json::sax_parse(text.begin(), text.end(), &sax)) return fault(sax.reason);
  if (!sax.found) return fault(formatted("no list named {}", quoted_start(key_)));
  return true;
}

int RealFile::significand_bits() const noexcept {
  constexpr int of_double = 53;
  if (!table) return of_double;
  const Element& element = table->elements.element;
  if (element.form == NumberForm::bfloat) return 8;
  return element.bytes == 2 ? 11 : element.bytes == 4 ? 24 : of_double;
}

Result<RealFile> open_reals(const std::string& path, const std::string& key,
                            const std::string& tensor) {
  Result<std::shared_ptr<const ByteFile>> file = open_bytes(path);
  if (!file) return tl::unexpected(std::move(file.error()));
  const Result<std::string> start = (*file)->read_start(0, npy_magic.size() + 3);
  if (!start) return tl::unexpected(start.error());
  const std::string extension = std::filesystem::path(path).extension().string();
  const bool is_npy = start->starts_with(npy_magic) || extension == npy_extension;
  if (!is_npy && (begins_with_safetensors_header(*start, (*file)->size()) ||
                  extension == safetensors_extension)) {
    return open_safetensors_reals(*file, key, tensor);
  }
  if (is_npy && !tensor.empty()) {
    return fail(ErrorKind::usage,
                formatted("--tensor: {} is an NPY file, whose array has no name", path));
  }
  if (is_npy) {
    Result<NumberTable> table = read_npy_reals(*file);
    if (!table) return tl::unexpected(std::move(table.error()));
    return RealFile{path, std::move(*table)};
  }
  Result<std::unique_ptr<LineSource>> lines = open_text(*file, *start);
  if (!lines) return tl::unexpected(std::move(lines.error()));
  return RealFile{path, {}, RealLines(std::move(*lines), path, tensor.empty() ? key : tensor)};
}

}  // namespace synthgen
