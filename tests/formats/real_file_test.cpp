#include "synthgen/formats/tables/real_file.hpp"

#include "synthgen/formats/tables/npy_header.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "support/configs.hpp"
#include "support/real_files.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::npy_file;
using testing::raw_bytes;
using testing::safetensors_file;
using testing::TemporaryDirectory;
using testing::value_of;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> numbers_in(const NumberTable& table) {
  RealReader reader(table.elements);
  std::vector<double> numbers;
  while (reader.left() > 0) {
    const auto some = value_of(reader.take(UINT64_MAX));
    numbers.insert(numbers.end(), some.begin(), some.end());
  }
  return numbers;
}

std::vector<double> numbers_in(const std::string& name, const std::string& bytes,
                               const std::string& tensor = {}) {
  const TemporaryDirectory directory;
  return numbers_in(*value_of(open_reals(directory.with(name, bytes), "losses", tensor)).table);
}

/// What is wrong with a file.
Error fault_of(const std::string& name, const std::string& bytes, const std::string& tensor = {}) {
  const TemporaryDirectory directory;
  Result<RealFile> file = open_reals(directory.with(name, bytes), "losses", tensor);
  if (!file) return file.error();
  std::vector<double> row;
  while (file->lines) {
    const Result<bool> more = file->lines->next(row);
    if (!more) return more.error();
    if (!*more) break;
  }
  return {ErrorKind::cancelled, "none", {}};
}

TEST(RealFile, ReadsTheFloatTypesOfNumpy) {
  const std::vector<double> expected{0, 1.5, -2, 0.25};
  EXPECT_EQ(numbers_in("x.npy", npy_file("f8", {2, 2}, expected)), expected);
  EXPECT_EQ(numbers_in("x.npy", npy_file("f4", {4}, std::vector<float>{0, 1.5, -2, 0.25})),
            expected);
  const std::vector<std::uint16_t> halves{0x0000, 0x3E00, 0xC000, 0x3400};
  EXPECT_EQ(numbers_in("x.npy", npy_file("f2", {1, 4}, halves)), expected);
}

TEST(RealFile, ReadsHalvesThatAreTinyLargestOrNotFinite) {
  const std::vector<std::uint16_t> halves{0x0001, 0x8001, 0x03FF, 0x0400, 0x7BFF, 0xFC00, 0x3555};
  EXPECT_EQ(numbers_in("x.npy", npy_file("f2", {7}, halves)),
            (std::vector<double>{std::ldexp(1, -24), -std::ldexp(1, -24), 1023 * std::ldexp(1, -24),
                                 std::ldexp(1, -14), 65504, -infinity, 1365.0 / 4096}));
  EXPECT_TRUE(std::isnan(
      numbers_in("x.npy", npy_file("f2", {1}, std::vector<std::uint16_t>{0x7E00})).front()));
}

TEST(RealFile, ReadsTensorsByNameAndTheOnlyOneWithout) {
  const std::string one = safetensors_file({{"nll", "F32", {2}, raw_bytes<float>({1.5, 2})}});
  EXPECT_EQ(numbers_in("x.safetensors", one), (std::vector<double>{1.5, 2}));
  const std::string two =
      safetensors_file({{"x", "F64", {1}, raw_bytes<double>({3})},
                        {"losses", "BF16", {2}, raw_bytes<std::uint16_t>({0x3FC0, 0xFF80})}});
  EXPECT_EQ(numbers_in("x.safetensors", two), (std::vector<double>{1.5, -infinity}));
  EXPECT_EQ(numbers_in("no-extension", two, "x"), (std::vector<double>{3}));
  const std::string three = safetensors_file({{"x", "F16", {1}, raw_bytes<std::uint16_t>({0})},
                                              {"y", "F16", {1}, raw_bytes<std::uint16_t>({0})}});
  EXPECT_TRUE(
      fault_of("x.safetensors", three)
          .message.ends_with(R"(: no tensor named "losses"; --tensor can name one of x, y)"));
  EXPECT_EQ(fault_of("x.safetensors", three).kind, ErrorKind::usage);
}

TEST(RealFile, ReadsRowsOfJsonAloneOrUnderTheKey) {
  const TemporaryDirectory directory;
  const std::string path = directory.with(
      "x.jsonl",
      "[1, 2.5]\n{\"id\": [\"a\", {\"b\": [3]}], \"losses\": [1e-3, null, NaN]}\r\n[]\n\n");
  RealFile file = value_of(open_reals(path, "losses"));
  std::vector<double> row;
  ASSERT_TRUE(value_of(file.lines->next(row)));
  EXPECT_EQ(row, (std::vector<double>{1, 2.5}));
  ASSERT_TRUE(value_of(file.lines->next(row)));
  ASSERT_EQ(row.size(), 3);
  EXPECT_EQ(row[0], 1e-3);
  EXPECT_TRUE(std::isnan(row[1]) && std::isnan(row[2]));
  EXPECT_EQ(file.lines->line(), 2);
  ASSERT_TRUE(value_of(file.lines->next(row)));
  EXPECT_TRUE(row.empty());
  EXPECT_FALSE(value_of(file.lines->next(row)));
  const std::string other = directory.with("y.jsonl", "{\"losses\": [1], \"bits\": [2]}\n");
  RealFile named = value_of(open_reals(other, "losses", "bits"));
  ASSERT_TRUE(value_of(named.lines->next(row)));
  EXPECT_EQ(row, (std::vector<double>{2}));
}

TEST(RealFile, RefusesTextThatHoldsNoRowsOfNumbers) {
  for (const auto& [text, reason] : std::vector<std::pair<std::string, std::string>>{
           {"[1]\n[1, \"a\"]\n", ":2: the list holds a string; numbers are read"},
           {"[[1]]\n", ":1: the list holds a list; numbers are read"},
           {"[1, {}]\n", ":1: the list holds an object; numbers are read"},
           {"{\"loss\": [1]}\n", ":1: no list named \"losses\""},
           {"{\"losses\": 1}\n", ":1: a number in place of a list of numbers"},
           {"7\n", ":1: a number in place of a list of numbers"},
           {"[1]\n\n[2]\n", ":2: blank line between rows"},
           {"{\"losses\": [1], \"losses\": [2]}\n", ":1: has \"losses\" twice"}}) {
    const Error error = fault_of("x.jsonl", text);
    EXPECT_TRUE(error.message.ends_with(reason)) << error.message;
    EXPECT_EQ(error.kind, ErrorKind::data);
  }
  EXPECT_NE(fault_of("x.jsonl", "[1, 2\n").message.find(":1: is not JSON: "), std::string::npos);
}

TEST(RealFile, RefusesIntegersOddSizesAndNamesWhereThereAreNone) {
  const std::string integers = npy_file("i4", {1}, std::vector<std::int32_t>{1});
  EXPECT_NE(fault_of("x.npy", integers)
                .message.find(R"(dtype "<i4"; float16, float32 and float64 are read)"),
            std::string::npos);
  const std::string cut = npy_file("f4", {3}, std::vector<float>{1, 2});
  EXPECT_NE(fault_of("x.npy", cut).message.find("shape (3,) of 4 byte floats does not make the 8"),
            std::string::npos);
  const std::string tensor = safetensors_file({{"x", "I64", {1}, std::string(8, '\0')}});
  EXPECT_NE(fault_of("x", tensor)
                .message.find(R"(x: dtype "I64"; float16, float32, float64 and bfloat16 are read)"),
            std::string::npos);
  EXPECT_NE(fault_of("x.npy", npy_file({1}, {1}), "y").message.find("--tensor: "),
            std::string::npos);
  EXPECT_NE(fault_of("x.npy", "[1]\n").message.find("not an NPY file"), std::string::npos);
  EXPECT_EQ(open_reals("/nowhere/x.npy", "losses").error().kind, ErrorKind::io);
}

TEST(RealFile, IdsAreStillReadFromIntegersAlone) {
  const std::string floats = npy_file("f4", {1, 1}, std::vector<float>{1});
  const Result<NumberTable> table = read_npy(bytes_of_text(floats, "data"));
  ASSERT_FALSE(table.has_value());
  EXPECT_NE(table.error().message.find(R"(dtype "<f4"; integers of 1, 2, 4 or 8 bytes are read)"),
            std::string::npos);
}

TEST(RealFile, TellsHowFarNumbersAreRounded) {
  const TemporaryDirectory directory;
  const auto bits = [&](const std::string& bytes) {
    return value_of(open_reals(directory.with("x", bytes), "losses")).significand_bits();
  };
  EXPECT_EQ(bits(npy_file("f2", {1}, std::vector<std::uint16_t>{0})), 11);
  EXPECT_EQ(bits(npy_file("f4", {1}, std::vector<float>{0})), 24);
  EXPECT_EQ(bits(npy_file({1}, {0})), 53);
  EXPECT_EQ(bits(safetensors_file({{"x", "BF16", {1}, raw_bytes<std::uint16_t>({0})}})), 8);
  EXPECT_EQ(bits("[1]\n"), 53);
}

}  // namespace
}  // namespace synthgen
