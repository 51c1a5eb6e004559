#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include "values.hpp"

namespace synthgen::python {
namespace {

template <class T>
using Numbers = py::array_t<T, py::array::c_style>;

template <class T>
std::vector<T> copied(const Numbers<T>& numbers) {
  return {numbers.data(), numbers.data() + numbers.size()};
}

/// A batch of arrays; fails (ValueError) where they do not fit together.
Batch batch_of_arrays(const Numbers<std::uint32_t>& tokens, const Numbers<std::uint64_t>& offsets,
                      const Numbers<std::uint64_t>& padding, const Numbers<std::int64_t>& labels) {
  auto batch = std::make_shared<SequenceBatch>();
  batch->tokens = copied(tokens);
  batch->offsets = copied(offsets);
  batch->padding = copied(padding);
  batch->labels = copied(labels);
  const auto& ends = batch->offsets;
  bool fits = !ends.empty() && ends.front() == 0 && ends.back() == batch->tokens.size() &&
              std::is_sorted(ends.begin(), ends.end()) &&
              (batch->labels.empty() || batch->labels.size() == batch->tokens.size()) &&
              (batch->padding.empty() || batch->padding.size() + 1 == ends.size());
  for (std::size_t i = 0; fits && i < batch->padding.size(); ++i) {
    fits = batch->padding[i] <= ends[i + 1] - ends[i];
  }
  if (!fits) throw py::value_error("sequences: offsets, padding or labels do not fit the tokens");
  for (std::size_t i = 0; i < batch->labels.size(); ++i) {
    if (is_label(batch->labels[i])) continue;
    throw py::value_error(
        formatted("label {}: got {}; allowed: an id or -100", i, batch->labels[i]));
  }
  return batch;
}

/// The labels, -100 where a sequence came without.
py::array labels_of(const py::object& self) {
  SequenceBatch& batch = *self.cast<Batch>();
  for (std::int64_t& label : batch.labels) {
    if (!is_label(label)) label = ignored_label;
  }
  return view(batch.labels, self);
}

/// An array that may not be changed: the core reads tokens by it.
template <auto Member>
py::array fixed(const py::object& self) {
  py::array array = view(self.cast<Batch>().get()->*Member, self);
  array.attr("flags").attr("writeable") = false;
  return array;
}

}  // namespace

void bind_batches(py::module_& module) {
  py::class_<SequenceBatch, Batch>(module, "Batch")
      .def_property_readonly(
          "tokens", [](const py::object& self) { return view(self.cast<Batch>()->tokens, self); })
      .def_property_readonly("offsets", &fixed<&SequenceBatch::offsets>)
      .def_property_readonly("padding", &fixed<&SequenceBatch::padding>)
      .def_property_readonly("labels", &labels_of)
      .def("latents", [](const SequenceBatch& batch) {
        return batch.has_latents() ? latents_text(batch) : std::string("null");
      });
  module.def("batch_of", &batch_of_arrays);
}

}  // namespace synthgen::python
