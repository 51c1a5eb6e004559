#include "synthgen/formats/sequence_reader.hpp"

namespace synthgen {

Result<SequenceBatch> SequenceReader::read_all() {
  SequenceBatch batch;
  const Result<bool> complete = read(batch, UINT64_MAX);
  if (!complete) return tl::unexpected(complete.error());
  return batch;
}

Result<SequenceBatch> load_synthetic_data(const std::string& path) {
  Result<std::unique_ptr<SequenceReader>> reader = open_sequences(path);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  return (*reader)->read_all();
}

}  // namespace synthgen
