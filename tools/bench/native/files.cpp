// Whole datasets, each format and family, on one thread and on two.

#include "synthgen/dataset/write/write_dataset.hpp"
#include "synthgen/formats/format.hpp"

#include <array>
#include <memory>
#include <string_view>

#include "configs.hpp"
#include "work.hpp"

namespace synthgen::bench {
namespace {

Work dataset(const Setting& setting, const NamedConfig& config, std::string_view format,
             unsigned threads) {
  const auto maker =
      std::make_shared<Generator>(generator(std::string(config.settings), setting.sequences));
  DatasetOptions options{
      .output_dir = setting.path("dataset"), .threads = threads, .overwrite = true};
  options.format.format = format;
  options.format.dtype = dtype_in(format);
  const auto write = [=] {
    const Result<Progress> written = write_dataset(*maker, options);
    require(written.has_value(), written ? "" : written.error().message);
    return written->bytes_done;
  };
  return {[=] { write(); }, setting.tokens(), write()};
}

}  // namespace

void add_files(std::vector<NamedWork>& works) {
  const auto add = [&](const NamedConfig& config, std::string_view format, unsigned threads) {
    const std::string name = "write " + std::string(config.name) + " as " + std::string(format) +
                             (threads == 1 ? "" : " on " + std::to_string(threads) + " threads");
    works.push_back(
        {name, [=](const Setting& setting) { return dataset(setting, config, format, threads); }});
  };
  for (const NamedConfig& config : configs) {
    for (const FormatEntry* format : formats()) add(config, format->name, 1);
    for (const FormatEntry* format : formats()) add(config, format->name, 2);
  }
}

}  // namespace synthgen::bench
