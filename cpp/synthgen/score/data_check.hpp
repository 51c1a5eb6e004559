#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/sequence_reader.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace synthgen {

/// Compares files with the sequences that they should hold, as these are made, in constant memory.
class DataCheck {
 public:
  /// The files hold the sequences one after another.
  explicit DataCheck(std::vector<std::string> files) : files_(std::move(files)) {}

  /// The next sequences of the files are those of `made`, without padding. Fails (data) at the
  /// first that is another one or missing, with its place, and like the readers.
  Result<void> compare(const SequenceBatch& made);

  /// Fails (data) if sequences are left.
  Result<void> check_end();

 private:
  /// Makes sure that a sequence is left in the buffer; false at the end of all files.
  Result<bool> fill();
  std::string place() const;

  std::vector<std::string> files_;
  std::size_t opened_ = 0;
  std::unique_ptr<SequenceReader> reader_;
  SequenceBatch buffer_;
  std::vector<std::uint64_t> places_;
  std::size_t next_ = 0;  ///< in the buffer
};

}  // namespace synthgen
