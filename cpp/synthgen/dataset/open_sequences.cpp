#include "synthgen/dataset/jsonl_reader.hpp"

namespace synthgen {

Result<std::unique_ptr<SequenceReader>> open_sequences(const std::string& path) {
  Result<JsonlReader> reader = JsonlReader::open(path);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  return std::make_unique<JsonlReader>(std::move(*reader));
}

}  // namespace synthgen
