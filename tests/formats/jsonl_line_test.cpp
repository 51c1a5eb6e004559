#include "synthgen/formats/jsonl/jsonl_line.hpp"

#include "synthgen/random/engine.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"

namespace synthgen {
namespace {

using testing::Tokens;

Tokens parsed(std::string_view line) {
  Tokens tokens;
  RecordNotes notes;
  const std::optional<Fault> fault = parse_jsonl_line(line, tokens, notes);
  EXPECT_FALSE(fault) << line << ": " << fault->message;
  return tokens;
}

TEST(JsonlLine, TakesObjectsAndBareArrays) {
  EXPECT_EQ(parsed(R"({"input_ids":[1,2,3]})"), (Tokens{1, 2, 3}));
  EXPECT_EQ(parsed(R"({"tokens":[4]})"), (Tokens{4}));
  EXPECT_EQ(parsed("[5,6]"), (Tokens{5, 6}));
  EXPECT_EQ(parsed(" [ 0 ,\t4294967295 ] "), (Tokens{0, 4294967295}));
  EXPECT_EQ(parsed("[-0]"), Tokens{0});
  EXPECT_EQ(parsed("[]"), Tokens());
  EXPECT_EQ(parsed(R"({"input_ids": []})"), Tokens());
}

TEST(JsonlLine, SkipsOtherMembersWhateverTheyHold) {
  EXPECT_EQ(parsed(R"({"id":"x","input_ids":[1],"scores":[-100,2.5,null],"n":-3,"b":true})"),
            Tokens{1});
  EXPECT_EQ(parsed(R"({"meta":{"input_ids":[9],"tokens":[8]},"input_ids":[1]})"), Tokens{1});
  EXPECT_EQ(parsed(R"({"input_ids":[1],"more":{"tokens":[8]}})"), Tokens{1});
  EXPECT_EQ(parsed(R"({"list":[{"tokens":[8]},[7,[6]]],"tokens":[1]})"), Tokens{1});
  EXPECT_EQ(parsed(R"({"latent":{"spans":[{"start":0}],"noise":[1]},"input_ids":[1]})"), Tokens{1});
  EXPECT_EQ(parsed(R"({"a":null,"b":[],"c":{},"input_ids":[2],"d":"input_ids"})"), Tokens{2});
}

TEST(JsonlLine, AppendsToTheTokensThatAreThere) {
  Tokens tokens{9};
  RecordNotes notes;
  EXPECT_FALSE(parse_jsonl_line("[1,2]", tokens, notes));
  EXPECT_EQ(tokens, (Tokens{9, 1, 2}));
}

TEST(JsonlLine, TellsHowManyTokensArePadding) {
  Tokens tokens;
  RecordNotes notes{.padding = 9};
  EXPECT_FALSE(parse_jsonl_line(R"({"input_ids":[5,0,0],"padding":2})", tokens, notes));
  EXPECT_EQ(notes.padding, 2U);
  EXPECT_FALSE(parse_jsonl_line("[1]", tokens, notes));
  EXPECT_EQ(notes.padding, 0U);
  EXPECT_TRUE(parse_jsonl_line(R"({"input_ids":[5],"padding":2})", tokens, notes));
}

TEST(JsonlLine, MovesPaddingThatTheMaskHasInFrontToTheEnd) {
  Tokens tokens{9};
  RecordNotes notes;
  EXPECT_FALSE(parse_jsonl_line(
      R"({"labels":[-100,-100,7,8],"input_ids":[0,0,5,6],"attention_mask":[0,0,1,1]})", tokens,
      notes));
  EXPECT_EQ(tokens, (Tokens{9, 5, 6, 0, 0}));
  EXPECT_EQ(notes.padding, 2U);
  EXPECT_EQ(notes.labels, (std::vector<std::int64_t>{7, 8, -100, -100}));
  tokens.clear();
  EXPECT_FALSE(
      parse_jsonl_line(R"({"input_ids":[0,5,0],"attention_mask":[0,1,0]})", tokens, notes));
  EXPECT_EQ(tokens, (Tokens{5, 0, 0}));
  EXPECT_EQ(notes.padding, 2U);
  tokens.clear();
  EXPECT_FALSE(parse_jsonl_line(R"({"input_ids":[0,0],"attention_mask":[0,0]})", tokens, notes));
  EXPECT_EQ(notes.padding, 2U) << "nothing but padding";
}

TEST(JsonlLine, LatentsWithPaddingInFrontAreAFault) {
  Tokens tokens;
  RecordNotes notes;
  const std::optional<Fault> fault = parse_jsonl_line(
      R"({"input_ids":[0,5],"attention_mask":[0,1],"latents":{"noise":[1]}})", tokens, notes);
  ASSERT_TRUE(fault);
  EXPECT_NE(fault->message.find("latents with padding in front"), std::string::npos);
  EXPECT_TRUE(tokens.empty());
}

TEST(JsonlLine, NamesTheMembersThatAreNotRead) {
  Tokens tokens;
  RecordNotes notes;
  EXPECT_FALSE(parse_jsonl_line(
      R"({"text":"a","input_ids":[1],"labels":[2],"meta":{"x":1},"padding":0})", tokens, notes));
  EXPECT_EQ(notes.others, (std::vector<std::string>{"text", "meta"}));
}

TEST(JsonlLine, TellsTheLabelOfEachTokenWhereverTheyStand) {
  const auto labels_of = [](std::string_view line) {
    Tokens tokens;
    RecordNotes notes{.labels = {9}};
    EXPECT_FALSE(parse_jsonl_line(line, tokens, notes)) << line;
    return notes.labels;
  };
  using Labels = std::vector<std::int64_t>;
  const Labels expected{-100, 4294967295, 0};
  EXPECT_EQ(labels_of(R"({"input_ids":[5,6,7],"labels":[-100,4294967295,0]})"), expected);
  EXPECT_EQ(labels_of(R"({"labels": [-100, 4294967295, 0], "a": [[1]], "tokens": [5,6,7]})"),
            expected);
  for (const char* none :
       {"[1]", R"({"tokens":[1]})", R"({"labels":null,"tokens":[1]})",
        R"({"labels":[],"tokens":[]})", R"({"tokens":[1],"a":{"labels":[2]}})"}) {
    EXPECT_EQ(labels_of(none), Labels()) << none;
  }
}

/// What is said of a sequence of two tokens whose member of that name cannot be.
std::string message_of(const std::string& name, const std::string& value) {
  Tokens tokens{3};
  RecordNotes notes;
  const auto fault =
      parse_jsonl_line("{\"tokens\":[5,6],\"" + name + "\":" + value + "}", tokens, notes);
  EXPECT_EQ(tokens, Tokens{3});
  EXPECT_TRUE(fault && fault->kind == FaultKind::malformed);
  return fault ? fault->message : std::string();
}

TEST(JsonlLine, ALabelOfTheWholeSequenceIsNotRead) {
  for (const char* label : {"7", "-1", "0.5", "true", "\"positive\""}) {
    Tokens tokens;
    RecordNotes notes;
    const std::string line = "{\"input_ids\":[5,6],\"labels\":" + std::string(label) + "}";
    EXPECT_FALSE(parse_jsonl_line(line, tokens, notes)) << label;
    EXPECT_EQ(tokens, (Tokens{5, 6}));
    EXPECT_TRUE(notes.labels.empty());
    EXPECT_EQ(notes.others, std::vector<std::string>{"labels"});
  }
}

TEST(JsonlLine, LabelsThatCannotBeAreAFault) {
  const auto message = [](const std::string& labels) { return message_of("labels", labels); };
  EXPECT_EQ(message("[1]"), "1 label for the sequence's 2 tokens");
  EXPECT_EQ(message("[1,-3]"), "label 1: -3 where an id or -100 belongs");
  EXPECT_EQ(message("[4294967296,1]"),
            "label 0: an id above 4294967295 where an id or -100 belongs");
  EXPECT_EQ(message("[1,2.5]"), "label 1: 2.5 where an id or -100 belongs");
  EXPECT_EQ(message("[[1],2]"), "label 0: an array where an id or -100 belongs");
  EXPECT_EQ(message("[1,null]"), "label 1: null where an id or -100 belongs");
  EXPECT_EQ(message("{}"), "labels is not a list");
  EXPECT_EQ(message("[1,2],\"labels\":[1,2]"), "more than one list of labels");
}

std::optional<Latents> latents_of(std::string_view line) {
  Tokens tokens;
  RecordNotes notes;
  notes.latents.emplace().theme = 7;
  EXPECT_FALSE(parse_jsonl_line(line, tokens, notes)) << line;
  return notes.latents;
}

TEST(JsonlLine, TellsItsLatentsWhereverTheyStand) {
  Latents expected;
  expected.spans = {{.start = 0, .length = 1, .kind = SpanKind::fresh, .full_length = 1}};
  expected.theme = 2;
  expected.oracle_bits = 2.5;
  const std::string text =
      R"("latents":{"spans":[{"start":0,"length":1,"kind":"fresh"}],"theme":2,"oracle_bits":2.5})";
  EXPECT_EQ(latents_of("{\"input_ids\":[5]," + text + "}"), expected);
  EXPECT_EQ(latents_of("{" + text + ",\"tokens\":[5]}"), expected);
  EXPECT_EQ(latents_of("{\"a\":[[{}]]," + text + ",\"b\":{\"c\":[1]},\"tokens\":[5],\"d\":1}"),
            expected);
}

TEST(JsonlLine, WithoutLatentsThereAreNone) {
  for (const char* line : {"[5]", R"({"tokens":[5]})", R"({"latents":null,"tokens":[5]})",
                           R"({"other":{"latents":{"theme":1}},"tokens":[5]})"}) {
    EXPECT_EQ(latents_of(line), std::nullopt) << line;
  }
  EXPECT_EQ(latents_of(R"({"latents":{"latents":{"theme":1}},"tokens":[5]})"), Latents());
}

TEST(JsonlLine, LatentsThatCannotBeAreAFaultWithTheMembersName) {
  const auto message = [](const std::string& latents) { return message_of("latents", latents); };
  EXPECT_EQ(message("5"), "latents: got 5; allowed: an object");
  EXPECT_EQ(message("[[]]"), "latents: got [[]]; allowed: an object");
  EXPECT_EQ(message(R"({"noise":[0,2]})"),
            "latents.noise[1]: got 2; allowed: an integer from 0 to 1");
  EXPECT_EQ(message("{\"noise\":" + std::string(20, '[') + std::string(20, ']') + "}"),
            "latents are nested more than 16 deep");
}

/// Compact records are read on a shorter way; with a space in front they take the long one.
TEST(JsonlLine, IsReadTheSameOnTheShortWayAndOnTheLongOne) {
  constexpr std::string_view letters = "0123456789,[]{}\"-e. ";
  const std::string good[] = {"{\"input_ids\":[10,2,4294967295,0]}",
                              "{\"tokens\":[7]}",
                              "[1,22,333]",
                              "[]",
                              "{\"tokens\":[]}",
                              "[4294967296]",
                              "[99999999999999999999,1]"};
  PhiloxEngine rng(1);
  std::size_t accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string line = good[rng() % std::size(good)];
    for (std::uint32_t edits = rng() % 3; edits > 0 && !line.empty(); --edits) {
      const std::size_t place = rng() % line.size();
      const char letter = letters[rng() % letters.size()];
      if (rng() % 2 == 0) {
        line[place] = letter;
      } else {
        line.insert(place, 1, letter);
      }
    }
    Tokens quick{5};
    Tokens slow{5};
    RecordNotes notes;
    const bool refused = parse_jsonl_line(line, quick, notes).has_value();
    ASSERT_EQ(parse_jsonl_line(' ' + line, slow, notes).has_value(), refused) << line;
    ASSERT_EQ(quick, slow) << line;
    accepted += refused ? 0 : 1;
  }
  EXPECT_GT(accepted, 4000U);
  EXPECT_LT(accepted, 16000U);
}

struct BadLine {
  const char* line;
  FaultKind kind;
  const char* message;  ///< its beginning
};

std::ostream& operator<<(std::ostream& out, const BadLine& bad) {
  return out << bad.line;
}

class BadJsonlLine : public ::testing::TestWithParam<BadLine> {};

TEST_P(BadJsonlLine, IsNamedAndLeavesTheTokensAlone) {
  const auto [line, kind, message] = GetParam();
  Tokens tokens{7};
  RecordNotes notes;
  const std::optional<Fault> fault = parse_jsonl_line(line, tokens, notes);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, kind) << name(fault->kind);
  EXPECT_EQ(fault->message.substr(0, std::string_view(message).size()), message);
  EXPECT_EQ(tokens, Tokens{7});
}

INSTANTIATE_TEST_SUITE_P(
    , BadJsonlLine,
    ::testing::Values(
        BadLine{R"({"input_ids":[1,2)", FaultKind::malformed, "not JSON at column 18: "},
        BadLine{R"({"input_ids":[1,2]} x)", FaultKind::malformed, "not JSON at column 21: "},
        BadLine{"[1,,2]", FaultKind::malformed, "not JSON at column 4: "},
        BadLine{"[1][2]", FaultKind::malformed, "not JSON at column 4: "},
        BadLine{"[01]", FaultKind::malformed, "not JSON at column 3: "},
        BadLine{"hello", FaultKind::malformed, "not JSON at column 1: "},
        BadLine{"[1,2,-3]", FaultKind::negative_id, "token 2: negative id -3"},
        BadLine{"[-99999999999999999999]", FaultKind::negative_id,
                "token 0: negative id -99999999999999999999"},
        BadLine{"[0,4294967296]", FaultKind::id_too_large,
                "token 1: id 4294967296 is above 4294967295"},
        BadLine{"[99999999999999999999999]", FaultKind::id_too_large,
                "token 0: id 99999999999999999999999 is above 4294967295"},
        BadLine{R"([1,"2"])", FaultKind::malformed, "token 1: \"2\" where an id belongs"},
        BadLine{R"(["\u001b[2J"])", FaultKind::malformed,
                R"(token 0: "\u001b[2J" where an id belongs)"},
        BadLine{"[1.5]", FaultKind::malformed, "token 0: 1.5 where an id belongs"},
        BadLine{"[1.0]", FaultKind::malformed, "token 0: 1.0 where an id belongs"},
        BadLine{"[1e3]", FaultKind::malformed, "token 0: 1e3 where an id belongs"},
        BadLine{"[null]", FaultKind::malformed, "token 0: null where an id belongs"},
        BadLine{"[true]", FaultKind::malformed, "token 0: true where an id belongs"},
        BadLine{"[[1],[2]]", FaultKind::malformed, "token 0: an array where an id belongs"},
        BadLine{"[1,{}]", FaultKind::malformed, "token 1: an object where an id belongs"},
        BadLine{"{}", FaultKind::malformed, "no member input_ids or tokens"},
        BadLine{R"({"ids":[1]})", FaultKind::malformed, "no member input_ids or tokens"},
        BadLine{R"({"a":{"input_ids":[1]}})", FaultKind::malformed,
                "no member input_ids or tokens"},
        BadLine{R"({"input_ids":3})", FaultKind::malformed, "tokens is not a list"},
        BadLine{R"({"tokens":"1 2"})", FaultKind::malformed, "tokens is not a list"},
        BadLine{R"({"tokens":null})", FaultKind::malformed, "tokens is not a list"},
        BadLine{R"({"input_ids":{"0":1}})", FaultKind::malformed, "tokens is not a list"},
        BadLine{R"({"input_ids":[1],"tokens":[1]})", FaultKind::malformed,
                "more than one list of tokens"},
        BadLine{R"({"input_ids":[1],"input_ids":[2]})", FaultKind::malformed,
                "more than one list of tokens"},
        BadLine{"3", FaultKind::malformed, "a number where an object or a list of ids belongs"},
        BadLine{"-3.5", FaultKind::malformed, "a number where an object or a list of ids belongs"},
        BadLine{"null", FaultKind::malformed, "null where an object or a list of ids belongs"},
        BadLine{"\"[1,2]\"", FaultKind::malformed,
                "\"[1,2]\" where an object or a list of ids belongs"},
        BadLine{"[\"\xFF\"]", FaultKind::malformed, "not JSON at column 3: "}));

TEST(JsonlLine, MessagesStayShortHoweverLongTheLineIs) {
  for (const std::string& line :
       {"[\"" + std::string(100000, 'x') + "\"]", std::string(100000, 'y'),
        "[" + std::string(100000, '9') + "]", "[-" + std::string(100000, '9') + "]",
        std::string(100000, '[')}) {
    Tokens tokens;
    RecordNotes notes;
    const std::optional<Fault> fault = parse_jsonl_line(line, tokens, notes);
    ASSERT_TRUE(fault);
    EXPECT_LT(fault->message.size(), 250U) << fault->message.substr(0, 100);
  }
}

}  // namespace
}  // namespace synthgen
