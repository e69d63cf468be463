// SPDX-License-Identifier: BSL-1.0
/// \file expm1: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/expm1.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::expm1;

template <class T> constexpr bool special_values() {
  return same(expm1(T(0)), T(0)) && same(expm1(-T(0)), -T(0)) && same(expm1(infinity<T>), infinity<T>) &&
         same(expm1(-infinity<T>), T(-1)) && same(expm1(max<T>), infinity<T>) && same(expm1(-max<T>), T(-1)) &&
         is_nan(expm1(not_a_number<T>)) && same(expm1(denorm_min<T>), denorm_min<T>) && same(expm1(-min<T>), -min<T>);
}
static_assert(expm1(88.72283F) < infinity<float> && expm1(88.72284F) == infinity<float>);
static_assert(expm1(709.782712893384) < infinity<double> && expm1(709.7827128933841) == infinity<double>);
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(expm1(1.0F), 0x1.b7e1520000000p+0F, 1));
static_assert(close(expm1(1.0), 0x1.b7e151628aed3p+0, 1));
static_assert(close(expm1(-1.0F), -0x1.43a54e0000000p-1F, 1));
static_assert(close(expm1(-1.0), -0x1.43a54e4e98864p-1, 1));
static_assert(close(expm1(0.001F), 0x1.06466e0000000p-10F, 1));
static_assert(close(expm1(0.001), 0x1.06466dfb8cf3ap-10, 1));
static_assert(close(expm1(-0.3F), -0x1.0966f40000000p-2F, 1));
static_assert(close(expm1(-0.3), -0x1.0966f2c7907f6p-2, 1));
static_assert(close(expm1(10.0F), 0x1.5825dc0000000p+14F, 1));
static_assert(close(expm1(10.0), 0x1.5825dcf950560p+14, 1));
constexpr auto function = [](auto x) { return expm1(x); };
}  // namespace

TEST_CASE("expm1 is the same at run time as in a constant expression", "[math][expm1]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("expm1 of a vector is that of its elements", "[math][expm1]") { vectors_are_scalar(function); }
