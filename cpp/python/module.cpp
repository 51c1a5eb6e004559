#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/config/version.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/generate/latents/token_structure.hpp"
#include "synthgen/generate/presets.hpp"
#include "synthgen/generate/registry.hpp"

#include "values.hpp"

namespace synthgen::python {

void raise(const Error& error) {
  if (interruption) std::rethrow_exception(std::exchange(interruption, nullptr));
  if (error.kind != ErrorKind::cancelled || PyErr_Occurred() == nullptr) {
    PyErr_SetString(error.kind == ErrorKind::io ? PyExc_OSError : PyExc_ValueError,
                    error.message.c_str());
  }
  throw py::error_already_set();
}

}  // namespace synthgen::python

PYBIND11_MODULE(_core, module) {
  using namespace synthgen;
  python::bind_data(module);
  python::bind_generator(module);
  module.attr("version") = std::string(program_version);
  module.def("parameters", &parameter_table);
  module.def("families", &family_table);
  module.def("measures", &measure_table);
  module.def("formats", &format_table);
  module.def("presets", &preset_table);
  module.def("token_kinds", [] { return Json(token_kind_names); });
  module.def("with_preset", &with_preset);
}
