// Files into batches, as `analyze` and `validate` read them.

#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/sequence_reader.hpp"

#include <filesystem>
#include <memory>

#include "configs.hpp"
#include "work.hpp"

namespace synthgen::bench {
namespace {

Work reading(const Setting& setting, const FormatEntry& format) {
  constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
  const Generator maker = generator(std::string(configs[0].settings), setting.sequences);
  DatasetOptions options{.output_dir = setting.path("read_" + std::string(format.name)),
                         .overwrite = true};
  options.format.format = format.name;
  options.format.dtype = dtype_in(format.name);
  const Result<Progress> written = write_dataset(maker, options);
  require(written.has_value(), written ? "" : written.error().message);
  const std::string path = options.output_dir + "/train" + std::string(format.extension);
  const auto batch = std::make_shared<SequenceBatch>();
  const double tokens = setting.tokens();
  const auto run = [=] {
    const auto reader = open_sequences(path);
    require(reader.has_value(), reader ? "" : reader.error().message);
    double read = 0;
    for (bool more = true; more;) {
      batch->clear();
      const Result<bool> got = (*reader)->read(*batch, batch_tokens);
      require(got.has_value(), got ? "" : got.error().message);
      more = *got;
      read += static_cast<double>(batch->tokens.size());
    }
    require(read == tokens, path + " has another number of tokens");
  };
  return {run, tokens, std::filesystem::file_size(path)};
}

}  // namespace

void add_reading(std::vector<NamedWork>& works) {
  for (const FormatEntry* format : formats()) {
    works.push_back({"read " + std::string(format->name),
                     [=](const Setting& setting) { return reading(setting, *format); }});
  }
}

}  // namespace synthgen::bench
