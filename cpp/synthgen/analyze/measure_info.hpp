#pragma once

#include "synthgen/config/json.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace synthgen {

/// The form of a measure's value in the report. Any value, and any number in one, can be null.
enum class ValueKind : std::uint8_t {
  number,
  counts,         ///< an object with a count for each id or length
  ranking,        ///< a list of {"pattern", "count"}, largest counts first
  by_n,           ///< an object with a number for each n = 1 … 4
  curve,          ///< an object of lists: places, and the numbers of each line at them
  distributions,  ///< an object with a distribution for each of several measures
};

/// Which sequences show what to expect of a measure, if the family has no closed form for it.
enum class Expected : std::uint8_t {
  never,      ///< nothing to expect: the dataset's size is a given
  by_mean,    ///< any sequences: a mean over sequences
  by_ratio,   ///< a ratio of sums over sequences; any sequences if all have one length
  by_dataset  ///< whole datasets: it depends on the number of sequences
};

/// The chart that the page draws of a measure from its description alone.
enum class Chart : std::uint8_t {
  none,   ///< unless the page has one of its own for the measure
  curve,  ///< lines over places
};

/// The lists of a measure whose kind is `curve`, and the texts of its chart.
struct Curve {
  std::string_view places;                ///< the list of places, e.g. "lag"
  std::array<std::string_view, 3> lines;  ///< the measured line; baselines, or empty
  bool has_peaks;                         ///< tables show the largest values, not a few places
  std::string_view title;                 ///< of the chart
  std::string_view across;                ///< title of the x axis
  std::string_view up;                    ///< title of the y axis
};

/// The part of the page's table of numbers that lists a measure.
enum class Section : std::uint8_t { statistics, quality, structure };

/// When the page's table of numbers lists a measure.
enum class Listed : std::uint8_t {
  always,
  if_measured,
  if_expected,
};

/// A measure's description: whatever shows, charts or predicts the measure goes by it.
struct MeasureInfo {
  std::string_view name;       ///< as in the report
  std::string_view unit = {};  ///< empty for a pure number
  std::string_view formula;    ///< the definition
  std::string_view range;
  std::string_view source;  ///< where the definition comes from

  ValueKind kind = ValueKind::number;
  Expected expected = Expected::by_dataset;
  bool needs_latents = false;
  /// The numbers of a report's value that an expectation predicts, for at most `top` entries; null:
  /// the value as it is.
  Json (*predicted)(const Json& value, unsigned top) = nullptr;
  /// Another measure that reports this one's distribution and predicts it along with its own, or
  /// empty.
  std::string_view also_in = {};

  Chart chart = Chart::none;
  Curve curve = {};
  Section section = Section::structure;
  Listed listed = Listed::if_expected;
  /// Name of the report's list of one value for each sequence; empty if it has none.
  std::string_view per_sequence = {};
};

}  // namespace synthgen
