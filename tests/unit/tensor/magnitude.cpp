// SPDX-License-Identifier: BSL-1.0
/// \file The largest magnitude, found at any place among others.
#include <ctnn/tensor/magnitude.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <support/exact.hpp>
#include <utility>

namespace {

template <class T, std::size_t N> void is_found_anywhere() {
  for (std::size_t at = 0; at < N; ++at) {
    std::array<T, N> x{};
    for (std::size_t i = 0; i < N; ++i) x[i] = static_cast<T>(i) / static_cast<T>(N);
    x[at] = T(-7);
    INFO(N << " numbers, at " << at);
    CHECK(ctnn::kernel::largest_magnitude<N>(ctnn_test::opaque(x).data()) == T(7));
    x[at] = -std::numeric_limits<T>::infinity();
    CHECK(ctnn::kernel::largest_magnitude<N>(ctnn_test::opaque(x).data()) == std::numeric_limits<T>::infinity());
    x[N - 1 - at] = std::numeric_limits<T>::quiet_NaN();
    T const found = ctnn::kernel::largest_magnitude<N>(ctnn_test::opaque(x).data());
    CHECK(found != found);
  }
}

/// Of a group of 16 samples, some of which are used; those that are not would be the largest.
template <class T, std::size_t N> void bounds_what_is_used(std::size_t samples) {
  constexpr std::size_t size = 16;
  double const excess = sizeof(T) == 4 ? 1. / 128 : 1. / 16;
  for (std::size_t at = 0; at < N * samples; ++at) {
    std::array<T, N * size> x{};
    x.fill(T(1e6));
    for (std::size_t n = 0; n < N; ++n)
      for (std::size_t s = 0; s < samples; ++s) x[n * size + s] = -static_cast<T>(s) / T(3 * size);
    auto& one = x[at / samples * size + at % samples];
    auto const bound = [&] {
      return static_cast<double>(ctnn::kernel::bound_of_group<N, size>(ctnn_test::opaque(x).data(), samples));
    };
    INFO(N << " neurons, " << samples << " samples, at " << at);
    for (double largest : {.7, -7.3, 3e30, -1e-3 / 3 - 5.}) {
      one = static_cast<T>(largest);
      CHECK(bound() >= std::fabs(largest) * (1 - 1e-7));
      CHECK(bound() <= std::fabs(largest) * (1 + excess));
    }
    for (T large : {std::numeric_limits<T>::infinity(), -std::numeric_limits<T>::infinity(),
                    std::numeric_limits<T>::quiet_NaN()}) {
      one = large;
      CHECK(std::isnan(bound()));
    }
  }
}

}  // namespace

TEST_CASE("the magnitudes of a group are bounded", "[magnitude]") {
  if constexpr (ctnn::kernel::native_lanes<float> >= 2) {
    constexpr auto lanes = ctnn::kernel::native_lanes<float>;
    for (std::size_t samples = lanes; samples <= 16; samples += lanes) {
      bounds_what_is_used<float, 1>(samples);
      bounds_what_is_used<float, 3>(samples);
      bounds_what_is_used<double, 3>(samples);
    }
  }
}

TEMPLATE_TEST_CASE("the largest magnitude is found at any place", "[magnitude]", float, double) {
  [&]<std::size_t... N>(std::index_sequence<N...>) { (is_found_anywhere<TestType, N + 1>(), ...); }
  (std::make_index_sequence<40>{});
}

TEST_CASE("the largest magnitude of constants", "[magnitude]") {
  constexpr std::array x{1.5F, -2.F, 0.F};
  STATIC_REQUIRE(ctnn::kernel::largest_magnitude<3>(x.data()) == 2.F);
}
