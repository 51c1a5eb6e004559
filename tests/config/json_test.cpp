#include "synthgen/config/json.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {
namespace {

std::string message(std::string_view text) {
  const Result<Json> value = parse_json(text, "c.json");
  if (value) return "no error";
  EXPECT_EQ(value.error().kind, ErrorKind::usage);
  return value.error().message;
}

bool starts_with(const std::string& text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

TEST(Json, SyntaxErrorsNameFileLineAndColumn) {
  const struct {
    const char* text;
    const char* place;
  } cases[] = {
      {"{\"a\": 1,\n  \"b\": }", "c.json:2:8: not JSON: "},
      {"{\"a\" 1}", "c.json:1:6: not JSON: "},
      {"x", "c.json:1:1: not JSON: "},
      {"{}\n{}", "c.json:2:1: not JSON: "},
      {"{\"a\": NaN}", "c.json:1:7: not JSON: "},
      {"\n\n\n  {\"a\":\n\t[1,,2]}", "c.json:5:5: not JSON: "},
      {"\r\n{\"a\": 01}", "c.json:2:8: not JSON: "},
  };
  for (const auto& [text, place] : cases) {
    EXPECT_TRUE(starts_with(message(text), place)) << text << "\n" << message(text);
    EXPECT_GT(message(text).size(), std::string_view(place).size());
    const Error error = parse_json(text, "c.json").error();
    ASSERT_TRUE(error.place) << text;
    EXPECT_TRUE(starts_with(place, "c.json:" + std::to_string(error.place->line) + ':' +
                                       std::to_string(error.place->column) + ": "))
        << text;
  }
  EXPECT_FALSE(parse_json("", "c.json").error().place);
}

TEST(Json, ACutTextIsAnErrorAtItsEnd) {
  EXPECT_TRUE(starts_with(message("{\"a\": [1, 2"), "c.json:1:12: not JSON: "));
}

TEST(Json, AnEmptyTextSaysSo) {
  for (const char* text : {"", " \n\t\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
    EXPECT_EQ(message(text), "c.json: is empty; allowed: a JSON value");
  }
}

TEST(Json, AByteOrderMarkIsNoTrouble) {
  EXPECT_EQ(*parse_json("\xEF\xBB\xBF{\"a\": 1}", "c.json"), (Json{{"a", 1}}));
  EXPECT_TRUE(starts_with(message("\xEF\xBB\xBF{\"a\" 1}"), "c.json:1:6: "));
}

TEST(Json, ADoubledKeyIsAFault) {
  EXPECT_EQ(message(R"({"seed": 1, "seed": 2})"), "c.json: key \"seed\" is given twice");
  EXPECT_EQ(message(R"({"a": {"b": 1, "c": {}, "b": 2}})"), "c.json: key \"b\" is given twice");
  EXPECT_EQ(message(R"([{"b": 1}, {"x": 0, "\u0078": 2}])"), "c.json: key \"x\" is given twice");
}

TEST(Json, TheSameKeyInDifferentObjectsIsNot) {
  EXPECT_EQ(message(R"({"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 2}]})"), "no error");
}

TEST(Json, NumbersBeyondDoublesAndBrokenTextAreErrors) {
  EXPECT_TRUE(starts_with(message("{\"a\": 1e400}"), "c.json"));
  EXPECT_NE(message("{\"a\": 1e400}"), "no error");
  EXPECT_TRUE(starts_with(message("{\"a\": \"\xFF\"}"), "c.json:1:"));
}

TEST(Json, ReasonsAreTheLibrarysWithoutItsPrefixAndStayShort) {
  EXPECT_EQ(
      message("[1,]"),
      "c.json:1:4: not JSON: syntax error while parsing value - unexpected ']'; expected '[', "
      "'{', or a literal");
  EXPECT_EQ(message("1e999").find("json.exception"), std::string::npos) << message("1e999");
  EXPECT_LT(message(std::string(100000, '9')).size(), 200U);
}

TEST(Json, NestingBeyondAllReasonIsRefusedInsteadOfExhaustingTheStack) {
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  EXPECT_EQ(message(deep), "c.json: is nested more than 64 deep");
  EXPECT_EQ(message("{\"a\":" + deep + "}"), "c.json: is nested more than 64 deep");
  EXPECT_EQ(message(std::string(200000, '[')), "c.json: is nested more than 64 deep");
  EXPECT_EQ(message(std::string(64, '[') + std::string(64, ']')), "no error");
}

TEST(Json, KeepsTheOrderOfKeys) {
  const std::string text = R"({"z":1,"a":{"y":[],"b":null},"m":"ü"})";
  EXPECT_EQ(to_text(*parse_json(text, "c.json")), text);
}

TEST(Json, TextOfBrokenStringsIsStillText) {
  EXPECT_EQ(to_text(Json("a\xFF")), "\"a\xEF\xBF\xBD\"");
  EXPECT_EQ(to_text(Json{"a\xFF"}, 1), "[\n \"a\xEF\xBF\xBD\"\n]");
}

TEST(Json, TextIsByteForByteTheLibrarys) {
  const auto expect_same = [](const Json& value) {
    for (const int indent : {-1, 0, 1, 2}) {
      EXPECT_EQ(to_text(value, indent),
                value.dump(indent, ' ', false, Json::error_handler_t::replace));
    }
  };
  const double infinity = std::numeric_limits<double>::infinity();
  expect_same(Json());
  expect_same(Json::array());
  expect_same(Json::object());
  expect_same({true, false, nullptr, 0, -1, INT64_MIN, UINT64_MAX, 0.1, -0.0, 1.0, 1e300, 5e-324,
               1e16, 123456789.25, infinity, -infinity, std::nan("")});
  expect_same(
      {{"a", {{"b", Json::array()}, {"", {1, {2, {3, "x"}}, Json::object()}}}}, {"c d", 0.5}});
  expect_same("\"\\/\b\f\n\r\t\x01\x1F\x7F Gr\u00F6\u00DFe \U0001F3B2 \uFFFF");
}

TEST(Json, TextOfAnyBytesIsByteForByteTheLibrarys) {
  // Bytes at the borders of what UTF-8 allows, in all sequences of up to four.
  constexpr std::string_view bytes =
      "a\x80\x8F\x90\x9F\xA0\xBF\xC1\xC2\xE0\xED\xEF\xF0\xF4\xF5\xFF";
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; texts[i].size() < 4; ++i) {
    for (const char byte : bytes) texts.push_back(texts[i] + byte);
  }
  for (const std::string& text : texts) {
    const std::string expected = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    ASSERT_EQ(to_text(Json(text)), expected);
  }
}

TEST(Json, QuotedStartsAreShortAndPrintable) {
  EXPECT_EQ(quoted_start("a\n\x1B[2J"), R"("a\n\u001b[2J")");
  EXPECT_EQ(quoted_start(std::string(500, 'x')), "\"" + std::string(40, 'x') + "…\"");
  EXPECT_EQ(quoted_start(std::string(39, 'x') + "üü").substr(0, 40), "\"" + std::string(39, 'x'));
}

}  // namespace
}  // namespace synthgen
