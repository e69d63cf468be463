// SPDX-License-Identifier: BSL-1.0
/// \file Sums down the columns of a matrix: a vector of neighbouring columns has four vectors of partial sums.
#pragma once
#include <ctnn/tensor/contraction.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// The sums of Vectors vectors of neighbouring columns: out[g] = sum_n w[n Stride + g lanes...] x[n], n < N, each after
/// first[g] if HasFirst.
/// \shape   w[N][Stride], x[N] -> out[Vectors]
template <std::size_t N, std::size_t Stride, std::size_t Vectors, bool HasFirst, arithmetic P = canonical, class V,
          class T>
[[gnu::always_inline]] inline void sum_columns(T const* w, [[maybe_unused]] T const* first, T const* x,
                                               V* out) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T), whole = N / 4 * 4;
  constexpr T none = absent<T>;
  [&]<std::size_t... K, std::size_t... G>(std::index_sequence<K...>, std::index_sequence<G...>) {
    V s[sizeof...(K)];  // s[j Vectors + g]
    if constexpr (whole == 0) {
      ((s[K] = (HasFirst && K < Vectors ? load<V>(first + K % Vectors * lanes) : spread<V>(none))), ...);
    } else {
      V const xs[4]{spread<V>(x[0]), spread<V>(x[1]), spread<V>(x[2]), spread<V>(x[3])};
      ((s[K] = load<V>(w + K / Vectors * Stride + K % Vectors * lanes) * xs[K / Vectors]), ...);
      if constexpr (HasFirst) ((s[G] = load<V>(first + G * lanes) + s[G]), ...);
    }
#ifdef __clang__
#pragma clang loop unroll(disable)  // whose loads, moved ahead, would take the sums' registers
#endif
    for (std::size_t n = 4; n < whole; n += 4)
      (add_product<P>(s[K], load<V>(w + (n + K / Vectors) * Stride + K % Vectors * lanes),
                      spread<V>(x[n + K / Vectors])),
       ...);
    if constexpr (N - whole > 0)
      (add_product<P>(s[G], load<V>(w + whole * Stride + G * lanes), spread<V>(x[whole])), ...);
    if constexpr (N - whole > 1)
      (add_product<P>(s[Vectors + G], load<V>(w + (whole + 1) * Stride + G * lanes), spread<V>(x[whole + 1])), ...);
    if constexpr (N - whole > 2)
      (add_product<P>(s[2 * Vectors + G], load<V>(w + (whole + 2) * Stride + G * lanes), spread<V>(x[whole + 2])), ...);
    ((out[G] = (s[G] + s[2 * Vectors + G]) + (s[Vectors + G] + s[3 * Vectors + G])), ...);
  }
  (std::make_index_sequence<4 * Vectors>{}, std::make_index_sequence<Vectors>{});
}

/// The same with rows in the order of their partial sums: 0, 4, 8, ..., 1, 5, 9, ... One sum after the other leaves the
/// registers to more columns.
/// \shape   w[N][Stride] in that order, x[N] -> out[Vectors]
template <std::size_t N, std::size_t Stride, std::size_t Vectors, bool HasFirst, arithmetic P = canonical, class V,
          class T>
[[gnu::always_inline]] inline void sum_columns_in_turn(T const* w, [[maybe_unused]] T const* first, T const* x,
                                                       V* out) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  V kept[partial_sums][Vectors];
  auto const sum = [&]<std::size_t J, std::size_t... G>(std::integral_constant<std::size_t, J>,
                                                        std::index_sequence<G...>) __attribute__((always_inline)) {
    V s[Vectors];
    V const x0 = spread<V>(x[J]);
    ((s[G] = load<V>(w + G * lanes) * x0), ...);
    if constexpr (HasFirst && J == 0) ((s[G] = load<V>(first + G * lanes) + s[G]), ...);
    w += Stride;
    // Written out, GCC would repeat all inputs in registers first, of which there are too few.
#pragma GCC unroll 1
    for (std::size_t n = J + partial_sums; n < N; n += partial_sums, w += Stride) {
      V const xn = spread<V>(x[n]);
      (add_product<P>(s[G], load<V>(w + G * lanes), xn), ...);
    }
    ((kept[J][G] = s[G]), ...);
  };
  constexpr std::make_index_sequence<Vectors> all;
  sum(std::integral_constant<std::size_t, 0>{}, all);
  sum(std::integral_constant<std::size_t, 1>{}, all);
  sum(std::integral_constant<std::size_t, 2>{}, all);
  sum(std::integral_constant<std::size_t, 3>{}, all);
  for (std::size_t g = 0; g < Vectors; ++g) out[g] = (kept[0][g] + kept[2][g]) + (kept[1][g] + kept[3][g]);
}

namespace detail {

/// Elements First, First + 1, ... of v, each Times times.
template <std::size_t First, std::size_t Times, class V, std::size_t... L>
[[nodiscard, gnu::always_inline]] inline V each_repeated(V v, std::index_sequence<L...>) noexcept {
  return V(__builtin_shufflevector(v, v, static_cast<int>(First + L / Times)...));
}
/// The first Count elements of v, then those of `rest`.
template <std::size_t Count, class V, std::size_t... L>
[[nodiscard, gnu::always_inline]] inline V first_of(V v, V rest, std::index_sequence<L...>) noexcept {
  return V(__builtin_shufflevector(v, rest, static_cast<int>(L < Count ? L : sizeof...(L) + L)...));
}

}  // namespace detail

/// sum_columns for one narrow vector of all columns: a wider vector W holds the weights of neighbouring rows, and so of
/// partial sums beside each other. `first` lies in front of w.
/// \shape   w[N][lanes of V], x[N] -> out; N is at least the lanes of W
template <std::size_t N, bool HasFirst, class W, class V, class T>
[[gnu::always_inline]] inline void sum_narrow_columns(T const* w, [[maybe_unused]] T const* first, T const* x,
                                                      V& out) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T), wide = sizeof(W) / sizeof(T), together = wide / lanes;
  constexpr std::size_t vectors = partial_sums / together;  // of sums; the one at k has those from k together on
  constexpr std::make_index_sequence<wide> all;
  V s[partial_sums];
  [&]<std::size_t... K, std::size_t... J>(std::index_sequence<K...>, std::index_sequence<J...>) {
    W sums[vectors];
    for (std::size_t n = 0; n + wide <= N; n += wide) {
      W const xs = load<W>(x + n);
      W const terms[]{W(load<W>(w + n * lanes + K * wide) * detail::each_repeated<K * together, lanes>(xs, all))...};
      for (std::size_t k = 0; k < vectors; ++k) sums[k] = n == 0 ? terms[k] : sums[k] + terms[k];
      if constexpr (HasFirst)
        if (n == 0) sums[0] = detail::first_of<lanes>(load<W>(first), spread<W>(absent<T>), all) + sums[0];
      for (std::size_t k = vectors; k < lanes; ++k) sums[k % vectors] += terms[k];
    }
    ((s[J] = part_of<J % together * lanes, lanes>(sums[J / together])), ...);
  }
  (std::make_index_sequence<lanes>{}, std::make_index_sequence<partial_sums>{});
  for (std::size_t n = N / wide * wide; n < N; ++n) s[n % partial_sums] += load<V>(w + n * lanes) * spread<V>(x[n]);
  out = (s[0] + s[2]) + (s[1] + s[3]);
}

/// How many vectors of columns have room for their sums in registers.
inline constexpr std::size_t columns_at_once = vector_registers == 32 ? 4 : 2;

/// y = W^T d. At run time only.
/// \shape   weights[Out][In], d[Out] -> y[In]; In is at least 4
template <std::size_t Out, std::size_t In, class T>
inline void transposed_by_columns(T const* weights, T const* d, T* y) noexcept {
  constexpr std::size_t lanes = [] {
    auto l = native_lanes<T>;
    while (l > In) l /= 2;
    return l;
  }();
  using V = vector<T, lanes>;
  constexpr std::size_t wide = lanes * columns_at_once, blocks = In / wide * wide;
  for (std::size_t i = 0; i < blocks; i += wide) {
    V sums[columns_at_once];
    sum_columns<Out, In, columns_at_once, false>(weights + i, weights, d, sums);
    for (std::size_t g = 0; g < columns_at_once; ++g) store(sums[g], y + i + g * lanes);
  }
  // What is left, vector by vector; the last may overlap the one before.
  for (std::size_t i = blocks; i < In; i += lanes) {
    auto const at = i + lanes <= In ? i : In - lanes;
    V sum;
    sum_columns<Out, In, 1, false>(weights + at, weights, d, &sum);
    store(sum, y + at);
  }
}

}  // namespace ctnn::inline CTNN_ABI::kernel
