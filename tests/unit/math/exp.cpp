// SPDX-License-Identifier: BSL-1.0
/// \file exp: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/exp.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::exp;

template <class T> constexpr bool special_values() {
  return same(exp(T(0)), T(1)) && same(exp(-T(0)), T(1)) && same(exp(infinity<T>), infinity<T>) &&
         same(exp(-infinity<T>), T(0)) && same(exp(max<T>), infinity<T>) && same(exp(-max<T>), T(0)) &&
         is_nan(exp(not_a_number<T>)) && is_nan(exp(-not_a_number<T>)) && same(exp(denorm_min<T>), T(1)) &&
         same(exp(-min<T>), T(1));
}
static_assert(exp(88.72283F) < infinity<float> && exp(88.72284F) == infinity<float>);
static_assert(exp(709.782712893384) < infinity<double> && exp(709.7827128933841) == infinity<double>);
static_assert(exp(-103.97F) == denorm_min<float> && exp(-103.98F) == 0);
static_assert(exp(-745.13) == denorm_min<double> && exp(-745.14) == 0);
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(exp(1.0F), 0x1.5bf0a80000000p+1F, 1));
static_assert(close(exp(1.0), 0x1.5bf0a8b145769p+1, 1));
static_assert(close(exp(-1.0F), 0x1.78b5640000000p-2F, 1));
static_assert(close(exp(-1.0), 0x1.78b56362cef38p-2, 1));
static_assert(close(exp(0.1F), 0x1.1aec7c0000000p+0F, 1));
static_assert(close(exp(0.1), 0x1.1aec7b35a00d4p+0, 1));
static_assert(close(exp(-20.5F), 0x1.57a3b00000000p-30F, 1));
static_assert(close(exp(-20.5), 0x1.57a3afeed00abp-30, 1));
static_assert(close(exp(50.0F), 0x1.19103e0000000p+72F, 1));
static_assert(close(exp(50.0), 0x1.19103e4080b45p+72, 1));
constexpr auto function = [](auto x) { return exp(x); };
}  // namespace

TEST_CASE("exp is the same at run time as in a constant expression", "[math][exp]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("exp of a vector is that of its elements", "[math][exp]") { vectors_are_scalar(function); }
