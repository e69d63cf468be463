// SPDX-License-Identifier: BSL-1.0
/// \file erf: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/erf.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::erf;

template <class T> constexpr bool special_values() {
  return same(erf(T(0)), T(0)) && same(erf(-T(0)), -T(0)) && same(erf(infinity<T>), T(1)) &&
         same(erf(-infinity<T>), T(-1)) && same(erf(max<T>), T(1)) && same(erf(T(-6)), T(-1)) &&
         is_nan(erf(not_a_number<T>));
}
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(erf(1.0F), 0x1.af767a0000000p-1F, 1));
static_assert(close(erf(1.0), 0x1.af767a741088bp-1, 1));
static_assert(close(erf(-0.5F), -0x1.0a7ef60000000p-1F, 1));
static_assert(close(erf(-0.5), -0x1.0a7ef5c18edd2p-1, 1));
static_assert(close(erf(0.001F), 0x1.27cc380000000p-10F, 1));
static_assert(close(erf(0.001), 0x1.27cc3804d374cp-10, 1));
static_assert(close(erf(2.0F), 0x1.fd9ae20000000p-1F, 1));
static_assert(close(erf(2.0), 0x1.fd9ae142795e3p-1, 1));
static_assert(close(erf(-3.0F), -0x1.fffd1a0000000p-1F, 1));
static_assert(close(erf(-3.0), -0x1.fffd1ac4135f9p-1, 1));
constexpr auto function = [](auto x) { return erf(x); };
}  // namespace

TEST_CASE("erf is the same at run time as in a constant expression", "[math][erf]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("erf of a vector is that of its elements", "[math][erf]") { vectors_are_scalar(function); }
