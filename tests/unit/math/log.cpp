// SPDX-License-Identifier: BSL-1.0
/// \file log: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/log.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::log;

template <class T> constexpr bool special_values() {
  return same(log(T(1)), T(0)) && same(log(T(0)), -infinity<T>) && same(log(-T(0)), -infinity<T>) &&
         same(log(infinity<T>), infinity<T>) && is_nan(log(T(-1))) && is_nan(log(-denorm_min<T>)) &&
         is_nan(log(-infinity<T>)) && is_nan(log(not_a_number<T>));
}
static_assert(log(denorm_min<float>) == -0x1.9d1da0p+6F && log(max<float>) == 0x1.62e430p+6F);
static_assert(log(denorm_min<double>) == -0x1.74385446d71c3p+9 && log(max<double>) == 0x1.62e42fefa39efp+9);
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(log(2.0F), 0x1.62e4300000000p-1F, 1));
static_assert(close(log(2.0), 0x1.62e42fefa39efp-1, 1));
static_assert(close(log(0.5F), -0x1.62e4300000000p-1F, 1));
static_assert(close(log(0.5), -0x1.62e42fefa39efp-1, 1));
static_assert(close(log(0.1F), -0x1.26bb1c0000000p+1F, 1));
static_assert(close(log(0.1), -0x1.26bb1bbb55515p+1, 1));
static_assert(close(log(10.0F), 0x1.26bb1c0000000p+1F, 1));
static_assert(close(log(10.0), 0x1.26bb1bbb55516p+1, 1));
static_assert(close(log(1e30F), 0x1.144f6a0000000p+6F, 1));
static_assert(close(log(1e30), 0x1.144f69ff9ffc4p+6, 1));
constexpr auto function = [](auto x) { return log(x); };
}  // namespace

TEST_CASE("log is the same at run time as in a constant expression", "[math][log]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("log of a vector is that of its elements", "[math][log]") { vectors_are_scalar(function); }
