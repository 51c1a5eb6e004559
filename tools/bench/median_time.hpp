#pragma once

#include <algorithm>
#include <array>
#include <chrono>

namespace synthgen::bench {

/// Median wall time of several runs of `work` after a warm-up run, in nanoseconds.
template <class Work>
double median_ns(const Work& work) {
  using Clock = std::chrono::steady_clock;
  std::array<double, 7> times{};
  work();
  for (double& time : times) {
    const Clock::time_point start = Clock::now();
    work();
    time = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return times[times.size() / 2];
}

}  // namespace synthgen::bench
