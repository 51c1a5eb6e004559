#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace synthgen::cli {

/// A line on stderr that shows how far a run is, its rate and the time that remains; nothing where
/// stderr is not a terminal. Goes away when destroyed.
class ProgressBar {
 public:
  /// `label` stands before the bar; `unit` is what the rate counts.
  ProgressBar(std::string label, std::string unit, bool wanted);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  /// `done` of `total` is done; without a total (0) only the rate shows.
  void show(double done, double total) { show(done, total, done); }

  /// The same where the rate counts something else, of which there are `units` by now.
  void show(double done, double total, double units);

  /// Since the bar was made.
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
