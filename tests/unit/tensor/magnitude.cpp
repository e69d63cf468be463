// SPDX-License-Identifier: BSL-1.0
/// \file The largest magnitude, found at any place among others.
#include <ctnn/tensor/magnitude.hpp>

#include <array>
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

}  // namespace

TEMPLATE_TEST_CASE("the largest magnitude is found at any place", "[magnitude]", float, double) {
  [&]<std::size_t... N>(std::index_sequence<N...>) {
    (is_found_anywhere<TestType, N + 1>(), ...);
  }
  (std::make_index_sequence<40>{});
}

TEST_CASE("the largest magnitude of constants", "[magnitude]") {
  constexpr std::array x{1.5F, -2.F, 0.F};
  STATIC_REQUIRE(ctnn::kernel::largest_magnitude<3>(x.data()) == 2.F);
}
