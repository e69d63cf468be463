// SPDX-License-Identifier: BSL-1.0
/// \file softplus: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/softplus.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::softplus;

template <class T> constexpr bool special_values() {
  return same(softplus(infinity<T>), infinity<T>) && same(softplus(-infinity<T>), T(0)) &&
         same(softplus(max<T>), max<T>) && same(softplus(-max<T>), T(0)) && is_nan(softplus(not_a_number<T>)) &&
         same(softplus(T(0)), softplus(-T(0)));
}
static_assert(softplus(-103.0F) == denorm_min<float> && softplus(-744.9) == denorm_min<double>);
static_assert(softplus(0.0F) == 0x1.62e430p-1F && softplus(0.0) == 0x1.62e42fefa39efp-1);
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(softplus(1.0F), 0x1.5031ea0000000p+0F, 1));
static_assert(close(softplus(1.0), 0x1.5031eafefb049p+0, 1));
static_assert(close(softplus(-1.0F), 0x1.40c7ac0000000p-2F, 1));
static_assert(close(softplus(-1.0), 0x1.40c7abfbec124p-2, 1));
static_assert(close(softplus(0.25F), 0x1.a6e1880000000p-1F, 1));
static_assert(close(softplus(0.25), 0x1.a6e18819b6b47p-1, 1));
static_assert(close(softplus(-20.5F), 0x1.57a3b00000000p-30F, 1));
static_assert(close(softplus(-20.5), 0x1.57a3afeb357aap-30, 1));
static_assert(close(softplus(5.0F), 0x1.406e060000000p+2F, 1));
static_assert(close(softplus(5.0), 0x1.406e06368916ap+2, 1));
constexpr auto function = [](auto x) { return softplus(x); };
}  // namespace

TEST_CASE("softplus is the same at run time as in a constant expression", "[math][softplus]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("softplus of a vector is that of its elements", "[math][softplus]") { vectors_are_scalar(function); }
