#include "synthgen/config/json.hpp"

namespace synthgen {

std::string to_text(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace synthgen
