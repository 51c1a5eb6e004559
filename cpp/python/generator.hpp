#pragma once

#include "synthgen/generate/generator.hpp"

#include "values.hpp"

namespace synthgen::python {

using Handle = std::shared_ptr<Generator>;

/// The config that a JSON text means, which may be that of a manifest.
Config config_of(const std::string& text);

}  // namespace synthgen::python
