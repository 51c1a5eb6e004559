#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace synthgen::cli {

/// A line on stderr with the progress of a run, its rate and the remaining time; nothing if stderr
/// is not a terminal. Removed on destruction.
class ProgressBar {
 public:
  /// `label` precedes the bar; `unit` is what the rate counts.
  ProgressBar(std::string label, std::string unit, bool wanted);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  /// `done` of `total` is done; without a total (0) shows only the rate.
  void show(double done, double total) { show(done, total, done); }

  /// The same with the rate of another unit; `units` are done so far.
  void show(double done, double total, double units);

  /// Since construction.
  double elapsed_s() const;

 private:
  using Clock = std::chrono::steady_clock;

  std::string label_;
  std::string unit_;
  bool active_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_drawn_{};
};

}  // namespace synthgen::cli
