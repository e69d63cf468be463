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
#include <ctnn/tensor/active_sums.hpp>
#include <ctnn/tensor/plain_descent.hpp>
#include <ctnn/tensor/simd.hpp>

#include <cstddef>

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

/// The sums of Vectors vectors of neighbouring columns, over the active rows.
template <std::size_t N, std::size_t Stride, std::size_t Vectors, class V, class T>
[[gnu::always_inline]] inline void store_active_sums(active_rows<N> const& rows, T const* w, T const* x,
                                                     T* out) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  V sums[Vectors];
  sum_active_columns<N, Stride, Vectors, false, false>(rows, w, w, x, sums);
  for (std::size_t g = 0; g < Vectors; ++g) store(sums[g], out + g * lanes);
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
    detail::store_active_sums<Out, In, at_once, V>(rows, weights + b * at_once * lanes, d, y + b * at_once * lanes);
  if constexpr (rest != 0)
    detail::store_active_sums<Out, In, rest, V>(rows, weights + blocks * at_once * lanes, d,
                                                y + blocks * at_once * lanes);
  if constexpr (In % lanes != 0)
    detail::store_active_sums<Out, In, 1, V>(rows, weights + In - lanes, d, y + In - lanes);
}

/// W moved against the gradient d x^T by plain gradient descent: W -= rate (d x^T).
/// \shape   d[Out], x[In], weights[Out][In]; In is at least 4
template <std::size_t Out, std::size_t In, class T>
[[gnu::noinline]] inline void descend_active_rows(T rate, T const* d, T const* x, T* weights) noexcept {
  plain_row_descent<In, T> const descend{rate, x};
  active_rows<Out>{d}.for_each([&](std::size_t o) __attribute__((always_inline)) { descend(d[o], weights + o * In); });
}

}  // namespace ctnn::inline CTNN_ABI::kernel
