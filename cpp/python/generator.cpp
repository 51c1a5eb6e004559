#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/generate/function_generator.hpp"
#include "synthgen/generate/functions.hpp"
#include "synthgen/generate/latents/token_structure.hpp"
#include "synthgen/generate/sequence_request.hpp"
#include "synthgen/law/predictor.hpp"

#include "values.hpp"

namespace synthgen::python {
namespace {

/// Makes a sequence of its draws, which are not used after it returns.
using Hook = std::function<CustomSequence(ItemRandom* draws)>;

CustomSequence hooked_sequence(const Hook& hook, ItemRandom& random) {
  try {
    return hook(&random);
  } catch (py::error_already_set& error) {
    const py::gil_scoped_acquire held;
    if (!error.matches(PyExc_Exception)) interruption = std::current_exception();
    throw std::runtime_error(py::str(error.value()).cast<std::string>());
  }
}

/// `make` returns the hook of a split's config, and whether it makes labels.
Result<Generator> create_custom(const std::string& config, const py::function& make,
                                const std::string& name, const std::string& source) {
  const auto parts = [&](const Config& in_split) {
    const auto [hook, has_labels] = make(canonical_config(in_split)).cast<std::pair<Hook, bool>>();
    return FunctionGenerator::Parts{std::bind_front(&hooked_sequence, hook), has_labels, name,
                                    source};
  };
  return Generator::create_custom(taken(parse_config(config, "config")), function_factory(parts));
}

Result<void> write(const Generator& generator, const Json& options) {
  const auto progress = [](const Progress&) {
    const py::gil_scoped_acquire held;
    return PyErr_CheckSignals() == 0;
  };
  return read_dataset_options(options)
      .and_then([&](const DatasetOptions& how) { return write_dataset(generator, how, progress); })
      .map([](const Progress&) {});
}

py::array_t<std::uint8_t> kinds(const Generator& generator, Split split,
                                const SequenceBatch& batch) {
  const auto known = token_structure(batch, generator.config(split)).kinds;
  return py::array_t<std::uint8_t>(static_cast<py::ssize_t>(known.size()),
                                   reinterpret_cast<const std::uint8_t*>(known.data()));
}

/// An array that `fill` writes without the interpreter's lock.
template <class Fill>
py::array_t<double> filled(std::size_t size, const Fill& fill) {
  py::array_t<double> array(static_cast<py::ssize_t>(size));
  const std::span numbers(array.mutable_data(), size);
  const py::gil_scoped_release released;
  fill(numbers);
  return array;
}

template <auto Law>
py::array_t<double> law(const Predictor& predictor) {
  return filled(predictor.vocab_size(), [&](auto numbers) { (predictor.*Law)(numbers); });
}

py::array_t<double> bits(Predictor& predictor, const std::vector<std::uint32_t>& tokens) {
  return filled(tokens.size(), [&](auto all) { predictive_bits(predictor, tokens, all); });
}

}  // namespace

void bind_generator(py::module_& module) {
  py::class_<Predictor, std::shared_ptr<Predictor>>(
      module, "Predictor", "The exact law of the next token, given the tokens so far.")
      .def("reset", &Predictor::reset, "Begins another sequence.")
      .def("probability", &Predictor::probability, "P(the next token is `id`).")
      .def("observe", &Predictor::observe, "Takes the next token; returns its probability.")
      .def("entropy_bits", &Predictor::entropy_bits, "The entropy of the law in bits.")
      .def("continuation", &Predictor::continuation, "P(there is a next token).")
      .def("scored", &Predictor::scored, "P(the last position is scored).")
      .def("label_probability", &Predictor::label_probability, "P(the last label is `id`).")
      .def("label_entropy_bits", &Predictor::label_entropy_bits)
      .def("law", &law<&Predictor::law>, "The probability of each id as the next token.")
      .def("label_law", &law<&Predictor::label_law>, "The probability of each id as the label.")
      .def("bits", &bits, "What each token of a sequence costs in bits: -log2 P(x_t | x_<t).");
  py::class_<Split>(module, "Split");
  module.def("split", &read_split);
  py::class_<Generator>(module, "Generator")
      .def("config", [](const Generator& self) { return canonical_config(self.config()); })
      .def("notes", [](const Generator& self) { return notes(self.config()); })
      .def("count", [](const Generator& self, Split of) { return self.config(of).count(of); })
      .def("truth", [](const Generator& self, Split split) { return to_json(self.truth(split)); })
      .def("kinds", &kinds)
      .def("generate", &generate_requested, unlocked())
      .def("write", &write, unlocked())
      .def("predictor", &Generator::predictor, unlocked(), py::keep_alive<0, 1>());
  const auto create = [](const std::string& config) {
    return parse_config(config, "config").and_then(&Generator::create);
  };
  module.def("create", create, unlocked());
  module.def("create_custom", &create_custom);
  module.def("generate_samples", &generate_samples, unlocked());
  py::class_<CustomSequence>(module, "CustomSequence")
      .def(py::init<std::vector<std::int64_t>, std::size_t>())
      .def_readwrite("labels", &CustomSequence::labels);
  const auto item = [](const ItemRandom& draws) {
    return std::pair(name(draws.item().split), draws.item().index);
  };
  py::class_<ItemRandom>(module, "Draws")
      .def("item", item)
      .def("length", &ItemRandom::length)
      .def("real", &ItemRandom::real)
      .def("integer", &ItemRandom::integer)
      .def("token", &ItemRandom::token)
      .def("pattern_token", &ItemRandom::pattern_token);
}

}  // namespace synthgen::python
