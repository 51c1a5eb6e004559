#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/generate/functions.hpp"
#include "synthgen/generate/latents/token_structure.hpp"
#include "synthgen/generate/sequence_request.hpp"
#include "synthgen/law/predictor.hpp"

#include "values.hpp"

namespace synthgen::python {
namespace {

Split split_of(const std::string& name) {
  return taken(read_split(Json(name)));
}

Batch generate(const Handle& generator, const std::string& request) {
  const SequenceRequest wanted = read_text(request, "request", read_sequence_request);
  auto batch = std::make_shared<SequenceBatch>();
  taken(unlocked([&] {
    reserve(*batch, wanted.count, generator->config(wanted.split));
    return generator->generate(wanted.split, wanted.first, wanted.count, *batch, wanted.latents);
  }));
  return batch;
}

void write(const Handle& generator, const std::string& directory, const std::string& format,
           unsigned threads, bool overwrite, bool resume) {
  const auto read = [](const Json& object) { return read_format_options(object); };
  const DatasetOptions options{.output_dir = directory,
                               .threads = threads,
                               .format = read_text(format, "options", read),
                               .overwrite = overwrite,
                               .resume = resume};
  const auto written = unlocked([&] {
    return write_dataset(*generator, options, [](const Progress&) {
      const py::gil_scoped_acquire held;
      return PyErr_CheckSignals() == 0;
    });
  });
  taken(written.map([](const Progress&) {}));
}

void bind_predictor(py::module_& module) {
  using Pointer = std::shared_ptr<Predictor>;
  const auto filled = [](void (Predictor::*fill)(std::span<double>) const) {
    return [fill](const Predictor& predictor) {
      std::vector<double> law(predictor.vocab_size());
      (predictor.*fill)(law);
      return moved(std::move(law));
    };
  };
  py::class_<Predictor, Pointer>(module, "Predictor",
                                 "The exact law of the next token, given the tokens so far.")
      .def("reset", &Predictor::reset, "Begins another sequence.")
      .def("probability", &Predictor::probability, "P(the next token is `id`).")
      .def("observe", &Predictor::observe, "Takes the next token; returns its probability.")
      .def("entropy_bits", &Predictor::entropy_bits, "The entropy of the law in bits.")
      .def("continuation", &Predictor::continuation, "P(there is a next token).")
      .def("scored", &Predictor::scored, "P(the last position is scored).")
      .def("label_probability", &Predictor::label_probability, "P(the last label is `id`).")
      .def("label_entropy_bits", &Predictor::label_entropy_bits)
      .def("law", filled(&Predictor::law), "The probability of each id as the next token.")
      .def("label_law", filled(&Predictor::label_law), "The probability of each id as the label.")
      .def(
          "bits",
          [](Predictor& predictor, const std::vector<std::uint32_t>& tokens) {
            std::vector<double> bits(tokens.size());
            unlocked([&] { predictive_bits(predictor, tokens, bits); });
            return moved(std::move(bits));
          },
          "What each token of a sequence costs in bits: -log2 P(x_t | x_<t).");
}

}  // namespace

Config config_of(const std::string& text) {
  return taken(parse_config(text, "config"));
}

void bind_generator(py::module_& module) {
  bind_predictor(module);
  py::class_<Generator, Handle>(module, "Generator")
      .def(py::init([](const std::string& text) {
        const Config config = config_of(text);
        return std::make_shared<Generator>(
            taken(unlocked([&] { return Generator::create(config); })));
      }))
      .def("config", [](const Generator& self) { return to_text(canonical_config(self.config())); })
      .def("notes", [](const Generator& self) { return notes(self.config()); })
      .def("count",
           [](const Generator& self, const std::string& split) {
             return self.config(split_of(split)).count(split_of(split));
           })
      .def("truth",
           [](const Generator& self, const std::string& split) {
             return to_text(to_json(self.truth(split_of(split))));
           })
      .def("kinds",
           [](const Generator& self, const std::string& split, const SequenceBatch& batch) {
             const auto kinds = token_structure(batch, self.config(split_of(split))).kinds;
             const auto* numbers = reinterpret_cast<const std::uint8_t*>(kinds.data());
             return moved(std::vector<std::uint8_t>(numbers, numbers + kinds.size()));
           })
      .def("generate", &generate)
      .def("write", &write)
      .def(
          "predictor",
          [](const Generator& self, const std::string& split) {
            const Split known = split_of(split);
            return taken(unlocked([&] { return self.predictor(known); }));
          },
          py::keep_alive<0, 1>());
  module.def("generate_samples", [](const std::string& arguments) {
    const Json object = taken(parse_json(arguments, "arguments"));
    return batch_of(unlocked([&] { return generate_samples(object); }));
  });
}

}  // namespace synthgen::python
