#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/write_dataset.hpp"

#include <cstdio>
int main() {
  auto c =
      synthgen::parse_config(R"({"generator":"pattern","num_train":20000,"num_val":100})", "x");
  if (!c) {
    std::puts(c.error().message.c_str());
    return 2;
  }
  auto g = synthgen::Generator::create(*c);
  auto r = synthgen::write_dataset(*g, {"/tmp/ds", 2, false, true});
  if (!r) {
    std::puts(r.error().message.c_str());
    return 3;
  }
  synthgen::SequenceBatch b;
  g->generate(synthgen::Split::train, 0, 3, b, true);
  std::puts(synthgen::to_text(to_json(b.latents[0])).c_str());
}
