#include "synthgen/config/result.hpp"

namespace synthgen {

std::string Problem::text() const {
  std::string line = source.empty() ? key : source + ": " + key;
  if (!value.empty()) line += ": got " + value;
  if (!allowed.empty()) line += (value.empty() ? ": " : "; allowed: ") + allowed;
  return line;
}

tl::unexpected<Error> fail(std::vector<Problem> problems) {
  std::string message;
  for (const Problem& problem : problems) {
    if (!message.empty()) message += '\n';
    message += problem.text();
  }
  return tl::unexpected<Error>(Error{ErrorKind::usage, std::move(message), std::move(problems)});
}

}  // namespace synthgen
