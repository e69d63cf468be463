// SPDX-License-Identifier: BSL-1.0
/// \file The rows of a matrix whose neuron has an error: the others need not be looked at.
///
/// Half of the neurons of a layer of rectified linear units, or more, are off for a sample, and their error is 0. In
/// carrying the errors back they add 0, and their weights stay as they are. That is not quite so where zeros have
/// signs: -0 + (+0) is +0, and so is -0 - (-0). So it is done only if no parameter is -0. Then none becomes -0 by being
/// moved, since a difference is -0 only if the minuend is; and what signs the zeros among the errors have does not show
/// in any parameter. At run time only.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/tensor/plain_descent.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// Whether any number is -0.
/// \shape   x[N]
template <std::size_t N, class T> [[nodiscard]] inline bool has_negative_zero(T const* x) noexcept {
  using bits = math::detail::bits_of<T>;
  constexpr bits negative_zero = math::detail::ieee<T>::sign;
  bits any = 0;
  for (std::size_t i = 0; i < N; ++i) {
    bits b;
    __builtin_memcpy(&b, x + i, sizeof b);
    any |= b == negative_zero ? bits(1) : bits(0);
  }
  return any != 0;
}

namespace detail {

/// One bit for each number that is not 0, the first one's the lowest.
/// \shape   x[N], N at most 64
template <std::size_t N, class T> [[nodiscard, gnu::always_inline]] inline std::uint64_t not_zero(T const* x) noexcept {
  std::uint64_t set = 0;
  std::size_t i = 0;
#ifdef __SSE2__
  if constexpr (std::is_same_v<T, float>) {
    constexpr std::size_t lanes = native_lanes < T >> 4 ? 8 : 4;
    using V = vector<T, lanes>;
    using B = vector<math::detail::bits_of<T>, lanes>;
    constexpr std::size_t by_vectors = N / lanes * lanes;
    for (; i < by_vectors; i += lanes) {
      // Adding makes the sign bit of a magnitude that of "not 0".
      V const signs = __builtin_bit_cast(V, B((load<B>(x + i) & 0x7fffffffU) + 0x7fffffffU));
#ifdef __AVX__
      auto const here = static_cast<unsigned>(__builtin_ia32_movmskps256(signs));
#else
      auto const here = static_cast<unsigned>(__builtin_ia32_movmskps(signs));
#endif
      set |= std::uint64_t(here) << i;
    }
    if constexpr (by_vectors == N) return set;
  }
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
    [&]<std::size_t... W>(std::index_sequence<W...>) {
      ((sets_[W] = detail::not_zero<(N - 64 * W < 64 ? N - 64 * W : 64)>(x + 64 * W)), ...);
    }
    (std::make_index_sequence<words>{});
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

namespace detail {

/// The sums of Vectors vectors of neighbouring columns, over the active rows.
template <std::size_t N, std::size_t Stride, std::size_t Vectors, class V, class T>
[[gnu::always_inline]] inline void sum_active_columns(active_rows<N> const& rows, T const* w, T const* x,
                                                      T* out) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  [&]<std::size_t... G>(std::index_sequence<G...>) {
    V s[partial_sums][Vectors];
    auto const sum = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) __attribute__((always_inline)) {
      V t[Vectors]{};
      rows.template for_each<J>([&](std::size_t n) __attribute__((always_inline)) {
        V const xn = spread<V>(x[n]);
        ((t[G] += load<V>(w + n * Stride + G * lanes) * xn), ...);
      });
      ((s[J][G] = t[G]), ...);
    };
    sum(std::integral_constant<std::size_t, 0>{});
    sum(std::integral_constant<std::size_t, 2>{});
    sum(std::integral_constant<std::size_t, 1>{});
    sum(std::integral_constant<std::size_t, 3>{});
    (store(V((s[0][G] + s[2][G]) + (s[1][G] + s[3][G])), out + G * lanes), ...);
  }
  (std::make_index_sequence<Vectors>{});
}

}  // namespace detail

/// y = W^T d.
/// \shape   weights[Out][In], d[Out] -> y[In]; In is at least 4
template <std::size_t Out, std::size_t In, class T>
[[gnu::noinline]] inline void transposed_by_active_rows(T const* weights, T const* d, T* y) noexcept {
  constexpr std::size_t lanes = lanes_within<T, In>;
  constexpr std::size_t at_once = vector_registers == 32 ? 8 : 4;
  using V = vector<T, lanes>;
  active_rows<Out> const rows{d};
  constexpr std::size_t vectors = In / lanes, blocks = vectors / at_once, rest = vectors % at_once;
  for (std::size_t b = 0; b < blocks; ++b)
    detail::sum_active_columns<Out, In, at_once, V>(rows, weights + b * at_once * lanes, d, y + b * at_once * lanes);
  if constexpr (rest != 0)
    detail::sum_active_columns<Out, In, rest, V>(rows, weights + blocks * at_once * lanes, d,
                                                 y + blocks * at_once * lanes);
  if constexpr (In % lanes != 0)
    detail::sum_active_columns<Out, In, 1, V>(rows, weights + In - lanes, d, y + In - lanes);
}

/// W moved against the gradient d x^T by plain gradient descent: W -= rate (d x^T).
/// \shape   d[Out], x[In], weights[Out][In]; In is at least 4
template <std::size_t Out, std::size_t In, class T>
[[gnu::noinline]] inline void descend_active_rows(T rate, T const* d, T const* x, T* weights) noexcept {
  plain_row_descent<In, T> const descend{rate, x};
  active_rows<Out>{d}.for_each([&](std::size_t o) __attribute__((always_inline)) { descend(d[o], weights + o * In); });
}

}  // namespace ctnn::inline CTNN_ABI::kernel
