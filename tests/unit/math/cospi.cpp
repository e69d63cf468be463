// SPDX-License-Identifier: BSL-1.0
/// \file cospi: exact values, special values as constants, the same bits at run time, and the host's cosine.
#include <ctnn/math/cospi.hpp>

#include "same_bits.hpp"

#include <cmath>

namespace {
using namespace math_test;
using ctnn::math::cospi;

template <class T> constexpr bool special_values() {
  return cospi(T(0)) == 1 && cospi(T(1)) == -1 && cospi(T(-1)) == -1 && cospi(T(0.5)) == 0 && cospi(T(-2.5)) == 0 &&
         cospi(T(7)) == -1 && cospi(max<T>) == 1 && cospi(denorm_min<T>) == 1 && is_nan(cospi(infinity<T>)) &&
         is_nan(cospi(-infinity<T>)) && is_nan(cospi(not_a_number<T>));
}
static_assert(special_values<float>() && special_values<double>());
static_assert(cospi(8388609.0F) == -1 && cospi(16777215.0F) == -1 && cospi(9007199254740991.0) == -1);

constexpr auto function = [](auto x) { return cospi(x); };

/// Within 2 ulp of 1, which is the worst of all places in [0, 2].
template <class T> void host_is_near() {
  double worst = 0;
  for (int i = 0; i <= 20'000; ++i) {
    T volatile const x = T(i) / 10'000;
    auto const exact = static_cast<double>(std::cos(3.14159265358979323846L * static_cast<long double>(x)));
    worst = std::fmax(worst, std::fabs(static_cast<double>(cospi(T(x))) - exact));
  }
  CHECK(worst < 2 * static_cast<double>(std::numeric_limits<T>::epsilon()));
}
}  // namespace

TEST_CASE("cospi is the same at run time as in a constant expression", "[math][cospi]") {
  constant_is_run_time<float>(function);
  constant_is_run_time<double>(function);
}

TEST_CASE("cospi is near the host's cosine", "[math][cospi]") {
  host_is_near<float>();
  host_is_near<double>();
}
