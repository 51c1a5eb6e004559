#include "synthgen/config/json_fields.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace synthgen {
namespace {

enum class Colour { red, green };
constexpr std::array<std::string_view, 2> colours{"red", "green"};

/// A record with a member of each type.
struct Record {
  std::uint32_t count = 7;
  std::optional<std::int64_t> limit = {};
  double share = 0.5;
  bool open = false;
  std::string name = {};
  Colour colour = Colour::red;
  std::vector<std::int64_t> sizes = {};
};

Record read_record(const Json& json, std::vector<Problem>& problems, std::string_view name = "") {
  Record record;
  JsonObject object = JsonField(json, name, problems).object();
  object.required("count").integer(record.count, 1);
  object.optional("limit").integer(record.limit, 0, 10);
  object.optional("share").number(record.share, 0, 1);
  object.nullable("open").boolean(record.open);
  JsonObject inner = object.required("inner").object();
  inner.required("name").string(record.name);
  inner.optional("colour").word(record.colour, colours);
  inner.refuse_unknown();
  object.optional("sizes").each(
      [&](const JsonField& size) { size.integer(record.sizes.emplace_back()); });
  object.refuse_unknown();
  return record;
}

std::string problems_of_fields(const char* json, std::string_view name = "") {
  std::vector<Problem> problems;
  read_record(Json::parse(json), problems, name);
  return problems.empty() ? "" : fail(std::move(problems)).value().message;
}

TEST(JsonFields, MembersOfEveryTypeAreStored) {
  std::vector<Problem> problems;
  const Record record =
      read_record(Json::parse(
                      R"({"count": 1e3, "limit": 4, "share": 0.25, "open": true, "sizes": [3, 1],
              "inner": {"name": "x", "colour": "green"}})"),
                  problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(record.count, 1000U);
  EXPECT_EQ(record.limit, 4);
  EXPECT_EQ(record.share, 0.25);
  EXPECT_TRUE(record.open);
  EXPECT_EQ(record.name, "x");
  EXPECT_EQ(record.colour, Colour::green);
  EXPECT_EQ(record.sizes, (std::vector<std::int64_t>{3, 1}));
}

TEST(JsonFields, AbsentOptionalMembersKeepTheirTargets) {
  std::vector<Problem> problems;
  const Record record =
      read_record(Json::parse(R"({"count": 1, "inner": {"name": ""}, "open": null})"), problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(record.limit, std::nullopt);
  EXPECT_EQ(record.share, 0.5);
  EXPECT_FALSE(record.open);
}

TEST(JsonFields, EveryProblemIsNamedAtOnceWithItsPlace) {
  EXPECT_EQ(problems_of_fields(R"({"count": 0, "limit": 11, "share": "much", "open": 1, "size": [],
                          "inner": {"name": 3, "colour": "gren", "zzzzzzz": 1}, "sizes": [2, -1]})",
                               "file"),
            "file.count: got 0; allowed: an integer from 1 to 4294967295\n"
            "file.limit: got 11; allowed: an integer from 0 to 10\n"
            "file.share: got \"much\"; allowed: a number from 0 to 1\n"
            "file.open: got 1; allowed: true or false\n"
            "file.inner.name: got 3; allowed: a string\n"
            "file.inner.colour: got \"gren\"; allowed: one of red, green (did you mean green?)\n"
            "file.inner.zzzzzzz: is not a known key; known: name, colour\n"
            "file.sizes[1]: got -1; allowed: an integer from 0 up\n"
            "file.size: is not a known key; did you mean sizes?");
}

TEST(JsonFields, ARequiredMemberThatIsAbsentIsMissing) {
  EXPECT_EQ(problems_of_fields("{}"),
            "count: is missing; allowed: an integer from 1 to 4294967295\n"
            "inner: is missing; allowed: an object");
}

TEST(JsonFields, AValueOfTheWrongKindIsOneProblem) {
  EXPECT_EQ(problems_of_fields("[1]", "options"), "options: got [1]; allowed: an object");
  EXPECT_EQ(problems_of_fields(R"({"count": 1, "inner": [], "sizes": {}})"),
            "inner: got []; allowed: an object\nsizes: got {}; allowed: a list");
}

TEST(JsonFields, NumbersAreFiniteAndMinusZeroIsZero) {
  std::vector<Problem> problems;
  double number = 1;
  for (const double value : {std::numeric_limits<double>::infinity(), std::nan("")}) {
    EXPECT_FALSE(JsonField(Json(value), "x", problems).number(number));
  }
  EXPECT_EQ(problems.size(), 2U);
  EXPECT_TRUE(JsonField(Json(-0.0), "x", problems).number(number));
  EXPECT_FALSE(std::signbit(number));
}

TEST(JsonFields, HostileKeysAndValuesAreShownQuotedAndShort) {
  const std::string key = "\x1B[2J" + std::string(1000, 'k');
  Json json = Json::object();
  json[key] = std::string(1000, 'v');
  std::vector<Problem> problems;
  JsonObject object(JsonField(json, "", problems));
  object.each([](const std::string&, const JsonField& field) { field.refuse("nothing"); });
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].key.find('\x1B'), std::string::npos);
  EXPECT_LT(problems[0].text().size(), 200U);
}

TEST(JsonFields, ProblemsAreCountedUpToALimit) {
  const Json list(std::vector<int>(100000, -1));
  std::vector<Problem> problems;
  std::uint32_t number = 0;
  JsonField(list, "list", problems).each([&](const JsonField& field) { field.integer(number); });
  EXPECT_EQ(problems.size(), JsonField::most_problems);
}

TEST(JsonFields, ProblemsBecomeAnErrorOfAFile) {
  std::vector<Problem> problems;
  read_record(Json::parse(R"({"count": 0, "inner": {"name": ""}})"), problems);
  const Error error = fail(problems, ErrorKind::data, "metadata.json").value();
  EXPECT_EQ(error.kind, ErrorKind::data);
  EXPECT_EQ(error.message, "metadata.json: count: got 0; allowed: an integer from 1 to 4294967295");
}

TEST(Shown, CutsBetweenCharacters) {
  const std::string text = shown(Json(std::string(78, 'a') + "\xC3\xA4\xC3\xA4"));
  EXPECT_EQ(text, "\"" + std::string(78, 'a') + "…");
}

TEST(Nearest, IsAskedForByReadersAsAHint) {
  EXPECT_EQ(nearest("gren", colours), "green");
  EXPECT_EQ(nearest("blue", colours), "");
  EXPECT_EQ(did_you_mean("rd", colours), " (did you mean red?)");
  EXPECT_EQ(nearest(std::string(1000000, 'r'), colours), "");
}

}  // namespace
}  // namespace synthgen
