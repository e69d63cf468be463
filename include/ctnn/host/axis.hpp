// SPDX-License-Identifier: BSL-1.0
/// \file The axis of a chart: its range, and where it has ticks.
#pragma once
#include <ctnn/host/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace ctnn::inline CTNN_ABI::detail {

struct tick {
  double value;
  std::string label;
};

/// Maps values to [0, 1], and has ticks at round numbers.
struct axis {
  double low, high;
  bool logarithmic;
  std::vector<tick> ticks;

  [[nodiscard]] double position(double value) const {
    if (logarithmic) return std::log(value / low) / std::log(high / low);
    return (value - low) / (high - low);
  }
};

/// The largest of 1, 2, 5 times a power of ten that gives at least \p count steps in a range.
inline double round_step(double range, int count) {
  double const rough = range / count;
  double const unit = std::pow(10., std::floor(std::log10(rough)));
  return unit * (rough >= 5 * unit ? 5 : rough >= 2 * unit ? 2 : 1);
}

/// A tick's label, step being the distance of ticks; plain from 0.0001 to a million, with an exponent otherwise.
inline std::string tick_label(double value, double step, double largest) {
  // Some 1e-9 below a power of ten the logarithm is meant to be that power's.
  auto const exponent_of = [](double x) { return static_cast<int>(std::floor(std::log10(x) + 1e-9)); };
  int const last = exponent_of(step);
  if (largest < 1e6 * (1 + 1e-9) && last >= -4) return number_text(value, std::max(0, -last));
  if (std::abs(value) < step / 2) return "0";
  int const first = exponent_of(std::abs(value));
  return number_text(value / std::pow(10., first), std::max(0, first - last)) + "e" + std::to_string(first);
}

/// A range gets room around it if its ends are too close to each other for a scale, or to 0 for arithmetic.
inline std::pair<double, double> widened(double low, double high, bool whole) {
  double const size = std::max(std::abs(low), std::abs(high));
  if (size >= 1e-100 && high - low > 1e-6 * size) return {low, high};
  double const room = whole || size < 1e-100 ? 1 : .1 * size;
  return {low - room, high + room};
}

/// \param whole  put ticks at whole numbers only
/// \param round  extend the range to ticks on both sides
inline axis linear_axis(double lowest, double highest, bool whole, bool round) {
  auto const [low, high] = widened(lowest, highest, whole);
  double step = round_step(high - low, 4);
  if (whole) step = std::max(step, 1.);
  // Within a billionth of a step of a tick is on it.
  double const first = round ? std::floor(low / step + 1e-9) : std::ceil(low / step - 1e-9);
  double const last = round ? std::ceil(high / step - 1e-9) : std::floor(high / step + 1e-9);
  axis result{round ? first * step : low, round ? last * step : high, false, {}};
  double const largest = std::max(std::abs(first), std::abs(last)) * step;
  for (double i = first; i <= last; ++i) result.ticks.push_back({i * step, tick_label(i * step, step, largest)});
  return result;
}

/// \pre 0 < low <= high
inline axis log_axis(double low, double high) {
  if (high / low < 1.02) {
    low /= 1.1;
    high *= 1.1;
  } else {
    double const room = std::pow(high / low, .04);
    low /= room;
    high *= room;
  }
  axis result{low, high, true, {}};
  auto const first = std::floor(std::log10(low)), last = std::ceil(std::log10(high));
  auto const try_ticks = [&](std::initializer_list<int> digits, double stride) {
    result.ticks.clear();
    for (double decade = std::ceil(first / stride) * stride; decade <= last; decade += stride)
      for (int const digit : digits) {
        double const unit = std::pow(10., decade), value = digit * unit;
        if (value >= low && value <= high) result.ticks.push_back({value, tick_label(value, unit, value)});
      }
    return result.ticks.size() >= 4;
  };
  if (try_ticks({1}, std::max(1., std::ceil((last - first) / 8)))) return result;
  if (try_ticks({1, 2, 5}, 1) || try_ticks({1, 2, 3, 4, 5, 6, 7, 8, 9}, 1)) return result;
  // Less than about half a decade: the scale is nearly linear.
  result.ticks = linear_axis(low, high, false, false).ticks;
  return result;
}

}  // namespace ctnn::inline CTNN_ABI::detail
