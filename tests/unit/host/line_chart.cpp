// SPDX-License-Identifier: BSL-1.0
/// \file Line charts: what is drawn, and what is refused.
#include <ctnn/host/line_chart.hpp>

#include "well_formed.hpp"

#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <support/catch.hpp>

namespace {

using ctnn_test::occurrences;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

ctnn::line_chart chart_of(std::vector<ctnn::chart_point> points, bool log_y = false) {
  return {"Loss", "epoch", "mean", {{"training", std::move(points)}}, log_y};
}

std::string svg_of(ctnn::line_chart const& chart) {
  std::ostringstream out;
  REQUIRE(ctnn::write_svg(out, chart));
  return out.str();
}

std::string error_of(ctnn::line_chart const& chart) {
  std::ostringstream out;
  auto const written = ctnn::write_svg(out, chart);
  CHECK(out.str().empty() == !written);
  return written ? "none" : written.error();
}

}  // namespace

TEST_CASE("line_chart draws a line a series", "[host][line_chart]") {
  auto chart = chart_of({{1, 2}, {2, 1}, {3, .5}});
  chart.series.push_back({"validation", {{1, 3}, {2, 1.5}, {3, 1}}});
  chart.series.push_back({"kept", {{3, 1}}});
  for (bool const log_y : {false, true}) {
    chart.log_y = log_y;
    auto const svg = svg_of(chart);
    CHECK(ctnn_test::xml_error(svg) == "");
    CHECK(occurrences(svg, "<polyline") == 2);
    CHECK(occurrences(svg, "<circle") == 2);  // the point, and its entry in the legend
    for (auto const* text : {">Loss<", ">epoch<", ">mean<", ">training<", ">validation<", ">kept<"})
      CHECK(svg.find(text) != svg.npos);
  }
}

TEST_CASE("line_chart escapes all its texts", "[host][line_chart]") {
  auto chart = chart_of({{1, 2}, {2, 1}});
  chart.title = "</title><script>";
  chart.x_label = "a & b";
  chart.y_label = "\"<\"";
  chart.series[0].name = "x < y";
  CHECK(ctnn_test::xml_error(svg_of(chart)) == "");
}

TEST_CASE("line_chart puts the extremes at the edges", "[host][line_chart]") {
  auto const svg = svg_of(chart_of({{0, 0}, {10, 10}}));
  CHECK(svg.find(",364 692,") != svg.npos);  // from the lower left to the right
}

TEST_CASE("line_chart draws what hardly differs, and a single point", "[host][line_chart]") {
  for (bool const log_y : {false, true}) {
    CHECK(ctnn_test::xml_error(svg_of(chart_of({{1, .5}}, log_y))) == "");
    CHECK(ctnn_test::xml_error(svg_of(chart_of({{1, .5}, {2, .5}}, log_y))) == "");
    CHECK(ctnn_test::xml_error(svg_of(chart_of({{1, 1e-100}, {2, 1e100}}, log_y))) == "");
    CHECK(svg_of(chart_of({{1, .5}, {2, .5 + 1e-16}}, log_y)).find("nan") == std::string::npos);
  }
}

TEST_CASE("line_chart says what cannot be drawn, and draws nothing then", "[host][line_chart]") {
  CHECK(error_of(chart_of({{1, 1}, {2, 0}}, true)) ==
        "chart \"Loss\": series \"training\" has the value 0 at 2, and a logarithmic axis shows values above 0");
  CHECK(error_of(chart_of({{1, -3}}, true)) ==
        "chart \"Loss\": series \"training\" has the value -3 at 1, and a logarithmic axis shows values above 0");
  CHECK(error_of(chart_of({{1, -3}}, false)) == "none");
  for (bool const log_y : {false, true}) {
    CHECK(error_of(chart_of({{1, not_a_number}}, log_y)) ==
          "chart \"Loss\": series \"training\" has the value nan at 1, which cannot be drawn");
    CHECK(error_of(chart_of({{1, infinity}}, log_y)) ==
          "chart \"Loss\": series \"training\" has the value inf at 1, which cannot be drawn");
    CHECK(error_of(chart_of({{not_a_number, 1}}, log_y)) != "none");
    CHECK(error_of(chart_of({{1, 1e101}}, log_y)) != "none");
    CHECK(error_of(chart_of({}, log_y)) == "chart \"Loss\": there are no points to draw");
    CHECK(error_of({"Loss", "", "", {}, log_y}) == "chart \"Loss\": there are no points to draw");
  }
}
