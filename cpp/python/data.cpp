#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/dataset/functions/json_functions.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include "values.hpp"

namespace synthgen::python {
namespace {

/// An array over a batch's memory; the core reads tokens by those that may not be changed.
template <auto Member, bool writeable>
py::array numbers(const py::object& self) {
  const auto& values = self.cast<const SequenceBatch&>().*Member;
  py::array array(py::dtype::of<std::decay_t<decltype(values[0])>>(), values.size(), values.data(),
                  self);
  if (!writeable) array.attr("flags").attr("writeable") = false;
  return array;
}

template <class T>
using Numbers = py::array_t<T, py::array::c_style>;

/// A batch of arrays that fit together.
SequenceBatch batch_of(const Numbers<std::uint32_t>& tokens, const Numbers<std::uint64_t>& offsets,
                       const Numbers<std::uint64_t>& padding) {
  SequenceBatch batch;
  batch.tokens.assign(tokens.data(), tokens.data() + tokens.size());
  batch.offsets.assign(offsets.data(), offsets.data() + offsets.size());
  batch.padding.assign(padding.data(), padding.data() + padding.size());
  return batch;
}

}  // namespace

void bind_data(py::module_& module) {
  py::class_<SequenceBatch>(module, "Batch")
      .def(py::init<>())
      .def("size", &SequenceBatch::size)
      .def_property_readonly("tokens", &numbers<&SequenceBatch::tokens, true>)
      .def_property_readonly("labels", &numbers<&SequenceBatch::labels, true>)
      .def_property_readonly("offsets", &numbers<&SequenceBatch::offsets, false>)
      .def_property_readonly("padding", &numbers<&SequenceBatch::padding, false>)
      .def("has_latents", &SequenceBatch::has_latents)
      .def("latents", [](const SequenceBatch& batch) { return latents_text(batch); })
      .def("cut", &adjust_sequence_lengths);
  const auto read = [](SequenceReader& reader, SequenceBatch& into, std::uint64_t tokens) {
    return reader.read(into, tokens);
  };
  py::class_<SequenceReader>(module, "Reader").def("read", read, unlocked());
  py::class_<StageData>(module, "Stage")
      .def_readonly("name", &StageData::name)
      .def_readonly("sequences", &StageData::sequences);
  py::class_<DatasetFile>(module, "File")
      .def_readonly("path", &DatasetFile::path)
      .def_readonly("split", &DatasetFile::split);
  module.def("batch_of", &batch_of);
  module.def("open", &open_sequences);
  module.def("files_of", [](const std::string& directory) {
    return list_dataset(directory).map([](const DatasetListing& listed) { return listed.files; });
  });
  module.def("analyze", &analysis_report, unlocked());
  module.def("validate", &validation_report, unlocked());
  module.def("validate_lines", &validation_report_of_lines, unlocked());
  module.def("curriculum", &curriculum_stages, unlocked());
}

}  // namespace synthgen::python
