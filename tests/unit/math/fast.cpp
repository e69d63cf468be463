// SPDX-License-Identifier: BSL-1.0
/// \file The functions of `fast` against the C library's in double, where the target has them.
#include <ctnn/math/fast.hpp>
#include <ctnn/tensor/simd.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <support/catch.hpp>

namespace {

namespace math = ctnn::math;

constexpr auto lanes = ctnn::kernel::native_lanes<float>;
using wide = ctnn::kernel::vector<float, lanes>;

/// As a number and in a vector.
template <class F> void compare(float x, F f, double expected, double units, double absent = 2e-38) {
  if constexpr (math::has_fast_functions<float>) {
    auto const check = [&](float y) {
      INFO("x = " << x);
      if (std::isnan(expected))
        CHECK(std::isnan(y));
      else if (std::isinf(expected))
        CHECK(static_cast<double>(y) == expected);
      else
        CHECK(std::abs(static_cast<double>(y) - expected) <= units * 0x1p-23 * std::abs(expected) + absent);
    };
    asm volatile("" : "+m"(x));
    check(f(x));
    if constexpr (lanes > 1) check(f(ctnn::kernel::spread<wide>(x))[lanes - 1]);
  }
}

void compare_all(float x) {
  double const d = static_cast<double>(x), size = std::abs(d);
  double const inexact = 1.5 + std::min(size, 87.) / 4;
  compare(
      x, [](auto v) { return math::fast_logistic(v); }, 1 / (1 + std::exp(-d)), x < 0 ? inexact : 1.5);
  compare(
      x, [](auto v) { return math::fast_tanh(v); }, std::tanh(d), 3);
  compare(
      x, [](auto v) { return math::fast_silu(v); }, std::isinf(d) && d < 0 ? 0 : d / (1 + std::exp(-d)),
      x < 0 ? inexact + .5 : 2, 2e-36);
  if (!(x > 0))
    compare(
        x, [](auto v) { return math::fast_exp(v); }, std::exp(d), inexact);
}

}  // namespace

TEST_CASE("fast functions are as near as they say", "[math][fast]") {
  for (float x = 0; x < 100; x += 0x1.23456p-8F) {
    compare_all(x);
    compare_all(-x);
  }
  for (float x = 1; x > 1e-38F; x *= .83F) {
    compare_all(x);
    compare_all(-x);
  }
}

TEST_CASE("fast functions take every number", "[math][fast]") {
  using limits = std::numeric_limits<float>;
  for (float x : {0.F, -0.F, limits::infinity(), limits::max(), limits::denorm_min(), limits::min(), 87.F, 88.F, 127.F})
    for (float s : {x, -x}) compare_all(s);
  compare_all(limits::quiet_NaN());
}

#if defined(__FMA__)
TEST_CASE("fast functions are there with FMA", "[math][fast]") {
  STATIC_REQUIRE(math::has_fast_functions<float>);
  STATIC_REQUIRE(math::has_fast_functions<wide>);
  STATIC_REQUIRE(!math::has_fast_functions<double>);
}
#endif
