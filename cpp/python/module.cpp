#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/version.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/generate/latents/token_structure.hpp"
#include "synthgen/generate/presets.hpp"
#include "synthgen/generate/registry.hpp"

#include "values.hpp"

namespace synthgen::python {

void raise(const Error& error) {
  if (interruption) std::rethrow_exception(std::exchange(interruption, nullptr));
  if (error.kind == ErrorKind::cancelled && PyErr_Occurred() != nullptr)
    throw py::error_already_set();
  PyErr_SetString(error.kind == ErrorKind::io ? PyExc_OSError : PyExc_ValueError,
                  error.message.c_str());
  throw py::error_already_set();
}

}  // namespace synthgen::python

PYBIND11_MODULE(_core, module) {
  using namespace synthgen;
  python::bind_batches(module);
  python::bind_generator(module);
  python::bind_custom(module);
  python::bind_data(module);
  module.attr("version") = std::string(program_version);
  module.def("parameters", [] { return to_text(parameter_table()); });
  module.def("families", [] { return to_text(family_table()); });
  module.def("measures", [] { return to_text(measure_table()); });
  module.def("formats", [] { return to_text(format_table()); });
  module.def("presets", [] { return to_text(preset_table()); });
  module.def("token_kinds", [] { return to_text(Json(token_kind_names)); });
  module.def("with_preset", [](const std::string& name, const std::string& others) {
    return to_text(python::read_text(others, "config",
                                     [&](const Json& own) { return with_preset(name, own); }));
  });
}
