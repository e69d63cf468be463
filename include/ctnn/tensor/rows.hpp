// SPDX-License-Identifier: BSL-1.0
/// \file Sums along the rows of a matrix: each row's four partial sums are one vector.
#pragma once
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// The last In % 4 numbers at p, then `fill`.
template <std::size_t Count, class V, class T>
[[nodiscard, gnu::always_inline]] inline V rest_of(T const* p, T fill) noexcept {
  if constexpr (Count == 1)
    return V{p[0], fill, fill, fill};
  else if constexpr (Count == 2)
    return V{p[0], p[1], fill, fill};
  else
    return V{p[0], p[1], p[2], fill};
}

/// (s_0 + s_2) + (s_1 + s_3) of one row.
template <class V> [[nodiscard, gnu::always_inline]] inline auto combine_row(V s) noexcept {
  return (s[0] + s[2]) + (s[1] + s[3]);
}

/// And of four rows at once.
template <class V> [[nodiscard, gnu::always_inline]] inline V combine_rows(V a, V b, V c, V d) noexcept {
  V const ab = __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
  V const cd = __builtin_shufflevector(c, d, 0, 1, 4, 5) + __builtin_shufflevector(c, d, 2, 3, 6, 7);
  return __builtin_shufflevector(ab, cd, 0, 2, 4, 6) + __builtin_shufflevector(ab, cd, 1, 3, 5, 7);
}

/// The sums of sizeof...(R) rows, up to 4 or a multiple of 4, which share each load of x.
template <std::size_t In, bool HasBias, class T, std::size_t... R>
[[gnu::always_inline]] inline void affine_rows(std::index_sequence<R...>, T const* w, [[maybe_unused]] T const* bias,
                                               T const* x, T* y) noexcept {
  using V = vector<T, 4>;
  constexpr T none = absent<T>;
  constexpr std::size_t whole = In / 4 * 4;
  V s[sizeof...(R)]{(HasBias ? V{bias[R], none, none, none} : V{none, none, none, none})...};
  for (std::size_t i = 0; i < whole; i += 4) {
    V const xs = load<V>(x + i);
    ((s[R] += load<V>(w + R * In + i) * xs), ...);
  }
  if constexpr (whole != In) {
    V const xs = rest_of<In - whole, V>(x + whole, T(0));
    ((s[R] += rest_of<In - whole, V>(w + R * In + whole, none) * xs), ...);
  }
  constexpr std::size_t rows = sizeof...(R);
  if constexpr (rows == 1)
    y[0] = combine_row(s[0]);
  else if constexpr (rows < 4)
    store_some<rows>(combine_rows(s[0], s[1], s[rows - 1], s[rows - 1]), y);
  else
    for (std::size_t r = 0; r < rows; r += 4) store(combine_rows(s[r], s[r + 1], s[r + 2], s[r + 3]), y + r);
}

/// The last In % 4 numbers of two rows, each filled up to four.
template <std::size_t Count, class W, class T>
[[nodiscard, gnu::always_inline]] inline W rest_of_two(T const* a, T const* b, T fill) noexcept {
  using V = vector<T, 4>;
  V const va = rest_of<Count, V>(a, fill), vb = rest_of<Count, V>(b, fill);
  return W(__builtin_shufflevector(va, vb, 0, 1, 2, 3, 4, 5, 6, 7));
}

/// The sums of eight rows, two beside each other in a vector of 8: their products are computed eight at a time, and
/// then sorted into the four that come first in both rows and the four that come next.
template <std::size_t In, bool HasBias, class T>
[[gnu::always_inline]] inline void affine_row_pairs(T const* w, [[maybe_unused]] T const* bias, T const* x,
                                                    T* y) noexcept {
  using V = vector<T, 4>;
  using W = vector<T, 8>;
  constexpr T none = absent<T>;
  constexpr std::size_t whole = In / 8 * 8, fours = In / 4 * 4;
  [&]<std::size_t... Q>(std::index_sequence<Q...>) {
    W s[4]{(HasBias ? W{bias[Q], none, none, none, bias[Q + 4], none, none, none}
                    : W{none, none, none, none, none, none, none, none})...};
    for (std::size_t i = 0; i < whole; i += 8) {
      W const xs = load<W>(x + i);
      W const a[]{W(load<W>(w + Q * In + i) * xs)...}, b[]{W(load<W>(w + (Q + 4) * In + i) * xs)...};
      ((s[Q] += W(__builtin_shufflevector(a[Q], b[Q], 0, 1, 2, 3, 8, 9, 10, 11))), ...);
      ((s[Q] += W(__builtin_shufflevector(a[Q], b[Q], 4, 5, 6, 7, 12, 13, 14, 15))), ...);
    }
    if constexpr (whole != fours) {
      V const x4 = load<V>(x + whole);
      W const xs = W(__builtin_shufflevector(x4, x4, 0, 1, 2, 3, 4, 5, 6, 7));
      ((s[Q] += W(__builtin_shufflevector(load<V>(w + Q * In + whole), load<V>(w + (Q + 4) * In + whole), 0, 1, 2, 3, 4,
                                          5, 6, 7)) *
                xs),
       ...);
    }
    if constexpr (fours != In) {
      W const xs = rest_of_two<In - fours, W>(x + fours, x + fours, T(0));
      ((s[Q] += rest_of_two<In - fours, W>(w + Q * In + fours, w + (Q + 4) * In + fours, none) * xs), ...);
    }
    auto const add_halves = [](W a, W b) __attribute__((always_inline)) {
      return W(__builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)) +
             W(__builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15));
    };
    W const c = add_halves(s[0], s[1]), d = add_halves(s[2], s[3]);
    store(W(__builtin_shufflevector(c, d, 0, 2, 8, 10, 4, 6, 12, 14)) +
              W(__builtin_shufflevector(c, d, 1, 3, 9, 11, 5, 7, 13, 15)),
          y);
  }
  (std::make_index_sequence<4>{});
}

}  // namespace detail

/// y = W x + b; y = W x if HasBias is false. At run time only.
/// \shape   weights[Out][In], bias[Out], x[In] -> y[Out]
template <std::size_t Out, std::size_t In, bool HasBias, class T>
inline void affine_by_rows(T const* weights, T const* bias, T const* x, T* y) noexcept {
  constexpr std::size_t eights = Out / 8 * 8, fours = Out / 4 * 4;
  for (std::size_t o = 0; o < eights; o += 8)
    if constexpr (native_lanes<T> >= 8)
      detail::affine_row_pairs<In, HasBias>(weights + o * In, bias + (HasBias ? o : 0), x, y + o);
    else
      detail::affine_rows<In, HasBias>(std::make_index_sequence<8>{}, weights + o * In, bias + (HasBias ? o : 0), x,
                                       y + o);
  if constexpr (eights != fours)
    detail::affine_rows<In, HasBias>(std::make_index_sequence<4>{}, weights + eights * In,
                                     bias + (HasBias ? eights : 0), x, y + eights);
  if constexpr (fours != Out)
    detail::affine_rows<In, HasBias>(std::make_index_sequence<Out - fours>{}, weights + fours * In,
                                     bias + (HasBias ? fours : 0), x, y + fours);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
