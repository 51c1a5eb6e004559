#include "synthgen/dataset/jsonl_reader.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/jsonl_line.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>

namespace synthgen {

void JsonlReader::FreeMemory::operator()(char* memory) const noexcept {
  std::free(memory);
}

Result<JsonlReader> JsonlReader::open(const std::string& path) {
  JsonlReader reader(path);
  reader.file_.reset(std::fopen(path.c_str(), "rb"));
  struct stat status {};
  if (!reader.file_ || fstat(fileno(reader.file_.get()), &status) != 0) {
    return fail(ErrorKind::io, formatted("{}: cannot open: {}", path, std::strerror(errno)));
  }
  if (S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::io, formatted("{}: is a directory, not a JSONL file", path));
  }
  if (S_ISREG(status.st_mode)) reader.size_bytes_ = static_cast<std::uint64_t>(status.st_size);
  return reader;
}

Result<bool> JsonlReader::next_line(std::string_view& line) {
  char* memory = line_.release();
  errno = 0;
  const ssize_t length = getline(&memory, &capacity_, file_.get());
  line_.reset(memory);
  if (length < 0) {
    if (std::feof(file_.get()) != 0) return false;
    return fail(ErrorKind::io,
                formatted("{}:{}: cannot read: {}", path_, line_number_ + 1, std::strerror(errno)));
  }
  line = {memory, static_cast<std::size_t>(length)};
  bytes_read_ += line.size();
  ++line_number_;
  if (line_number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return true;
}

Result<bool> JsonlReader::read(SequenceBatch& batch, std::uint64_t enough_tokens,
                               std::vector<std::uint64_t>* lines, const FaultSink& sink) {
  const auto report = [&](Fault fault, std::uint64_t line) -> Result<void> {
    fault.file = path_;
    fault.line = line;
    if (!sink) return fail(ErrorKind::data, fault.text());
    sink(std::move(fault));
    return {};
  };
  while (batch.tokens.size() < enough_tokens) {
    std::string_view line;
    const Result<bool> more = next_line(line);
    if (!more || !*more) return more;
    if (line.find_first_not_of(" \t") == line.npos) {
      if (blank_line_ == 0) blank_line_ = line_number_;
      continue;
    }
    if (blank_line_ != 0) {
      const std::uint64_t blank_line = std::exchange(blank_line_, 0);
      const Result<void> reported =
          report({FaultKind::malformed, {}, 0, "blank line between sequences"}, blank_line);
      if (!reported) return tl::unexpected(reported.error());
    }
    std::uint64_t padding = 0;
    if (std::optional<Fault> fault = parse_jsonl_line(line, batch.tokens, padding)) {
      const Result<void> reported = report(std::move(*fault), line_number_);
      if (!reported) return tl::unexpected(reported.error());
      continue;
    }
    batch.offsets.push_back(batch.tokens.size());
    batch.set_padding(static_cast<std::size_t>(padding));
    if (lines != nullptr) lines->push_back(line_number_);
  }
  return true;
}

Result<SequenceBatch> load_synthetic_data(const std::string& path) {
  Result<JsonlReader> reader = JsonlReader::open(path);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  SequenceBatch batch;
  const Result<bool> read = reader->read(batch, UINT64_MAX);
  if (!read) return tl::unexpected(read.error());
  return batch;
}

}  // namespace synthgen
