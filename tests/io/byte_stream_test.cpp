#include "synthgen/io/byte_stream.hpp"

#include "synthgen/io/compression.hpp"
#include "synthgen/io/decompressor.hpp"
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

/// The text by the code that serves builds without zlib, fed and read in steps; what is wrong after
/// "damaged: ".
std::string portably_gunzipped(std::string_view bytes, std::size_t in_step, std::size_t out_step) {
  PortableGunzip gunzip;
  std::string all;
  std::string block(out_step, '\0');
  bool ended = false;
  for (std::size_t at = 0; at < bytes.size();) {
    std::span<const char> in = bytes.substr(at, in_step);
    at += in.size();
    for (bool more = true; more;) {
      const Decompressor::Step done = gunzip.step(in, block);
      if (!done.reason.empty()) return "damaged: " + done.reason;
      in = in.subspan(done.consumed);
      all.append(block, 0, done.produced);
      ended = done.ended;
      more = done.produced > 0;
    }
  }
  return ended ? all : "damaged: cut";
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

TEST(PortableGunzip, GivesWhatZlibCompressedWhateverTheSteps) {
  for (const std::string& text : texts_of_all_kinds()) {
    const std::string packed = gzip_of(text);
    for (const auto& [in, out] : {std::pair<std::size_t, std::size_t>{1 << 20, 1 << 20},
                                  {7, 11},
                                  {1, 100000},
                                  {100000, 1}}) {
      EXPECT_EQ(portably_gunzipped(packed, in, out), text) << text.size() << ' ' << in;
    }
  }
}

TEST(PortableGunzip, ReadsMembersAndZerosAfterThem) {
  const std::string three = gzip_of("one\n") + "\0\0"s + gzip_of("") + gzip_of("two\n") + "\0"s;
  for (const std::size_t step : {1U, 3U, 1000U}) {
    EXPECT_EQ(portably_gunzipped(three, step, 100), "one\ntwo\n");
  }
  EXPECT_EQ(value_of(gunzipped(three)), "one\ntwo\n");
}

TEST(PortableGunzip, EveryDamageThatZlibFindsIsFound) {
  const std::string good = gzip_of(texts_of_all_kinds()[5].substr(0, 3000));
  for (std::size_t size = 1; size < good.size(); ++size) {
    EXPECT_EQ(portably_gunzipped(good.substr(0, size), 100, 5000).rfind("damaged", 0), 0U) << size;
  }
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    const Result<std::string> expected = gunzipped(bad);
    const std::string found = portably_gunzipped(bad, 100, 5000);
    EXPECT_EQ(found.rfind("damaged", 0) == 0, !expected) << "bit " << bit << ": " << found;
    if (expected) EXPECT_EQ(found, *expected) << "bit " << bit;
  }
}

TEST(Decompressed, RefusesWhatFollowsTheLastMember) {
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
