// SPDX-License-Identifier: BSL-1.0
/// \file The helper that compares constants with run-time results: what it catches, and what it lets pass.
#include <ctnn.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <support/exact.hpp>
#include <tuple>
#include <type_traits>

namespace {

using net = ctnn::network<float, ctnn::input<1>, ctnn::dense<1>>;
using ctnn_test::difference;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr double one = 1, third = 1. / 3;
constexpr std::array numbers{.1, -.7, 3.};

// A case that is wrong by one unit in the last place, at run time only.
constexpr auto off_by_one = [](double x) { return std::is_constant_evaluated() ? x : x + 0x1p-54; };

}  // namespace

TEST_CASE("exact sees no difference between equal bits", "[support]") {
  CHECK(difference(one, one) == "");
  CHECK(difference(-0., -0.) == "");
  CHECK(difference(not_a_number, not_a_number) == "");
  CHECK(difference(numbers, numbers) == "");
  CHECK(difference(net{{1.F, 2.F}}, net{{1.F, 2.F}}) == "");
  CHECK(difference(std::tuple{1, 2.F, true}, std::tuple{1, 2.F, true}) == "");
}

TEST_CASE("exact catches one unit in the last place", "[support]") {
  CHECK(difference(1., std::nextafter(1., 2.)) ==
        "result: 0x1p+0 (1) as a constant, 0x1.0000000000001p+0 (1.0000000000000002) at run time\n");
  CHECK(difference(1.F, std::nextafter(1.F, 2.F)) != "");
  CHECK(difference(third, off_by_one(ctnn_test::opaque(third))) != "");
  CHECK(difference(0., std::numeric_limits<double>::denorm_min()) != "");
}

TEST_CASE("exact tells 0 from -0, and one NaN from another", "[support]") {
  CHECK(difference(0., -0.) != "");
  CHECK(difference(0.F, -0.F) != "");
  CHECK(difference(not_a_number, -not_a_number) != "");
  CHECK(difference(not_a_number, 1.) != "");
}

TEST_CASE("exact names the element that differs", "[support]") {
  CHECK(difference(std::array{1., 2., 3.}, std::array{1., 2.5, 3.}) ==
        "result[1]: 0x1p+1 (2) as a constant, 0x1.4p+1 (2.5) at run time\n");
  CHECK(difference(net{{1.F, 2.F}}, net{{1.F, 3.F}}) ==
        "result.parameters[1]: 0x1p+1 (2) as a constant, 0x1.8p+1 (3) at run time\n");
  CHECK(difference(ctnn::sample<net>{{1.F}, {2.F}}, ctnn::sample<net>{{1.F}, {3.F}}) ==
        "result.target[0]: 0x1p+1 (2) as a constant, 0x1.8p+1 (3) at run time\n");
  CHECK(difference(std::tuple{1, ctnn::status::ok}, std::tuple{2, ctnn::status::no_samples}) ==
        "result<0>: 1 as a constant, 2 at run time\nresult<1>: 0 as a constant, 2 at run time\n");
}

TEST_CASE("exact evaluates its case once as a constant and once at run time", "[support]") {
  ctnn_test::exact<[](double x) { return x * x; }, third>();
  ctnn_test::exact<[](double x, auto const& y) { return std::tuple{x / y[0], y}; }, third, numbers>();
  static constexpr auto evaluated = [](double) { return std::is_constant_evaluated(); };
  static constexpr bool constant = evaluated(one);
  CHECK(constant);
  CHECK_FALSE(evaluated(ctnn_test::opaque(one)));
}
