// SPDX-License-Identifier: BSL-1.0
/// \file tanh: special values as constants, the same bits at run time, and known values.
#include <ctnn/math/tanh.hpp>

#include "same_bits.hpp"

namespace {
using namespace math_test;
using ctnn::math::tanh;

template <class T> constexpr bool special_values() {
  return same(tanh(T(0)), T(0)) && same(tanh(-T(0)), -T(0)) && same(tanh(infinity<T>), T(1)) &&
         same(tanh(-infinity<T>), T(-1)) && same(tanh(max<T>), T(1)) && same(tanh(T(-20)), T(-1)) &&
         is_nan(tanh(not_a_number<T>)) && same(tanh(denorm_min<T>), denorm_min<T>) && same(tanh(-min<T>), -min<T>);
}
static_assert(special_values<float>() && special_values<double>());

/// At most `units` in the last place apart.
template <class T> constexpr bool close(T a, T b, int units) {
  auto const distance = bits(a) > bits(b) ? bits(a) - bits(b) : bits(b) - bits(a);
  return distance <= static_cast<unsigned>(units);
}

// Correctly rounded values from 200-bit arithmetic (mpmath).
static_assert(close(tanh(1.0F), 0x1.85efac0000000p-1F, 1));
static_assert(close(tanh(1.0), 0x1.85efab514f394p-1, 1));
static_assert(close(tanh(-0.5F), -0x1.d9353e0000000p-2F, 1));
static_assert(close(tanh(-0.5), -0x1.d9353d7568af3p-2, 1));
static_assert(close(tanh(0.001F), 0x1.0624d80000000p-10F, 1));
static_assert(close(tanh(0.001), 0x1.0624d77516ce2p-10, 1));
static_assert(close(tanh(3.0F), 0x1.fd77d20000000p-1F, 1));
static_assert(close(tanh(3.0), 0x1.fd77d111a0b00p-1, 1));
static_assert(close(tanh(-8.0F), -0x1.fffff80000000p-1F, 1));
static_assert(close(tanh(-8.0), -0x1.fffff872a91f8p-1, 1));
constexpr auto function = [](auto x) { return tanh(x); };
}  // namespace

TEST_CASE("tanh is the same at run time as in a constant expression", "[math][tanh]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("tanh of a vector is that of its elements", "[math][tanh]") { vectors_are_scalar(function); }
