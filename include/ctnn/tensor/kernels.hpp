// SPDX-License-Identifier: BSL-1.0
/// \file The products of a dense layer, in both directions.
///
/// The kernels take pointers, because in GCC's constant evaluation std::array::operator[] costs three times the time
/// and memory; for what else they do differently there see sum.hpp and unroll.hpp.
#pragma once
#include <ctnn/tensor/columns.hpp>
#include <ctnn/tensor/rows.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

struct add_scaled {
  template <class T, std::size_t... I>
  static constexpr void run(std::index_sequence<I...>, T const& factor, T const* x, T* y) noexcept {
    ((y[I] += factor * x[I]), ...);
  }
};

struct add {
  template <class T, std::size_t... I> static constexpr void run(std::index_sequence<I...>, T const* x, T* y) noexcept {
    ((y[I] += x[I]), ...);
  }
};

}  // namespace detail

/// y = W x + b, each sum starting with the bias; y = W x if HasBias is false.
/// \shape   weights[Out][In], bias[Out], x[In] -> y[Out]
template <std::size_t Out, std::size_t In, bool HasBias, class T>
constexpr void affine(T const* weights, [[maybe_unused]] T const* bias, T const* x, T* y) noexcept {
  if constexpr (native_lanes<T> >= 4)
    if (!std::is_constant_evaluated()) return affine_by_rows<Out, In, HasBias>(weights, bias, x, y);
  for (std::size_t o = 0; o < Out; ++o) {
    if constexpr (HasBias)
      y[o] = dot<In>(weights + o * In, x, bias[o]);
    else
      y[o] = dot<In>(weights + o * In, x);
  }
}

/// y = W^T d.
/// \shape   weights[Out][In], d[Out] -> y[In]
template <std::size_t Out, std::size_t In, class T>
constexpr void transposed_product(T const* weights, T const* d, T* y) noexcept {
  if constexpr (native_lanes < T >> 1 && In >= 4)
    if (!std::is_constant_evaluated()) return transposed_by_columns<Out, In>(weights, d, y);
  for (std::size_t i = 0; i < In; ++i) y[i] = dot<Out, In>(weights + i, d);
}

/// G += d x^T.
/// \shape   d[Out], x[In] -> g[Out][In]
template <std::size_t Out, std::size_t In, class T>
constexpr void add_outer_product(T const* d, T const* x, T* g) noexcept {
  for (std::size_t o = 0; o < Out; ++o) for_each_element<In, detail::add_scaled>(d[o], x, g + o * In);
}

/// y += x.
/// \shape   x[N] -> y[N]
template <std::size_t N, class T> constexpr void add(T const* x, T* y) noexcept {
  for_each_element<N, detail::add>(x, y);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
