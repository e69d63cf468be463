// SPDX-License-Identifier: BSL-1.0
/// \file Sums down the columns of a matrix over those rows only whose x is not 0. At run time only.
///
/// A finite w times 0 is 0, and adding 0 changes nothing but perhaps the sign of a 0. Where a sum begins with a number
/// that is not -0 that cannot happen: a sum is -0 only if both summands are, so the first partial sum never becomes -0,
/// nor does what the others, zeros of either sign or not, are added to.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/tensor/active_rows.hpp>
#include <ctnn/tensor/contraction.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

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
