#include "synthgen/config/result.hpp"

namespace synthgen {

std::string Problem::text() const {
  std::string line = source.empty() ? key : source + ": " + key;
  if (!value.empty()) line += ": got " + value;
  if (!allowed.empty()) line += (value.empty() ? ": " : "; allowed: ") + allowed;
  return line;
}

tl::unexpected<Error> fail(std::vector<Problem> problems, ErrorKind kind, std::string_view source) {
  std::string message;
  for (Problem& problem : problems) {
    if (!source.empty()) problem.source = source;
    if (!message.empty()) message += '\n';
    message += problem.text();
  }
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(problems)});
}

}  // namespace synthgen
