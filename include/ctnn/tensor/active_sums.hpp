// SPDX-License-Identifier: BSL-1.0
/// \file Sums down the columns of a matrix over those rows only whose x is not 0. At run time only.
///
/// A finite w times 0 is 0, and adding 0 changes nothing but perhaps the sign of a 0. Where a sum begins with a number
/// that is not -0 that cannot happen: a sum is -0 only if both summands are, so the first partial sum never becomes -0,
/// nor does what the others, zeros of either sign or not, are added to.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/tensor/contraction.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

#ifdef __SSE2__
/// One bit for each lane that is not 0, the first one's the lowest.
template <class V> [[nodiscard, gnu::always_inline]] inline unsigned lanes_not_zero(V v) noexcept {
  using F = math::detail::ieee<V>;
  constexpr bool is_float = sizeof(v[0]) == 4;
#ifdef __AVX512F__
  constexpr int not_equal = 4, as_is = 4;
  if constexpr (sizeof(V) == 64 && is_float) return __builtin_ia32_cmpps512_mask(v, V{}, not_equal, 0xffff, as_is);
  if constexpr (sizeof(V) == 64 && !is_float) return __builtin_ia32_cmppd512_mask(v, V{}, not_equal, 0xff, as_is);
#endif
  // Adding makes the sign bit of a magnitude that of "not 0".
  V const signs = __builtin_bit_cast(V, (math::detail::to_bits(v) & ~F::sign) + ~F::sign);
#ifdef __AVX__
  if constexpr (sizeof(V) == 32 && is_float) return static_cast<unsigned>(__builtin_ia32_movmskps256(signs));
  if constexpr (sizeof(V) == 32 && !is_float) return static_cast<unsigned>(__builtin_ia32_movmskpd256(signs));
#endif
  if constexpr (sizeof(V) == 16 && is_float) return static_cast<unsigned>(__builtin_ia32_movmskps(signs));
  if constexpr (sizeof(V) == 16 && !is_float) return static_cast<unsigned>(__builtin_ia32_movmskpd(signs));
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

/// Of numbers written out as one expression, which a compiler evaluates fastest.
template <class T, std::size_t... I>
[[nodiscard]] constexpr bool are_finite(std::index_sequence<I...>, [[maybe_unused]] T const* x) noexcept {
  return (bool(__builtin_isfinite(x[I])) && ...);
}

}  // namespace detail

/// Whether a layer's outputs are the same without its inputs of 0.
/// \shape   weights[Out][In], bias[Out]
template <std::size_t Out, std::size_t In, class T>
[[nodiscard]] constexpr bool zeros_do_not_show(T const* weights, T const* bias) noexcept {
  constexpr std::size_t whole = In / block * block;
  for (std::size_t o = 0; o < Out; ++o, weights += In) {
    if (math::detail::to_bits(bias[o]) == math::detail::ieee<T>::sign) return false;  // -0
    for (std::size_t i = 0; i < whole; i += block)
      if (!detail::are_finite(std::make_index_sequence<block>{}, weights + i)) return false;
    if (!detail::are_finite(std::make_index_sequence<In - whole>{}, weights + whole)) return false;
  }
  return true;
}

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

/// sum_columns, or with InTurn sum_columns_in_turn, over the active rows. Zeros may have another sign than there.
/// \shape   w[N][Stride], x[N] -> out[Vectors]
template <std::size_t N, std::size_t Stride, std::size_t Vectors, bool HasFirst, bool InTurn, arithmetic P = canonical,
          class V, class T>
[[gnu::always_inline]] inline void sum_active_columns(active_rows<N> const& rows, T const* w,
                                                      [[maybe_unused]] T const* first, T const* x, V* out) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  [&]<std::size_t... G>(std::index_sequence<G...>) __attribute__((always_inline)) {
    V s[partial_sums][Vectors];
    auto const sum = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) __attribute__((always_inline)) {
      V t[Vectors]{};
      if constexpr (HasFirst && J == 0) ((t[G] = load<V>(first + G * lanes)), ...);
      // In turn, there are the rows of the partial sums before, and then every fourth.
      constexpr std::size_t before = J * (N / 4) + (J < N % 4 ? J : N % 4);
      T const* const own = InTurn ? w + before * Stride : w;
      rows.template for_each<J>([&](std::size_t n) __attribute__((always_inline)) {
        V const xn = spread<V>(x[n]);
        T const* const row = own + (InTurn ? n / partial_sums : n) * Stride;
        (add_product<P>(t[G], load<V>(row + G * lanes), xn), ...);
      });
      ((s[J][G] = t[G]), ...);
    };
    sum(std::integral_constant<std::size_t, 0>{});
    sum(std::integral_constant<std::size_t, 2>{});
    sum(std::integral_constant<std::size_t, 1>{});
    sum(std::integral_constant<std::size_t, 3>{});
    ((out[G] = (s[0][G] + s[2][G]) + (s[1][G] + s[3][G])), ...);
  }
  (std::make_index_sequence<Vectors>{});
}

}  // namespace ctnn::inline CTNN_ABI::kernel
