// SPDX-License-Identifier: BSL-1.0
/// \file Ticks at round numbers for any range.
#include <ctnn/host/axis.hpp>

#include <cmath>
#include <string>
#include <support/catch.hpp>
#include <vector>

namespace {

using ctnn::detail::axis;
using ctnn::detail::linear_axis;
using ctnn::detail::log_axis;

std::vector<std::string> labels(axis const& a) {
  std::vector<std::string> result;
  for (auto const& tick : a.ticks) result.push_back(tick.label);
  return result;
}

using strings = std::vector<std::string>;

/// Ticks lie in the range, in order, at labels that read back as them and are no two the same.
void check_ticks(axis const& a) {
  REQUIRE(a.ticks.size() >= 2);
  CHECK(a.ticks.size() <= 14);
  for (std::size_t i = 0; i < a.ticks.size(); ++i) {
    auto const& [value, label] = a.ticks[i];
    CHECK(a.position(value) >= -1e-9);
    CHECK(a.position(value) <= 1 + 1e-9);
    CHECK(std::abs(std::stod(label) - value) <= 1e-9 * std::max(std::abs(a.low), std::abs(a.high)));
    if (i == 0) continue;
    CHECK(a.ticks[i - 1].value < value);
    CHECK(a.ticks[i - 1].label != label);
  }
}

}  // namespace

TEST_CASE("axis has ticks at round numbers", "[host][axis]") {
  CHECK(labels(linear_axis(0, 10, false, true)) == strings{"0", "2", "4", "6", "8", "10"});
  CHECK(labels(linear_axis(0, .97, false, true)) == strings{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"});
  CHECK(labels(linear_axis(-3, 3, false, true)) == strings{"-3", "-2", "-1", "0", "1", "2", "3"});
  CHECK(labels(linear_axis(0, 4e6, false, true)) == strings{"0", "1e6", "2e6", "3e6", "4e6"});
  CHECK(labels(linear_axis(0, 1e6, false, true)) == strings{"0", "200000", "400000", "600000", "800000", "1000000"});
  CHECK(labels(linear_axis(0, .0005, false, true)) ==
        strings{"0.0000", "0.0001", "0.0002", "0.0003", "0.0004", "0.0005"});
}

TEST_CASE("axis extends to ticks only if told to", "[host][axis]") {
  auto const wide = linear_axis(.3, 9.1, false, true), tight = linear_axis(.3, 9.1, false, false);
  CHECK(wide.low == 0);
  CHECK(wide.high == 10);
  CHECK(tight.low == .3);
  CHECK(tight.high == 9.1);
  CHECK(labels(tight) == strings{"2", "4", "6", "8"});
}

TEST_CASE("axis counts whole things in whole numbers", "[host][axis]") {
  CHECK(labels(linear_axis(1, 3, true, false)) == strings{"1", "2", "3"});
  CHECK(labels(linear_axis(1, 1, true, false)) == strings{"0", "1", "2"});
  CHECK(labels(linear_axis(1, 12, true, false)) == strings{"2", "4", "6", "8", "10", "12"});
}

TEST_CASE("axis copes with any range", "[host][axis]") {
  for (double const low : {0., 1., -1., 5e-324, 1e-80, -1e-9, 123456.789, -1e99, 1e99})
    for (double const size : {0., 1e-90, 1e-12, 1e-7, .1, 1. / 3, 1., 7., 999., 12345678., 1e99}) {
      CAPTURE(low, size);
      check_ticks(linear_axis(low, low + size, false, true));
      check_ticks(linear_axis(low, low + size, false, false));
    }
}

TEST_CASE("axis is logarithmic with fewer ticks the more decades there are", "[host][axis]") {
  CHECK(labels(log_axis(.001, 1)) == strings{"0.001", "0.01", "0.1", "1"});
  CHECK(labels(log_axis(.02, 1.5)) == strings{"0.02", "0.05", "0.1", "0.2", "0.5", "1"});
  CHECK(labels(log_axis(1e-8, 1e-4)) == strings{"1e-8", "1e-7", "1e-6", "1e-5", "0.0001"});
  CHECK(labels(log_axis(.41, .48)).front() == "0.41");
  for (double const low : {1e-100, 1e-9, .041, .9, 1., 3e7})
    for (double const factor : {1., 1.0001, 1.05, 1.3, 2., 9., 40., 1e3, 1e9, 1e60}) {
      CAPTURE(low, factor);
      auto const a = log_axis(low, low * factor);
      check_ticks(a);
      CHECK(a.position(low) >= 0);
      CHECK(a.position(low * factor) <= 1);
    }
  auto const a = log_axis(1, 100);
  CHECK(std::abs(a.position(10) - .5) < 1e-12);
}
