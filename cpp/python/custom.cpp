#include "values.hpp"

namespace synthgen::python {
namespace {

/// The draws of the sequence that is being made; of none once it is complete.
class Draws {
 public:
  explicit Draws(ItemRandom& random) : random_(&random) {}
  void end() { random_ = nullptr; }
  ItemRandom& operator*() const {
    if (random_ == nullptr)
      throw py::value_error("draws can only be made inside generate_sequence");
    return *random_;
  }

 private:
  ItemRandom* random_;
};

/// A generator whose sequences a function makes: (tokens, padding, labels or None) of its draws.
class HookedGenerator final : public SequenceGenerator {
 public:
  HookedGenerator(const Config& config, const py::tuple& parts, std::string name,
                  std::string source)
      : SequenceGenerator(config),
        hook_(parts[0]),
        has_labels_(parts[1].cast<bool>()),
        name_(std::move(name)),
        source_(std::move(source)) {}
  ~HookedGenerator() override {
    const py::gil_scoped_acquire held;
    hook_ = py::object();
  }

  CustomSequence generate_sequence(ItemRandom& random) const override {
    const py::gil_scoped_acquire held;
    auto draws = std::make_shared<Draws>(random);
    try {
      const py::tuple made = hook_(draws);
      draws->end();
      CustomSequence sequence(made[0].cast<std::vector<std::int64_t>>(),
                              made[1].cast<std::size_t>());
      if (!made[2].is_none()) sequence.labels = made[2].cast<std::vector<std::int64_t>>();
      return sequence;
    } catch (py::error_already_set& error) {
      if (!error.matches(PyExc_Exception)) interruption = std::current_exception();
      draws->end();
      throw std::runtime_error(py::str(error.value()).cast<std::string>());
    }
  }

  bool has_labels() const override { return has_labels_; }
  std::string name() const override { return name_; }
  std::string source() const override { return source_; }

 private:
  py::object hook_;
  bool has_labels_;
  std::string name_;
  std::string source_;
};

/// `make(config)` returns the function of a split's config, and whether it makes labels.
Handle create_custom(const std::string& text, const py::function& make, const std::string& name,
                     const std::string& source) {
  return std::make_shared<Generator>(
      taken(Generator::create_custom(config_of(text), [&](const Config& in_split) {
        const py::tuple parts = make(to_text(canonical_config(in_split)));
        return std::make_shared<const HookedGenerator>(in_split, parts, name, source);
      })));
}

}  // namespace

void bind_custom(py::module_& module) {
  py::class_<Draws, std::shared_ptr<Draws>>(module, "Draws")
      .def("item",
           [](const Draws& draws) {
             return py::make_tuple(name((*draws).item().split), (*draws).item().index);
           })
      .def("length", [](const Draws& draws) { return (*draws).length(); })
      .def("real", [](const Draws& draws) { return (*draws).real(); })
      .def("integer",
           [](const Draws& draws, std::uint32_t range) { return (*draws).integer(range); })
      .def("token", [](const Draws& draws) { return (*draws).token(); })
      .def("pattern_token",
           [](const Draws& draws, std::uint32_t place) { return (*draws).pattern_token(place); });
  module.def("create_custom", &create_custom);
}

}  // namespace synthgen::python
