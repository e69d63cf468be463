// SPDX-License-Identifier: BSL-1.0
/// \file log1p: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/log1p.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::log1p;

template <class T> constexpr bool special_values() {
  return same(log1p(T(0)), T(0)) && same(log1p(-T(0)), -T(0)) && same(log1p(T(-1)), -infinity<T>) &&
         same(log1p(infinity<T>), infinity<T>) && is_nan(log1p(T(-1.5))) && is_nan(log1p(-infinity<T>)) &&
         is_nan(log1p(not_a_number<T>)) && same(log1p(denorm_min<T>), denorm_min<T>) && same(log1p(-min<T>), -min<T>);
}
static_assert(log1p(max<float>) == 0x1.62e430p+6F && log1p(max<double>) == 0x1.62e42fefa39efp+9);
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(log1p(1.0F), 0x1.62e4300000000p-1F, 1));
static_assert(close(log1p(1.0), 0x1.62e42fefa39efp-1, 1));
static_assert(close(log1p(-0.5F), -0x1.62e4300000000p-1F, 1));
static_assert(close(log1p(-0.5), -0x1.62e42fefa39efp-1, 1));
static_assert(close(log1p(0.001F), 0x1.0603560000000p-10F, 1));
static_assert(close(log1p(0.001), 0x1.060354f8c3ebfp-10, 1));
static_assert(close(log1p(-0.3F), -0x1.6d3c340000000p-2F, 1));
static_assert(close(log1p(-0.3), -0x1.6d3c324e13f4ep-2, 1));
static_assert(close(log1p(1e30F), 0x1.144f6a0000000p+6F, 1));
static_assert(close(log1p(1e30), 0x1.144f69ff9ffc4p+6, 1));
constexpr auto function = [](auto x) { return log1p(x); };
}  // namespace

TEST_CASE("log1p is the same at run time as in a constant expression", "[math][log1p]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("log1p of a vector is that of its elements", "[math][log1p]") { vectors_are_scalar(function); }
