// SPDX-License-Identifier: BSL-1.0
/// \file Sums along the rows of a matrix: each row's four partial sums are one vector.
#pragma once
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// The last Count = In % 4 weights of a row, and 0. Their products with what rest_of_inputs() has there are absent.
template <std::size_t Count, class V, class T> [[nodiscard, gnu::always_inline]] inline V rest_of(T const* p) noexcept {
  if constexpr (Count == 1) {
    return V{p[0], 0, 0, 0};
  } else if constexpr (sizeof(T) == 4) {
    std::uint64_t two;
    __builtin_memcpy(&two, p, sizeof two);
    V const v = __builtin_bit_cast(V, vector<std::uint64_t, 2>{two, 0});
    if constexpr (Count == 2)
      return v;
    else
      return V{v[0], v[1], p[2], 0};
  } else {
    return V{p[0], p[1], Count == 2 ? 0 : p[Count - 1], 0};
  }
}

/// The last Count inputs, and -0.
template <std::size_t Count, class V, class T>
[[nodiscard, gnu::always_inline]] inline V rest_of_inputs(T const* x) noexcept {
  constexpr T none = absent<T>;
  return V{x[0], Count < 2 ? none : x[Count - 1 < 1 ? 0 : 1], Count < 3 ? none : x[Count - 1], none};
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
template <std::size_t In, bool HasBias, class A, class T, std::size_t... R>
[[gnu::always_inline]] inline void affine_rows(std::index_sequence<R...>, T const* w, [[maybe_unused]] T const* bias,
                                               T const* x, T* y) noexcept {
  using V = vector<T, 4>;
  constexpr T none = absent<T>;
  constexpr std::size_t whole = In / 4 * 4;
  V s[sizeof...(R)]{(HasBias ? V{bias[R], none, none, none} : V{none, none, none, none})...};
#ifndef __clang__
#pragma GCC unroll 1  // or else it writes down row after row, which is too far ahead for a processor to look
#endif
  for (std::size_t i = 0; i < whole; i += 4) {
    V const xs = load<V>(x + i);
    ((s[R] += load<V>(w + R * In + i) * xs), ...);
  }
  if constexpr (whole != In) {
    V const xs = rest_of_inputs<In - whole, V>(x + whole);
    ((s[R] += rest_of<In - whole, V>(w + R * In + whole) * xs), ...);
  }
  constexpr std::size_t rows = sizeof...(R);
  if constexpr (rows == 1)
    y[0] = A::apply(combine_row(s[0]));
  else if constexpr (rows < 4)
    store_some<rows>(V(A::apply(combine_rows(s[0], s[1], s[rows - 1], s[rows - 1]))), y);
  else
    for (std::size_t r = 0; r < rows; r += 4)
      store(V(A::apply(combine_rows(s[r], s[r + 1], s[r + 2], s[r + 3]))), y + r);
}

/// Two vectors beside each other.
template <class W, class V> [[nodiscard, gnu::always_inline]] inline W side_by_side(V a, V b) noexcept {
  return W(__builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7));
}

/// The sums of eight or sixteen rows, two beside each other in a vector of 8: their products are computed eight at a
/// time, and then sorted into the four that come first in both rows and the four that come next.
template <std::size_t In, bool HasBias, class A, class T> class affine_row_pairs {
  using V = vector<T, 4>;
  using W = vector<T, 8>;
  static constexpr std::size_t whole = In / 8 * 8, fours = In / 4 * 4;
  static constexpr T none = absent<T>;

public:
  /// For all rows the last inputs are laid out once.
  explicit affine_row_pairs(T const* x) noexcept : x_{x} {
    if constexpr (whole != fours) four_ = side_by_side<W>(load<V>(x + whole), load<V>(x + whole));
    if constexpr (fours != In) {
      V const rest = rest_of_inputs<In - fours, V>(x + fours);
      rest_ = side_by_side<W>(rest, rest);
    }
  }

  template <std::size_t Rows> [[gnu::always_inline]] void run(T const* w, T const* bias, T* y) const noexcept {
    run(std::make_index_sequence<Rows / 2>{}, w, bias, y);
  }

private:
  /// The pairs are the rows 0 and 4, 1 and 5, 2 and 6, 3 and 7; 8 and 12, ...
  template <std::size_t Q> static constexpr std::size_t row = Q / 4 * 8 + Q % 4;
  template <std::size_t... Q>
  [[gnu::always_inline]] void run(std::index_sequence<Q...>, T const* w, T const* bias, T* y) const noexcept {
    constexpr std::size_t pairs = sizeof...(Q);
    W s[pairs];
    for (std::size_t q = 0; q < pairs; q += 4) start(bias + (HasBias ? 2 * q : 0), s + q);
    for (std::size_t i = 0; i < whole; i += 8) {
      W const xs = load<W>(x_ + i);
      W const a[]{W(load<W>(w + row<Q> * In + i) * xs)...}, b[]{W(load<W>(w + (row<Q> + 4) * In + i) * xs)...};
      ((s[Q] += W(__builtin_shufflevector(a[Q], b[Q], 0, 1, 2, 3, 8, 9, 10, 11))), ...);
      ((s[Q] += W(__builtin_shufflevector(a[Q], b[Q], 4, 5, 6, 7, 12, 13, 14, 15))), ...);
    }
    if constexpr (whole != fours)
      ((s[Q] += side_by_side<W>(load<V>(w + row<Q> * In + whole), load<V>(w + (row<Q> + 4) * In + whole)) * four_),
       ...);
    if constexpr (fours != In)
      ((s[Q] += side_by_side<W>(rest_of<In - fours, V>(w + row<Q> * In + fours),
                                rest_of<In - fours, V>(w + (row<Q> + 4) * In + fours)) *
                rest_),
       ...);
    for (std::size_t q = 0; q < pairs; q += 4) {
      W const sums = combine(add_halves(s[q], s[q + 1]), add_halves(s[q + 2], s[q + 3]));
      store(W(A::apply(sums)), y + 2 * q);
    }
  }

  /// The biases, each in the place of its row's first partial sum.
  [[gnu::always_inline]] static void start([[maybe_unused]] T const* bias, W* s) noexcept {
    W const nothing{none, none, none, none, none, none, none, none};
    if constexpr (HasBias) {
      W const all = load<W>(bias);
      W const low = W(__builtin_shufflevector(all, nothing, 0, 8, 1, 9, 4, 12, 5, 13)),
              high = W(__builtin_shufflevector(all, nothing, 2, 10, 3, 11, 6, 14, 7, 15));
      s[0] = W(__builtin_shufflevector(low, nothing, 0, 1, 8, 9, 4, 5, 12, 13));
      s[1] = W(__builtin_shufflevector(low, nothing, 2, 3, 8, 9, 6, 7, 12, 13));
      s[2] = W(__builtin_shufflevector(high, nothing, 0, 1, 8, 9, 4, 5, 12, 13));
      s[3] = W(__builtin_shufflevector(high, nothing, 2, 3, 8, 9, 6, 7, 12, 13));
    } else {
      s[0] = s[1] = s[2] = s[3] = nothing;
    }
  }
  /// s_0 + s_2 and s_1 + s_3 of two rows, and of the two beside them.
  [[nodiscard, gnu::always_inline]] static W add_halves(W a, W b) noexcept {
    return W(__builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)) +
           W(__builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15));
  }
  [[nodiscard, gnu::always_inline]] static W combine(W a, W b) noexcept {
    return W(__builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14)) +
           W(__builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15));
  }

  struct no_four {};
  struct no_rest {};
  T const* x_;
  [[no_unique_address]] std::conditional_t<whole != fours, W, no_four> four_;
  [[no_unique_address]] std::conditional_t<fours != In, W, no_rest> rest_;
};

}  // namespace detail

/// No activation: the sums themselves.
struct as_it_is {
  template <class V> static constexpr V apply(V sum) noexcept { return sum; }
};

/// y = f(W x + b), f(W x) if HasBias is false, where the activation f takes vectors. At run time only.
/// \shape   weights[Out][In], bias[Out], x[In] -> y[Out]
template <std::size_t Out, std::size_t In, bool HasBias, class A = as_it_is, class T>
inline void affine_by_rows(T const* weights, T const* bias, T const* x, T* y) noexcept {
  constexpr std::size_t eights = Out / 8 * 8, fours = Out / 4 * 4;
  if constexpr (eights != 0 && native_lanes<T> >= 8) {
    detail::affine_row_pairs<In, HasBias, A, T> const pairs{x};
    constexpr std::size_t sixteens = In >= 16 && In <= 64 ? Out / 16 * 16 : 0;  // longer rows are too many streams
    for (std::size_t o = 0; o < sixteens; o += 16)
      pairs.template run<16>(weights + o * In, bias + (HasBias ? o : 0), y + o);
    for (std::size_t o = sixteens; o < eights; o += 8)
      pairs.template run<8>(weights + o * In, bias + (HasBias ? o : 0), y + o);
  } else {
    for (std::size_t o = 0; o < eights; o += 8)
      detail::affine_rows<In, HasBias, A>(std::make_index_sequence<8>{}, weights + o * In, bias + (HasBias ? o : 0), x,
                                          y + o);
  }
  if constexpr (eights != fours)
    detail::affine_rows<In, HasBias, A>(std::make_index_sequence<4>{}, weights + eights * In,
                                        bias + (HasBias ? eights : 0), x, y + eights);
  if constexpr (fours != Out)
    detail::affine_rows<In, HasBias, A>(std::make_index_sequence<Out - fours>{}, weights + fours * In,
                                        bias + (HasBias ? fours : 0), x, y + fours);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
