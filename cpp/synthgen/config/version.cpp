#include "synthgen/config/version.hpp"

namespace synthgen {

const std::string_view program_version = SYNTHGEN_VERSION;

}  // namespace synthgen
