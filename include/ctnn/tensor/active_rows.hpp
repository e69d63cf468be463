// SPDX-License-Identifier: BSL-1.0
/// \file The set of the rows of a matrix whose number is not 0. At run time only.
#pragma once
#include <ctnn/math/vector.hpp>
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

#ifdef __SSE2__
/// One bit for each lane that is not 0, the first one's the lowest.
template <class V> [[nodiscard, gnu::always_inline]] inline unsigned lanes_not_zero(V v) noexcept {
#ifdef __AVX512F__
  constexpr int not_equal = 4, as_is = 4;
  if constexpr (sizeof v == 64 && sizeof v[0] == 4)
    return __builtin_ia32_cmpps512_mask(v, V{}, not_equal, 0xffff, as_is);
  if constexpr (sizeof v == 64 && sizeof v[0] == 8) return __builtin_ia32_cmppd512_mask(v, V{}, not_equal, 0xff, as_is);
#endif
  if constexpr (sizeof v <= 32) {
    // Adding makes the sign bit of a magnitude that of "not 0".
    constexpr auto magnitude_bits = ~math::detail::ieee<V>::sign;
    return math::detail::sign_bits(
        math::detail::from_bits<V>((math::detail::to_bits(v) & magnitude_bits) + magnitude_bits));
  }
}
#endif

/// One bit for each number that is not 0, the first one's the lowest.
/// \shape   x[N], N at most 64
template <std::size_t N, class T> [[nodiscard, gnu::always_inline]] inline std::uint64_t not_zero(T const* x) noexcept {
  std::uint64_t set = 0;
  std::size_t i = 0;
#ifdef __SSE2__
  constexpr std::size_t lanes = native_lanes<T>, by_vectors = N / lanes * lanes;
  for (; i < by_vectors; i += lanes) set |= std::uint64_t(lanes_not_zero(load<vector<T, lanes>>(x + i))) << i;
  if constexpr (by_vectors == N) return set;
#endif
  for (; i < N; ++i) set |= std::uint64_t(x[i] != 0) << i;
  return set;
}

}  // namespace detail

/// The rows whose x is not 0.
/// \shape   x[N]
template <std::size_t N> class active_rows {
public:
  template <class T> explicit active_rows(T const* x) noexcept {
    [&]<std::size_t... W>(std::index_sequence<W...>) __attribute__((always_inline)) {
      ((sets_[W] = detail::not_zero<(N - 64 * W < 64 ? N - 64 * W : 64)>(x + 64 * W)), ...);
    }
    (std::make_index_sequence<words>{});
  }

  [[nodiscard]] std::size_t count() const noexcept {
    std::size_t sum = 0;
    for (auto const set : sets_) sum += static_cast<std::size_t>(__builtin_popcountll(set));
    return sum;
  }

  /// f(n) for those rows; only for those that are J modulo partial_sums if a J is given.
  template <std::size_t... J, class F> [[gnu::always_inline]] void for_each(F f) const noexcept {
    for (std::size_t w = 0; w < words; ++w) {
      auto set = sets_[w];
      ((set &= std::uint64_t(0x1111111111111111) << J), ...);
      for (; set != 0; set &= set - 1) f(64 * w + static_cast<std::size_t>(__builtin_ctzll(set)));
    }
  }

private:
  static constexpr std::size_t words = (N + 63) / 64;
  std::uint64_t sets_[words];
};

}  // namespace ctnn::inline CTNN_ABI::kernel
