#include "synthgen/io/byte_stream.hpp"

#include "synthgen/io/compression.hpp"
#include "synthgen/io/line_source.hpp"
#include "synthgen/random/engine.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::TemporaryDirectory;
using testing::value_of;
using namespace std::string_literals;

/// Everything that a stream has, or its error.
Result<std::string> all_of(ByteStream& stream, std::size_t step = 1000) {
  std::string all;
  std::string block(step, '\0');
  for (;;) {
    const Result<std::size_t> count = stream.read(block);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return all;
    all.append(block, 0, *count);
  }
}

std::string gzip_of(std::string_view text) {
  std::string bytes;
  value_of(append_compressed(*find_compression("gzip"), text, bytes));
  return bytes;
}

Result<std::string> gunzipped(const std::string& bytes) {
  Result<std::unique_ptr<ByteStream>> text = decompressed(stream_of(bytes_of_text(bytes, "x.gz")));
  if (!text) return tl::unexpected(text.error());
  return all_of(**text);
}

/// Texts that compress to stored blocks, to fixed and to dynamic codes, with near and far repeats.
std::vector<std::string> texts_of_all_kinds() {
  PhiloxEngine source(7);
  std::string noise(100000, '\0');
  for (char& c : noise) c = static_cast<char>(source());
  std::string words;
  while (words.size() < 200000) words += std::to_string(source() % 1000) + ",";
  return {"",
          "a",
          "abcabcabcabcabc",
          std::string(300000, 'x'),
          noise,
          words,
          words.substr(0, 30000) + noise.substr(0, 31000) + words.substr(0, 30000)};
}

TEST(Decompressed, GivesEveryKindOfTextWhateverTheSteps) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "this build compresses nothing";
#endif
  for (const std::string& text : texts_of_all_kinds()) {
    const std::string packed = gzip_of(text);
    for (const std::size_t step : {1U, 1000U, 1U << 20}) {
      const auto stream = value_of(decompressed(stream_of(bytes_of_text(packed, "x.gz"))));
      EXPECT_TRUE(value_of(all_of(*stream, step)) == text) << text.size() << ' ' << step;
    }
  }
}

TEST(Decompressed, ReadsMembersAndZerosAfterThem) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "this build compresses nothing";
#endif
  const std::string three = gzip_of("one\n") + "\0\0"s + gzip_of("") + gzip_of("two\n") + "\0"s;
  EXPECT_EQ(value_of(gunzipped(three)), "one\ntwo\n");
}

TEST(Decompressed, FindsEveryCut) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "this build compresses nothing";
#endif
  const std::string good = gzip_of(texts_of_all_kinds()[5].substr(0, 3000));
  for (std::size_t size = 1; size < good.size(); ++size) {
    EXPECT_FALSE(gunzipped(good.substr(0, size))) << size;
  }
}

TEST(Decompressed, RefusesWhatFollowsTheLastMember) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "this build compresses nothing";
#endif
  const Result<std::string> text = gunzipped(gzip_of("one\n") + "junk");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().kind, ErrorKind::data);
  EXPECT_NE(text.error().message.find("x.gz: byte "), std::string::npos);
}

TEST(Lines, AreAtMostAsLongAsTheLimit) {
  const auto lines = [](const std::string& text, std::uint64_t most) {
    return lines_of(stream_of(bytes_of_text(text, "x.jsonl")), most);
  };
  std::string_view line;
  const std::string text = "12345\n123456\n";
  const auto source = lines(text, 5);
  EXPECT_TRUE(value_of(source->next(line, 1)));
  EXPECT_EQ(line, "12345\n");
  const Result<bool> second = source->next(line, 2);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::data);
  EXPECT_EQ(second.error().message,
            "x.jsonl:2: a line of more than 5 bytes; --max-line sets how long one may be");
  // Without a line break in sight it stops as soon as the limit is passed.
  EXPECT_FALSE(lines(std::string(2000000, '1'), 100)->next(line, 1));
}

TEST(KeptBytes, AreThoseOfTheStreamAndCanBeReadAnywhere) {
  std::string text(700000, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 7 % 251);
  const auto stream = stream_of(bytes_of_text(text, "pipe"));
  const auto kept = value_of(kept_bytes(*stream));
  EXPECT_EQ(kept->size(), text.size());
  EXPECT_EQ(kept->name(), "pipe");
  EXPECT_EQ(value_of(kept->read_start(600000, 200000)), text.substr(600000));
  EXPECT_EQ(value_of(kept->read_start(0, 10)), text.substr(0, 10));
}

}  // namespace
}  // namespace synthgen
