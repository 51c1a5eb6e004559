#include "progress_bar.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

#include "quantity.hpp"
#include "terminal.hpp"

namespace synthgen::cli {

ProgressBar::ProgressBar(std::string label, std::string unit, bool wanted)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      active_(wanted && is_terminal(Stream::error)) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

double ProgressBar::elapsed_s() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

void ProgressBar::show(double fraction, double units) {
  constexpr std::chrono::milliseconds pause{100};
  if (!active_ || Clock::now() - last_drawn_ < pause) return;
  last_drawn_ = Clock::now();
  fraction = std::clamp(fraction, 0.0, 1.0);
  const double elapsed = std::max(elapsed_s(), 1e-3);
  const std::string remaining =
      fraction > 0 ? duration(elapsed * (1 - fraction) / fraction) : std::string("?");
  const std::string numbers = fmt::format("{:3.0f}%  {}/s  {} left", fraction * 100,
                                          quantity(units / elapsed, unit_), remaining);
  // A terminal that is too narrow for the bar still gets the numbers.
  const std::size_t width = terminal_width(Stream::error);
  const std::size_t taken = columns(label_) + columns(numbers) + 6;
  const std::size_t cells = width > taken ? std::min<std::size_t>(width - taken, 40) : 0;
  const auto filled = static_cast<std::size_t>(fraction * static_cast<double>(cells));
  fmt::print(stderr, "\r{} [{}{}] {}\x1b[K", label_, std::string(filled, '#'),
             std::string(cells - filled, '.'), numbers);
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace synthgen::cli
