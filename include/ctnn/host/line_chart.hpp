// SPDX-License-Identifier: BSL-1.0
/// \file Line charts as SVG pictures, such as the loss over the epochs.
#pragma once
#include <ctnn/host/axis.hpp>
#include <ctnn/host/number_text.hpp>
#include <ctnn/host/result.hpp>
#include <ctnn/host/svg.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ctnn::inline CTNN_ABI {

struct chart_point {
  double x, y;
};

/// One line of a chart; a single point is drawn as a dot.
struct chart_series {
  std::string name;
  std::vector<chart_point> points;
};

struct line_chart {
  std::string title, x_label, y_label;
  std::vector<chart_series> series;
  bool log_y = false;  ///< equal distances for equal factors
};

namespace detail {

/// Colours that stay apart for the colour-blind too (Okabe, Ito 2008), dark enough for a line on white.
inline constexpr std::array<std::string_view, 6> line_colours{"#0072b2", "#d55e00", "#009e73",
                                                              "#b04e8f", "#8c6d00", "#3f3f3f"};
/// After the colours have been used up, and for black and white, lines also differ in their dashes.
inline constexpr std::array<std::string_view, 4> line_dashes{"", "7 4", "2 4", "9 3 2 3"};

struct line_style {
  std::string_view colour, dashes;
};
inline line_style style_of(std::size_t i) {
  return {line_colours[i % line_colours.size()], line_dashes[(i / line_colours.size() + i) % line_dashes.size()]};
}

/// The extremes of a chart's values.
struct chart_extent {
  chart_point low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  chart_point high{-low.x, -low.y};
  bool whole_x = true;
};

inline result<chart_extent> extent_of(line_chart const& chart) {
  chart_extent extent;
  for (auto const& series : chart.series)
    for (auto const& [x, y] : series.points) {
      // 1e100 leaves room for differences and ratios.
      bool const drawable = std::abs(x) <= 1e100 && std::abs(y) <= 1e100;
      if (!drawable || (chart.log_y && y < 1e-100))
        return failure{"chart \"" + chart.title + "\": series \"" + series.name + "\" has the value " + number_text(y) +
                       " at " + number_text(x) +
                       (drawable ? ", and a logarithmic axis shows values above 0" : ", which cannot be drawn")};
      extent.low = {std::min(extent.low.x, x), std::min(extent.low.y, y)};
      extent.high = {std::max(extent.high.x, x), std::max(extent.high.y, y)};
      extent.whole_x &= x == std::floor(x);
    }
  if (extent.high.x < extent.low.x) return failure{"chart \"" + chart.title + "\": there are no points to draw"};
  return extent;
}

/// Where the plot lies in the picture.
struct chart_frame {
  double left, top, right, bottom;
};

inline constexpr double chart_width = 720, chart_height = 420;

/// Calls draw(series, x, y, style) where each series' entry in the legend goes. Returns the lowest line's y.
inline double lay_out_legend(line_chart const& chart, double left, double y, auto&& draw) {
  double x = left;
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    double const width = 30 + text_width(chart.series[i].name, 12) + 18;
    if (x > left && x + width > chart_width) {
      x = left;
      y += 18;
    }
    draw(chart.series[i], x, y, style_of(i));
    x += width;
  }
  return y;
}

inline void draw_axes(svg_picture& picture, line_chart const& chart, chart_frame const& frame, axis const& x_axis,
                      axis const& y_axis) {
  for (auto const& [value, label] : y_axis.ticks) {
    double const y = frame.bottom + y_axis.position(value) * (frame.top - frame.bottom);
    picture.line(frame.left, y, frame.right, y, "#e3e6ea");
    picture.text({.x = frame.left - 8, .y = y + 4, .text = label, .anchor = "end"});
  }
  for (auto const& [value, label] : x_axis.ticks) {
    double const x = frame.left + x_axis.position(value) * (frame.right - frame.left);
    picture.line(x, frame.bottom, x, frame.bottom + 5, "#57606a");
    picture.text({.x = x, .y = frame.bottom + 20, .text = label, .anchor = "middle"});
  }
  picture.line(frame.left, frame.bottom, frame.right, frame.bottom, "#57606a");
  picture.text(
      {.x = (frame.left + frame.right) / 2, .y = chart_height - 12, .text = chart.x_label, .anchor = "middle"});
  picture.text(
      {.x = 20, .y = (frame.top + frame.bottom) / 2, .text = chart.y_label, .anchor = "middle", .upwards = true});
}

}  // namespace detail

/// Writes the chart as an SVG picture of 720 x 420 pixels.
/// \errors  a failure if there is nothing to draw, a value is not finite or beyond 1e100, or is not above 0 on a
///          logarithmic axis; then nothing is written
/// \example examples/digits.cpp
inline result<> write_svg(std::ostream& out, line_chart const& chart) {
  auto const checked = detail::extent_of(chart);
  if (!checked) return failure{checked.error()};
  auto const& [low, high, whole_x] = checked.value();
  // From 0, unless the values are far from it in relation to how much they differ.
  bool const from_zero = low.y >= 0 && low.y < .5 * high.y;
  auto const x_axis = detail::linear_axis(low.x, high.x, whole_x, false);
  auto const y_axis =
      chart.log_y ? detail::log_axis(low.y, high.y) : detail::linear_axis(from_zero ? 0 : low.y, high.y, false, true);

  double label_width = 0;
  for (auto const& tick : y_axis.ticks) label_width = std::max(label_width, detail::text_width(tick.label, 12));
  detail::chart_frame frame{40 + label_width, 0, detail::chart_width - 28, detail::chart_height - 56};
  frame.top = detail::lay_out_legend(chart, frame.left, 54, [](auto&&...) {}) + 24;

  detail::svg_picture picture{out, detail::chart_width, detail::chart_height, chart.title};
  picture.text({.x = frame.left, .y = 30, .text = chart.title, .size = 16, .bold = true});
  detail::draw_axes(picture, chart, frame, x_axis, y_axis);
  detail::lay_out_legend(chart, frame.left, 54, [&](auto const& series, double x, double y, auto const& style) {
    if (series.points.size() > 1) picture.line(x, y - 4, x + 22, y - 4, style.colour, 2, style.dashes);
    if (series.points.size() == 1) picture.disc(x + 11, y - 4, 4.5, style.colour);
    picture.text({.x = x + 28, .y = y, .text = series.name});
  });

  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    auto const style = detail::style_of(i);
    std::string points;
    for (auto const& [value_x, value_y] : chart.series[i].points) {
      double const x = frame.left + x_axis.position(value_x) * (frame.right - frame.left);
      double const y = frame.bottom + y_axis.position(value_y) * (frame.top - frame.bottom);
      if (chart.series[i].points.size() == 1) picture.disc(x, y, 4.5, style.colour);
      if (!points.empty()) points += ' ';
      points += picture.point(x, y);
    }
    if (chart.series[i].points.size() > 1) picture.polyline(points, style.colour, 2, style.dashes);
  }
  return {};
}

}  // namespace ctnn::inline CTNN_ABI
