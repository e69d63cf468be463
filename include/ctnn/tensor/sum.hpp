// SPDX-License-Identifier: BSL-1.0
/// \file The order in which numbers are added up.
///
/// A sum of N terms is kept as four partial sums, s_j = t_j + t_(j+4) + t_(j+8) + ... with j < N, each from the left;
/// the whole is (s_0 + s_2) + (s_1 + s_3), without those that are absent. A number to start with is added in front of
/// t_0. This order is part of the library's promise (docs/arithmetic.md): it depends on N alone. Four lets vectors of
/// 4, 8 and 16 numbers work along a row or down columns, and is few enough for a scalar core's registers.
#pragma once
#include <ctnn/config/target.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// Interleaved partial sums.
inline constexpr std::size_t partial_sums = 4;

/// The partial sums s[0], ..., s[min(N, 4) - 1] put together.
template <std::size_t N, class T> [[nodiscard]] constexpr T combine(T const* s) noexcept {
  if constexpr (N == 1)
    return s[0];
  else if constexpr (N == 2)
    return s[0] + s[1];
  else if constexpr (N == 3)
    return (s[0] + s[2]) + s[1];
  else
    return (s[0] + s[2]) + (s[1] + s[3]);
}

/// term(0) + term(1) + ... + term(N - 1).
template <std::size_t N, class Term> [[nodiscard]] constexpr auto sum(Term term) noexcept {
  static_assert(N > 0);
  using T = std::remove_cvref_t<decltype(term(std::size_t{}))>;
  constexpr std::size_t begun = N < partial_sums ? N : partial_sums;
  T s[partial_sums];
  for (std::size_t i = 0; i < begun; ++i) s[i] = term(i);
  for (std::size_t i = begun; i < N; ++i) s[i % partial_sums] += term(i);
  return combine<N>(s);
}

namespace detail {

/// The indices J, J + 4, J + 8, ... below N.
template <std::size_t N, std::size_t J, class = std::make_index_sequence<(N + 3 - J) / 4>> struct every_fourth;
template <std::size_t N, std::size_t J, std::size_t... K> struct every_fourth<N, J, std::index_sequence<K...>> {
  using type = std::index_sequence<J + 4 * K...>;
};

}  // namespace detail

/// The sum of a[A + i Stride] b[B + i], i < N, written out as one expression, which is what a compiler evaluates
/// fastest. a and b are pointers or, faster still in a constant evaluation, arrays.
template <std::size_t N, std::size_t A, std::size_t Stride, std::size_t B,
          class = typename detail::every_fourth<N, 0>::type, class = typename detail::every_fourth<N, 1>::type,
          class = typename detail::every_fourth<N, 2>::type, class = typename detail::every_fourth<N, 3>::type>
struct products;

template <std::size_t N, std::size_t A, std::size_t Stride, std::size_t B, std::size_t... I, std::size_t... J,
          std::size_t... K, std::size_t... L>
struct products<N, A, Stride, B, std::index_sequence<I...>, std::index_sequence<J...>, std::index_sequence<K...>,
                std::index_sequence<L...>> {
  template <class Left, class Right> [[nodiscard]] static constexpr auto sum(Left const& a, Right const& b) noexcept {
    if constexpr (N == 1)
      return a[A] * b[B];
    else if constexpr (N == 2)
      return a[A] * b[B] + a[A + Stride] * b[B + 1];
    else if constexpr (N == 3)
      return (a[A] * b[B] + a[A + 2 * Stride] * b[B + 2]) + a[A + Stride] * b[B + 1];
    else
      return ((... + (a[A + I * Stride] * b[B + I])) + (... + (a[A + K * Stride] * b[B + K]))) +
             ((... + (a[A + J * Stride] * b[B + J])) + (... + (a[A + L * Stride] * b[B + L])));
  }

  /// The same after a number to start with.
  template <class T, class Left, class Right>
  [[nodiscard]] static constexpr T sum_after(T start, Left const& a, Right const& b) noexcept {
    if constexpr (N == 1)
      return start + a[A] * b[B];
    else if constexpr (N == 2)
      return (start + a[A] * b[B]) + a[A + Stride] * b[B + 1];
    else if constexpr (N == 3)
      return ((start + a[A] * b[B]) + a[A + 2 * Stride] * b[B + 2]) + a[A + Stride] * b[B + 1];
    else
      return ((start + ... + (a[A + I * Stride] * b[B + I])) + (... + (a[A + K * Stride] * b[B + K]))) +
             ((... + (a[A + J * Stride] * b[B + J])) + (... + (a[A + L * Stride] * b[B + L])));
  }
};

namespace detail {

/// s + a[0] b[0] + a[4 Stride] b[4] + ...: Count more terms of one partial sum.
template <std::size_t Stride, class T, std::size_t... K>
[[nodiscard]] constexpr T continued(std::index_sequence<K...>, T s, T const* a, T const* b) noexcept {
  return (s + ... + (a[4 * K * Stride] * b[4 * K]));
}

}  // namespace detail

/// Up to so many products a sum is one expression.
inline constexpr std::size_t longest_written_out = wants_small_code ? 4 : 16;

/// The sum of a[i Stride] b[i], i < N, after a number to start with if there is one.
/// \shape   a[(N-1)*Stride+1], b[N]
template <std::size_t N, std::size_t Stride = 1, class T, class... Start>
[[nodiscard]] constexpr T dot(T const* a, T const* b, Start... start) noexcept {
  static_assert(sizeof...(start) <= 1);
  if constexpr (N <= longest_written_out) {
    if constexpr (sizeof...(start) == 0)
      return products<N, 0, Stride, 0>::sum(a, b);
    else
      return products<N, 0, Stride, 0>::sum_after(start..., a, b);
  } else {
    // Four variables rather than an array, which a compiler may leave in memory.
    T s0 = (start + ... + (a[0] * b[0])), s1 = a[Stride] * b[1], s2 = a[2 * Stride] * b[2], s3 = a[3 * Stride] * b[3];
    std::size_t i = 4;
    if (std::is_constant_evaluated()) {  // where the rounds of a loop cost more than what they do
      constexpr std::make_index_sequence<4> four;
      for (; i + 16 <= N; i += 16) {
        s0 = detail::continued<Stride>(four, s0, a + i * Stride, b + i);
        s1 = detail::continued<Stride>(four, s1, a + (i + 1) * Stride, b + i + 1);
        s2 = detail::continued<Stride>(four, s2, a + (i + 2) * Stride, b + i + 2);
        s3 = detail::continued<Stride>(four, s3, a + (i + 3) * Stride, b + i + 3);
      }
    }
    for (; i + 4 <= N; i += 4) {
      s0 += a[i * Stride] * b[i];
      s1 += a[(i + 1) * Stride] * b[i + 1];
      s2 += a[(i + 2) * Stride] * b[i + 2];
      s3 += a[(i + 3) * Stride] * b[i + 3];
    }
    if constexpr (N % 4 > 0) s0 += a[(N - N % 4) * Stride] * b[N - N % 4];
    if constexpr (N % 4 > 1) s1 += a[(N - N % 4 + 1) * Stride] * b[N - N % 4 + 1];
    if constexpr (N % 4 > 2) s2 += a[(N - 1) * Stride] * b[N - 1];
    return (s0 + s2) + (s1 + s3);
  }
}

}  // namespace ctnn::inline CTNN_ABI::kernel
