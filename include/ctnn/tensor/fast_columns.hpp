// SPDX-License-Identifier: BSL-1.0
/// \file Sums down the columns of a matrix by fused multiply-adds in the order that suits the target, for the
/// arithmetic `fast`. At run time only.
#pragma once
#include <ctnn/math/multiply_add.hpp>
#include <ctnn/tensor/columns.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// From so many sums on, with a weight and an input each, registers would have to be saved.
inline constexpr std::size_t most_sums = 12;

/// out[g] = first[g] + sum_n w[Columns n + g] x[n], n < N, one term after the other, on a core without vectors: columns
/// are chains of additions enough.
/// \shape   w[N][Columns], first[Columns], x[N] -> out[Columns]
template <std::size_t N, bool HasFirst, class T, std::size_t... G>
[[gnu::always_inline]] inline void sum_columns_in_order(std::index_sequence<G...>, T const* w,
                                                        [[maybe_unused]] T const* first, T const* x, T* out) noexcept {
  constexpr std::size_t columns = sizeof...(G), together = 4, whole = N / together * together;
  T s[columns];
  if constexpr (HasFirst)
    ((s[G] = first[G]), ...);
  else
    ((s[G] = T(0)), ...);
  auto const add = [&](T xn, T const* wn) __attribute__((always_inline)) {
    ((s[G] = math::multiply_add(wn[G], xn, s[G])), ...);
  };
  for (std::size_t n = 0; n < whole; n += together, w += together * columns, x += together) {
    add(x[0], w);
    add(x[1], w + columns);
    add(x[2], w + 2 * columns);
    add(x[3], w + 3 * columns);
  }
  for (std::size_t n = 0; n < N % together; ++n) add(x[n], w + n * columns);
  ((out[G] = s[G]), ...);
}

namespace detail {

/// The sum of a vector's parts of so many lanes.
template <std::size_t Lanes, class W> [[nodiscard, gnu::always_inline]] inline auto sum_of_parts(W v) noexcept {
  constexpr std::size_t wide = sizeof(W) / sizeof(v[0]);
  if constexpr (wide == Lanes)
    return v;
  else
    return sum_of_parts<Lanes>(part_of<0, wide / 2>(v) + part_of<wide / 2, wide / 2>(v));
}

}  // namespace detail

/// sum_columns for one narrow vector of all columns, in wider vectors W of neighbouring rows.
/// \shape   w[N][lanes of V], first[lanes of V], x[N] -> out; N is at least the lanes of W
template <std::size_t N, bool HasFirst, class W, class V, class T>
[[gnu::always_inline]] inline void sum_narrow_columns_fast(T const* w, [[maybe_unused]] T const* first, T const* x,
                                                           V& out) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T), wide = sizeof(W) / sizeof(T), together = wide / lanes;
  constexpr std::make_index_sequence<wide> all;
  V sum{};
  if constexpr (HasFirst) sum = load<V>(first);
  [&]<std::size_t... K>(std::index_sequence<K...>) {
    W sums[lanes]{};  // one for each k: an addition takes longer than a load
    for (std::size_t n = 0; n + wide <= N; n += wide) {
      W const xs = load<W>(x + n);
      (add_product<fast>(sums[K], load<W>(w + n * lanes + K * wide),
                         detail::each_repeated<K * together, lanes>(xs, all)),
       ...);
    }
    sum += detail::sum_of_parts<lanes>(W((sums[K] + ...)));
  }
  (std::make_index_sequence<lanes>{});
  for (std::size_t n = N / wide * wide; n < N; ++n) add_product<fast>(sum, load<V>(w + n * lanes), spread<V>(x[n]));
  out = sum;
}

}  // namespace ctnn::inline CTNN_ABI::kernel
