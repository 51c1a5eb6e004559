// Runs the requested works, so that a caller can alternate them with those of other programs.
//
//   synthgen_bench FOLDER SEQUENCES            reads names of works from stdin, one a line, does
//                                              each once and writes its time as a line of JSON
//   synthgen_bench FOLDER SEQUENCES NAME RUNS  does one work so many times, for profilers
//
// The first time that a work is named it is done once more before, which warms up.

#include "synthgen/config/json.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <map>

#include "work.hpp"

namespace synthgen::bench {
namespace {

double processor_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

class Bench {
 public:
  explicit Bench(Setting setting) : setting_(std::move(setting)), works_(all_works()) {}

  Work make(const std::string& name) const {
    const auto found = std::find_if(works_.begin(), works_.end(),
                                    [&](const NamedWork& work) { return work.name == name; });
    require(found != works_.end(), "there is no work named " + name);
    return found->make(setting_);
  }

  void serve() {
    for (std::string name; std::getline(std::cin, name);) {
      if (!made_.contains(name)) {
        made_[name] = make(name);
        made_[name].run();
      }
      time(made_[name]);
    }
  }

 private:
  static void time(const Work& work) {
    using Clock = std::chrono::steady_clock;
    const double processor_before = processor_ns();
    const Clock::time_point before = Clock::now();
    work.run();
    const std::chrono::duration<double, std::nano> wall = Clock::now() - before;
    const double processor = processor_ns() - processor_before;
    const Json answer{{"processor_ns", processor},
                      {"wall_ns", wall.count()},
                      {"tokens", work.tokens},
                      {"bytes", work.bytes}};
    std::fputs((answer.dump() + "\n").c_str(), stdout);
    std::fflush(stdout);
  }

  Setting setting_;
  std::vector<NamedWork> works_;
  std::map<std::string, Work> made_;
};

}  // namespace
}  // namespace synthgen::bench

int main(int argc, char** argv) {
  using namespace synthgen::bench;
  require(argc == 3 || argc == 5, "synthgen_bench FOLDER SEQUENCES [NAME RUNS]");
  Bench bench({argv[1], std::strtoull(argv[2], nullptr, 10)});
  if (argc == 3) {
    bench.serve();
    return 0;
  }
  const Work work = bench.make(argv[3]);
  for (unsigned long run = std::strtoul(argv[4], nullptr, 10); run > 0; --run) work.run();
}
