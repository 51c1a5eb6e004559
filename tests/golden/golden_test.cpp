#include "synthgen/config/parameters.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "support/configs.hpp"
#include "support/family_cases.hpp"

// Each family's tokens and latents, byte for byte: tests/golden/<family>.txt. A file holds the
// stream version, then for each config the JSONL lines of a few sequences; `#` starts a comment.
//
// SYNTHGEN_UPDATE_GOLDEN=1 build/native/tests/synthgen_tests --gtest_filter='*Golden*'
//
// fills in what is missing: to add a case, write its config line and run that. It refuses to change
// lines that are there: bytes are a promise. Whoever means to break it raises `stream_version` (and
// says so in the changelog); then the same command regenerates all lines.

namespace synthgen {
namespace {

struct Place {
  Split split;
  std::uint64_t index;
};
constexpr Place places[] = {
    {Split::train, 0}, {Split::train, 1}, {Split::val, 0}, {Split::test, std::uint64_t{1} << 63}};

bool is_sequence(const std::string& line) {
  return line.starts_with("train ") || line.starts_with("val ") || line.starts_with("test ");
}

/// The text with the sequences of its configs regenerated.
std::string regenerated(const std::string& text) {
  std::ostringstream out;
  out << "stream_version " << stream_version << '\n';
  std::istringstream in(text);
  std::string line;
  while (std::getline(in, line)) {
    if (is_sequence(line) || line.starts_with("stream_version ")) continue;
    out << line << '\n';
    if (!line.starts_with("config ")) continue;
    const Generator generator = testing::generator_of(line.substr(7));
    for (const auto& [split, index] : places) {
      SequenceBatch batch;
      generator.generate(split, index, 1, batch, true);
      std::string bytes;
      append_jsonl(batch, bytes);
      out << name(split) << ' ' << index << ' ' << bytes;
    }
  }
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Whether `now` has every line of `before`, in order.
bool only_adds(const std::string& before, const std::string& now) {
  const auto old_lines = lines_of(before);
  auto next = old_lines.begin();
  for (const std::string& line : lines_of(now)) {
    if (next != old_lines.end() && *next == line) ++next;
  }
  return next == old_lines.end();
}

class Golden : public ::testing::TestWithParam<std::string_view> {};

TEST_P(Golden, SequencesAreTheRecordedOnes) {
  const std::string path = SYNTHGEN_GOLDEN_DIR "/" + std::string(GetParam()) + ".txt";
  std::ifstream file(path);
  ASSERT_TRUE(file) << path << " is missing";
  const std::string recorded{std::istreambuf_iterator<char>(file), {}};
  const std::string now = regenerated(recorded);
  const std::string version_line = "stream_version " + std::to_string(stream_version) + "\n";
  const bool same_version = recorded.starts_with(version_line);
  if (std::getenv("SYNTHGEN_UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(!same_version || only_adds(recorded, now))
        << path << ": recorded sequences would change: raise stream_version first";
    std::ofstream(path) << now;
    return;
  }
  ASSERT_TRUE(same_version) << path
                            << " is of another stream version; see the test for how to renew it";
  const auto expected = lines_of(recorded);
  const auto actual = lines_of(now);
  std::string config;
  for (std::size_t i = 0; i < expected.size() && i < actual.size(); ++i) {
    if (expected[i].starts_with("config ")) config = expected[i];
    ASSERT_EQ(actual[i], expected[i]) << path << ':' << i + 1 << ": " << config;
  }
  ASSERT_EQ(actual.size(), expected.size());
  EXPECT_GT(std::count_if(expected.begin(), expected.end(), is_sequence), 0);
}

INSTANTIATE_TEST_SUITE_P(, Golden, ::testing::ValuesIn(testing::registered_families()),
                         [](const auto& family) { return std::string(family.param); });

}  // namespace
}  // namespace synthgen
