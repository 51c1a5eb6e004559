// Values as they cross between Python and the core: configs, options and reports as JSON text,
// which the package's Python side reads and writes, numbers as arrays over the core's own memory.

#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

#include <exception>
#include <memory>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <string>
#include <utility>

namespace synthgen::python {

namespace py = pybind11;

using Batch = std::shared_ptr<SequenceBatch>;
using Handle = std::shared_ptr<Generator>;

/// What ended a call into Python and is no error of it, such as KeyboardInterrupt. Guarded by the
/// interpreter's lock.
inline std::exception_ptr interruption;

/// Raises the core's error: what interrupted it, if something did, OSError where the system
/// refused, else ValueError.
[[noreturn]] void raise(const Error& error);

/// The value of a result, or its error raised.
template <class T>
T taken(Result<T> result) {
  if (!result) raise(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// What `work` makes without the interpreter's lock.
template <class Work>
auto unlocked(const Work& work) {
  const py::gil_scoped_release released;
  return work();
}

/// What `read` makes of a JSON text, which errors call `name`.
template <class Read>
auto read_text(const std::string& text, std::string_view name, const Read& read) {
  return taken(parse_json(text, name).and_then(read));
}

/// The config that a JSON text means, which may be that of a manifest.
Config config_of(const std::string& text);

/// A batch, or its error raised.
inline Batch batch_of(Result<SequenceBatch> made) {
  return std::make_shared<SequenceBatch>(taken(std::move(made)));
}

/// An array over memory that `owner` keeps.
template <class T>
py::array_t<T> view(const std::vector<T>& values, const py::handle& owner) {
  return py::array_t<T>(static_cast<py::ssize_t>(values.size()), values.data(), owner);
}

/// An array that owns its memory.
template <class T>
py::array_t<T> moved(std::vector<T> values) {
  auto kept = std::make_unique<std::vector<T>>(std::move(values));
  const std::vector<T>& known = *kept;
  const py::capsule owner(kept.release(),
                          [](void* held) { delete static_cast<std::vector<T>*>(held); });
  return view(known, owner);
}

void bind_batches(py::module_& module);
void bind_generator(py::module_& module);
void bind_custom(py::module_& module);
void bind_data(py::module_& module);

}  // namespace synthgen::python
