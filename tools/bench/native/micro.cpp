// Every work under Google Benchmark: `synthgen_micro_bench --benchmark_filter='analyze pattern'`.

#include <benchmark/benchmark.h>
#include <filesystem>
#include <unistd.h>

#include "work.hpp"

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  using namespace synthgen::bench;
  std::string folder = (fs::temp_directory_path() / "synthgen-bench-XXXXXX").string();
  require(::mkdtemp(folder.data()) != nullptr, "cannot make " + folder);
  const Setting setting{folder, 4096};
  for (const NamedWork& named : all_works()) {
    benchmark::RegisterBenchmark(named.name.c_str(), [=](benchmark::State& state) {
      const Work work = named.make(setting);
      for ([[maybe_unused]] auto step : state) work.run();
      state.counters["per_token"] = benchmark::Counter(
          work.tokens, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  fs::remove_all(folder);
}
