#pragma once

#include "synthgen/config/result.hpp"

#include <CLI/App.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen::cli {

/// The flags and operands of one subcommand. They are text until `store` checks all of them, so
/// that every mistake is reported at once and in the same words as a config's.
class Arguments {
 public:
  /// Takes a flag's text; the problem, whose key is filled in later, when it is not allowed.
  using Store = std::function<std::optional<Problem>(const std::string& text)>;

  explicit Arguments(CLI::App& app) : app_(app) {}

  /// A flag with a value, e.g. add("--threads", "N", …).
  void add(const std::string& flag, const std::string& placeholder, const std::string& help,
           Store store, const std::string& group = "Options");
  void add_text(const std::string& flag, const std::string& placeholder, const std::string& help,
                std::string& target);
  void add_integer(const std::string& flag, const std::string& help,
                   std::optional<std::int64_t>& target, std::int64_t minimum,
                   std::int64_t maximum = std::numeric_limits<std::int64_t>::max());
  /// A number of bytes, see `byte_size`. Adds what is allowed and the default to the help.
  void add_bytes(const std::string& flag, const std::string& help, std::uint64_t& target,
                 std::uint64_t minimum);
  void add_choice(const std::string& flag, const std::string& help, std::string& target,
                  std::vector<std::string_view> choices);
  /// A flag without a value.
  void add_switch(const std::string& flag, const std::string& help, bool& target);
  /// Tells shells which words the value of a flag can be, or its elements if it is a list.
  void offer(const std::string& flag, const std::vector<std::string>& words);
  /// The words that `offer` named; none if it did not.
  std::vector<std::string> words_of(const std::string& flag) const;
  /// Operands: at least one of them.
  void add_operands(const std::string& placeholder, const std::string& help,
                    std::vector<std::string>& target);
  /// An optional operand.
  void add_optional_operand(const std::string& placeholder, const std::string& help,
                            std::string& target);

  /// A flag's text, before `store`; empty unless it was given exactly once.
  std::string given(std::string_view flag) const;

  /// Checks and stores every value. Returns all problems: unknown flags (with the nearest known
  /// one), flags given twice, values that are not allowed, missing operands.
  std::vector<Problem> store() const;

 private:
  struct Flag {
    std::string name;
    const CLI::Option* option;
    Store store;
  };
  template <class Target>
  struct Bound {
    const CLI::Option* option = nullptr;
    Target* target = nullptr;
  };
  CLI::Option* add_positional(const std::string& placeholder, const std::string& help);
  /// The operands among the words that the parser left over; the others are unknown flags.
  std::vector<std::string> sort_rest(std::vector<Problem>& problems) const;
  void store(const Flag& flag, std::vector<Problem>& problems) const;

  CLI::App& app_;
  std::vector<Flag> flags_;
  std::map<std::string, std::vector<std::string>> words_;
  std::vector<Bound<bool>> switches_;
  Bound<std::vector<std::string>> operands_;
  Bound<std::string> optional_operand_;
  std::vector<std::string> known_{"--help"};
};

/// The problem of an unknown flag; names the nearest known one.
Problem unknown_flag(const std::string& word, const std::vector<std::string>& known);

}  // namespace synthgen::cli
