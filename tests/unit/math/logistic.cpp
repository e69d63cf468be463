// SPDX-License-Identifier: BSL-1.0
/// \file logistic: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/logistic.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::logistic;

template <class T> constexpr bool special_values() {
  return same(logistic(T(0)), T(0.5)) && same(logistic(-T(0)), T(0.5)) && same(logistic(infinity<T>), T(1)) &&
         same(logistic(-infinity<T>), T(0)) && same(logistic(max<T>), T(1)) && same(logistic(-max<T>), T(0)) &&
         is_nan(logistic(not_a_number<T>)) && same(logistic(denorm_min<T>), T(0.5));
}
static_assert(logistic(-103.0F) == denorm_min<float> && logistic(-744.3) == denorm_min<double>);
static_assert(logistic(-88.0F) > 0 && logistic(-88.0F) < min<float> && logistic(-709.0) < min<double>);
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(logistic(1.0F), 0x1.764d500000000p-1F, 1));
static_assert(close(logistic(1.0), 0x1.764d4f5d5a2bdp-1, 1));
static_assert(close(logistic(-1.0F), 0x1.1365620000000p-2F, 1));
static_assert(close(logistic(-1.0), 0x1.136561454ba86p-2, 1));
static_assert(close(logistic(0.3775F), 0x1.2fc1160000000p-1F, 1));
static_assert(close(logistic(0.3775), 0x1.2fc1159b98db3p-1, 1));
static_assert(close(logistic(-20.5F), 0x1.57a3b00000000p-30F, 1));
static_assert(close(logistic(-20.5), 0x1.57a3afe79aea9p-30, 1));
static_assert(close(logistic(5.0F), 0x1.fc92c20000000p-1F, 1));
static_assert(close(logistic(5.0), 0x1.fc92c130538e1p-1, 1));
constexpr auto function = [](auto x) { return logistic(x); };
}  // namespace

TEST_CASE("logistic is the same at run time as in a constant expression", "[math][logistic]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("logistic of a vector is that of its elements", "[math][logistic]") { vectors_are_scalar(function); }
