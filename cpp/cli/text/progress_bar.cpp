#include "progress_bar.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/descriptor_io.hpp"

#include <algorithm>
#include <unistd.h>

#include "cli/text/format_text.hpp"
#include "quantity.hpp"
#include "terminal.hpp"

namespace synthgen::cli {

ProgressBar::ProgressBar(std::string label, std::string unit, bool wanted)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      active_(wanted && is_terminal(Stream::error)) {}

ProgressBar::~ProgressBar() {
  if (drawn_) write_all(STDERR_FILENO, "\r\x1b[K");
}

double ProgressBar::elapsed_s() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

void ProgressBar::show(double done, double total, double units) {
  constexpr std::chrono::milliseconds pause{100};
  if (!active_ || Clock::now() - last_drawn_ < pause) return;
  last_drawn_ = Clock::now();
  drawn_ = true;
  const double elapsed = std::max(elapsed_s(), 1e-3);
  const std::string rate = quantity(units / elapsed, unit_) + "/s";
  if (total <= 0 || done <= 0) {
    write_all(STDERR_FILENO, formatted("\r{} {}\x1b[K", label_, rate));
    return;
  }
  const double fraction = std::min(done / total, 1.0);
  const std::string numbers = format_text("{:3.0f}%  {}  {} left", fraction * 100, rate,
                                          duration(elapsed * (1 - fraction) / fraction));
  // A terminal that is too narrow for the bar still gets the numbers.
  constexpr std::size_t most_cells = 40;
  const std::size_t width = terminal_width(Stream::error);
  const std::size_t taken = columns(label_) + columns(numbers) + 6;
  const std::size_t cells = width > taken ? std::min(width - taken, most_cells) : 0;
  const auto filled = static_cast<std::size_t>(fraction * static_cast<double>(cells));
  write_all(STDERR_FILENO, formatted("\r{} [{}{}] {}\x1b[K", label_, std::string(filled, '#'),
                                     std::string(cells - filled, '.'), numbers));
}

}  // namespace synthgen::cli
