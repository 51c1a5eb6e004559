#include "synthgen/analyze/analysis_options.hpp"
#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measures/entropy.hpp"
#include "synthgen/analyze/measures/pattern_detector.hpp"
#include "synthgen/dataset/check/validate.hpp"
#include "synthgen/dataset/curriculum/curriculum.hpp"
#include "synthgen/dataset/dataset_listing.hpp"
#include "synthgen/formats/sequence_reader.hpp"

#include "values.hpp"

namespace synthgen::python {
namespace {

/// The next sequences of a file, about so many tokens; None at its end.
std::optional<Batch> next_of(SequenceReader& reader, std::uint64_t tokens) {
  auto batch = std::make_shared<SequenceBatch>();
  taken(unlocked([&] {
    Result<bool> more = true;
    while (more && *more && batch->empty()) more = reader.read(*batch, tokens);
    return more;
  }));
  return batch->empty() ? std::nullopt : std::optional(batch);
}

Batch load(const std::vector<std::string>& paths) {
  auto batch = std::make_shared<SequenceBatch>();
  for (const std::string& path : paths) {
    taken(unlocked([&]() -> Result<bool> {
      auto reader = open_sequences(path);
      if (!reader) return tl::unexpected(std::move(reader.error()));
      return (*reader)->read(*batch, std::numeric_limits<std::uint64_t>::max());
    }));
  }
  return batch;
}

std::string analyze(const SequenceBatch& batch, const std::string& options) {
  Analyzer analyzer = taken(Analyzer::create(read_text(options, "options", read_analysis_options)));
  taken(unlocked([&] { return analyzer.add(batch); }));
  return to_text(taken(unlocked([&] { return analyzer.report(); })));
}

/// The faults of a batch, or of JSONL where there is none.
std::string validate(const Batch& batch, const std::string& lines, const std::string& options) {
  Validator validator =
      taken(Validator::create(read_text(options, "config", read_validation_options)));
  taken(unlocked([&] { return batch ? validator.add(*batch) : validator.add_text(lines, ""); }));
  return to_text(to_json(taken(validator.report())));
}

py::dict curriculum(const SequenceBatch& batch, const std::string& stages,
                    const std::string& options) {
  const auto known = read_text(stages, "stages", read_stages);
  const auto complexity = read_text(options, "options", read_complexity_options);
  auto data = unlocked([&] { return create_curriculum_data(batch, known, complexity); });
  py::dict result;
  for (StageData& stage : data) {
    result[py::str(stage.name)] = std::make_shared<SequenceBatch>(std::move(stage.sequences));
  }
  return result;
}

/// The files of a directory's split; of any other path itself.
std::vector<std::string> files_of(const std::string& path, const std::string& split) {
  std::vector<std::string> files;
  const DatasetListing listing = taken(list_dataset(path));
  for (const DatasetFile& file : listing.files) {
    if (file.split == split) files.push_back(file.path);
  }
  return files;
}

}  // namespace

void bind_data(py::module_& module) {
  py::class_<SequenceReader>(module, "Reader").def("next", &next_of);
  module.def("open", [](const std::string& path) { return taken(open_sequences(path)); });
  module.def("load", &load);
  module.def("files_of", &files_of);
  module.def("analyze", &analyze);
  module.def("validate", &validate);
  module.def("curriculum", &curriculum);
  module.def("cut", [](const SequenceBatch& batch, std::uint64_t max_length) {
    return std::make_shared<SequenceBatch>(adjust_sequence_lengths(batch, max_length));
  });
  module.def("entropy", [](const std::vector<std::uint32_t>& ids) { return compute_entropy(ids); });
  module.def("has_pattern", [](const std::vector<std::uint32_t>& ids) { return has_pattern(ids); });
}

}  // namespace synthgen::python
