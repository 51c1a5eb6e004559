// Every input of the fuzzer's corpus, and what one change makes of it, as the fuzzer reads them.

#include <gtest/gtest.h>

#include "fuzz/damage.hpp"
#include "fuzz/fuzz_input.hpp"

namespace synthgen {
namespace {

using fuzzing::corpus;
using fuzzing::CorpusFile;

TEST(FuzzCorpus, HasInputsForEveryReader) {
  std::string readers;
  for (const CorpusFile& file : corpus()) readers += file.bytes.front();
  for (const char reader : std::string_view("nlpsbmzcjktdarev")) {
    EXPECT_NE(readers.find(reader), readers.npos) << reader;
  }
}

// The fuzzer aborts where a reader breaks a promise, and so does this test.
TEST(FuzzCorpus, NoInputNorAnyPartOfItBreaksAReader) {
  for (const CorpusFile& file : corpus()) {
    for (std::size_t size = 0; size <= file.bytes.size(); ++size) {
      fuzzing::fuzz(std::string_view(file.bytes).substr(0, size));
    }
  }
}

}  // namespace
}  // namespace synthgen
