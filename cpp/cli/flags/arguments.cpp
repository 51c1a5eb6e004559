#include "arguments.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"

#include <algorithm>

#include "byte_size.hpp"
#include "flag_value.hpp"

namespace synthgen::cli {
namespace {

std::string quoted(const std::string& text) {
  return to_text(Json(text));
}

}  // namespace

Problem unknown_flag(const std::string& word, const std::vector<std::string>& known) {
  const std::string flag = word.substr(0, word.find('='));
  const std::vector<std::string_view> words(known.begin(), known.end());
  const std::string near = nearest(flag, words);
  const std::string hint = near.empty() ? std::string() : formatted("; did you mean {}?", near);
  return {flag, {}, "is not a known flag" + hint};
}

void Arguments::add(const std::string& flag, const std::string& placeholder,
                    const std::string& help, Store store, const std::string& group) {
  // The parser accepts it any number of times, so that `store` reports a flag given twice together
  // with all other problems.
  CLI::Option* option = app_.add_option(flag, CLI::callback_t(), help);
  option->expected(1)->take_all()->type_name(placeholder)->group(group);
  flags_.push_back({flag, option, std::move(store)});
  known_.push_back(flag);
}

void Arguments::add_text(const std::string& flag, const std::string& placeholder,
                         const std::string& help, std::string& target) {
  add(flag, placeholder, help, [&target](const std::string& text) -> std::optional<Problem> {
    if (text.empty()) return Problem{{}, quoted(text), "a name"};
    target = text;
    return std::nullopt;
  });
}

void Arguments::add_integer(const std::string& flag, const std::string& help,
                            std::optional<std::int64_t>& target, std::int64_t minimum,
                            std::int64_t maximum) {
  const bool open = maximum == std::numeric_limits<std::int64_t>::max();
  const std::string allowed = open ? formatted("an integer from {} up", minimum)
                                   : formatted("an integer from {} to {}", minimum, maximum);
  add(flag, "N", help,
      [&target, minimum, maximum, allowed](const std::string& text) -> std::optional<Problem> {
        const Json value = number_from_text(text);
        target = whole_number(value);
        if (target && *target >= minimum && *target <= maximum) return std::nullopt;
        target.reset();
        return Problem{{}, to_text(value), allowed};
      });
}

void Arguments::add_bytes(const std::string& flag, const std::string& help, std::uint64_t& target,
                          std::uint64_t minimum) {
  const std::string allowed =
      formatted("a size such as 64M or 2GiB, at least {}", byte_size_text(minimum));
  add(flag, "SIZE",
      formatted("{} Allowed: {}. Default: {}.", help, allowed, byte_size_text(target)),
      [&target, minimum, allowed](const std::string& text) -> std::optional<Problem> {
        const std::optional<std::uint64_t> bytes = byte_size(text);
        if (!bytes || *bytes < minimum) return Problem{{}, quoted(text), allowed};
        target = *bytes;
        return std::nullopt;
      });
}

void Arguments::offer(const std::string& flag, const std::vector<std::string>& words) {
  words_[flag] = words;
}

std::vector<std::string> Arguments::words_of(const std::string& flag) const {
  const auto found = words_.find(flag);
  return found == words_.end() ? std::vector<std::string>() : found->second;
}

void Arguments::add_choice(const std::string& flag, const std::string& help, std::string& target,
                           std::vector<std::string_view> choices) {
  const std::string allowed = formatted("one of {}", joined(choices, ", "));
  add(flag, "WORD", formatted("{} Allowed: {}. Default: {}.", help, allowed, target),
      [&target, choices, allowed](const std::string& text) -> std::optional<Problem> {
        if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
          return Problem{{}, quoted(text), allowed};
        }
        target = text;
        return std::nullopt;
      });
  offer(flag, {choices.begin(), choices.end()});
}

void Arguments::add_switch(const std::string& flag, const std::string& help, bool& target) {
  switches_.push_back({app_.add_flag(flag, help)->disable_flag_override(), &target});
  known_.push_back(flag);
}

CLI::Option* Arguments::add_positional(const std::string& placeholder, const std::string& help) {
  return app_.add_option(placeholder, CLI::callback_t(), help)->type_name("");
}

void Arguments::add_operands(const std::string& placeholder, const std::string& help,
                             std::vector<std::string>& target) {
  CLI::Option* option = add_positional(placeholder, help);
  option->expected(1, CLI::detail::expected_max_vector_size);
  operands_ = {option, &target};
}

void Arguments::add_optional_operand(const std::string& placeholder, const std::string& help,
                                     std::string& target) {
  optional_operand_ = {add_positional(placeholder, help)->expected(1), &target};
}

std::vector<std::string> Arguments::sort_rest(std::vector<Problem>& problems) const {
  std::vector<std::string> words;
  bool flags_ended = false;
  for (const std::string& word : app_.remaining()) {
    if (flags_ended || word.size() < 2 || word[0] != '-') {
      words.push_back(word);
    } else if (word == "--") {
      flags_ended = true;
    } else {
      problems.push_back(unknown_flag(word, known_));
    }
  }
  return words;
}

std::string Arguments::given(std::string_view flag) const {
  const auto found = std::find_if(flags_.begin(), flags_.end(),
                                  [&](const Flag& each) { return each.name == flag; });
  const bool once = found != flags_.end() && found->option->results().size() == 1;
  return once ? found->option->results().front() : std::string();
}

void Arguments::store(const Flag& flag, std::vector<Problem>& problems) const {
  const std::vector<std::string>& texts = flag.option->results();
  if (texts.empty()) return;
  if (texts.size() > 1) {
    problems.push_back({flag.name, {}, formatted("is given twice ({})", joined(texts, " and "))});
    return;
  }
  const std::string& text = texts.front();
  if (std::find(known_.begin(), known_.end(), text) != known_.end()) {
    problems.push_back({flag.name, {}, formatted("needs a value, not the flag {}", text)});
    return;
  }
  if (std::optional<Problem> problem = flag.store(text)) {
    problem->key = flag.name;
    problems.push_back(std::move(*problem));
  }
}

std::vector<Problem> Arguments::store() const {
  std::vector<Problem> problems;
  const std::vector<std::string> rest = sort_rest(problems);
  const bool has_unknown_flags = !problems.empty();
  for (const Flag& flag : flags_) store(flag, problems);
  for (const Bound<bool>& each : switches_) *each.target = each.option->count() > 0;
  if (optional_operand_.option != nullptr && optional_operand_.option->count() > 0) {
    *optional_operand_.target = optional_operand_.option->results().front();
  }
  if (operands_.option != nullptr) {
    // The parser gives the first one to the option and leaves the others over.
    *operands_.target = operands_.option->results();
    operands_.target->insert(operands_.target->end(), rest.begin(), rest.end());
    if (operands_.target->empty()) {
      problems.push_back({operands_.option->get_name(true), {}, "is missing; give at least one"});
    }
  } else if (!has_unknown_flags && !rest.empty()) {
    // After an unknown flag such a word is most likely its value.
    problems.push_back({quoted(rest.front()), {}, "is one argument too many"});
  }
  return problems;
}

}  // namespace synthgen::cli
