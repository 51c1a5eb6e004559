// Values as they cross between Python and the core. Configs, options and reports are JSON text in
// Python, where the package reads and writes it; a result is its value, or its error raised.

#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <exception>
#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <string>
#include <type_traits>
#include <utility>

namespace synthgen::python {

namespace py = pybind11;

/// Of a function that runs without the interpreter's lock.
using unlocked = py::call_guard<py::gil_scoped_release>;

/// What ended a call into Python and is no error of it, such as KeyboardInterrupt. Guarded by the
/// interpreter's lock.
inline std::exception_ptr interruption;

/// Raises the core's error: what interrupted it, if something did, OSError where the system
/// refused, else ValueError.
[[noreturn]] void raise(const Error& error);

template <class T>
T taken(Result<T> result) {
  if (!result) raise(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void bind_data(py::module_& module);
void bind_generator(py::module_& module);

}  // namespace synthgen::python

namespace pybind11::detail {

template <>
struct type_caster<synthgen::Json> {
  PYBIND11_TYPE_CASTER(synthgen::Json, const_name("str"));
  bool load(handle text, bool /*convert*/) {
    value = synthgen::python::taken(synthgen::parse_json(text.cast<std::string>(), "config"));
    return true;
  }
  static handle cast(const synthgen::Json& json, return_value_policy, handle) {
    return str(synthgen::to_text(json)).release();
  }
};

template <class T>
struct type_caster<synthgen::Result<T>> {
  using Caster = make_caster<std::conditional_t<std::is_void_v<T>, void_type, T>>;
  static constexpr auto name = Caster::name;
  static handle cast(synthgen::Result<T> result, return_value_policy policy, handle parent) {
    if constexpr (std::is_void_v<T>)
      return synthgen::python::taken(result), none().release();
    else
      return Caster::cast(synthgen::python::taken(std::move(result)), policy, parent);
  }
};

}  // namespace pybind11::detail
