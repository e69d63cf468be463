// SPDX-License-Identifier: BSL-1.0
/// \file sqrt: exact squares, special values as constants, and the bits of the host's square root at run time.
#include <ctnn/math/sqrt.hpp>

#include "same_bits.hpp"

#include <cmath>

namespace {
using namespace math_test;
using ctnn::math::sqrt;

template <class T> constexpr bool special_values() {
  return same(sqrt(T(0)), T(0)) && same(sqrt(-T(0)), -T(0)) && same(sqrt(infinity<T>), infinity<T>) &&
         is_nan(sqrt(T(-1))) && is_nan(sqrt(-infinity<T>)) && is_nan(sqrt(-denorm_min<T>)) &&
         is_nan(sqrt(not_a_number<T>));
}
static_assert(special_values<float>() && special_values<double>());

template <class T> constexpr bool roots_of_squares() {
  for (int i = 1; i <= 4096; ++i)
    if (!same(sqrt(T(i) * T(i)), T(i))) return false;
  return true;
}
static_assert(roots_of_squares<float>() && roots_of_squares<double>());

static_assert(sqrt(2.0F) == 0x1.6a09e6p+0F && sqrt(2.0) == 0x1.6a09e667f3bcdp+0);
static_assert(sqrt(max<float>) == 0x1.fffffep+63F && sqrt(max<double>) == 0x1.fffffffffffffp+511);
static_assert(sqrt(denorm_min<float>) == 0x1.6a09e6p-75F && sqrt(denorm_min<double>) == 0x1p-537);

constexpr auto function = [](auto x) { return sqrt(x); };

template <class T> void host_agrees() {
  for (T x : inputs<T>()) {
    T volatile opaque = x;
    if (x >= 0) CHECK(same(sqrt(T(opaque)), std::sqrt(T(opaque))));
  }
}
}  // namespace

TEST_CASE("sqrt is the same at run time as in a constant expression", "[math][sqrt]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("sqrt is correctly rounded", "[math][sqrt]") {
  host_agrees<float>();
  host_agrees<double>();
}

TEST_CASE("sqrt of a vector is that of its elements", "[math][sqrt]") { vectors_are_scalar(function); }
