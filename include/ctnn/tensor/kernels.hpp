// SPDX-License-Identifier: BSL-1.0
/// \file The products of a dense layer, in both directions.
///
/// The order of the additions is part of the library's promise: a sum runs over its index upwards, one addition after
/// the other, each product rounded before it is added. It depends on nothing but the length.
///
/// The kernels take pointers, because in GCC's constant evaluation std::array::operator[] costs three times the time
/// and memory; for what else they do differently there see unroll.hpp.
#pragma once
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline v1::kernel {

namespace detail {

template <std::size_t Stride, class T, std::size_t... I>
[[nodiscard]] constexpr T add_products(std::index_sequence<I...>, T sum, T const* a, T const* b) noexcept {
  return (sum + ... + (a[I * Stride] * b[I]));
}

template <std::size_t In, bool HasBias, class T, std::size_t... O>
constexpr void affine_rows(std::index_sequence<O...>, T const* weights, T const* bias, T const* x, T* y) noexcept {
  if constexpr (HasBias)
    ((y[O] = add_products<1>(std::make_index_sequence<In>{}, bias[O], weights + O * In, x)), ...);
  else
    ((y[O] = add_products<1>(std::make_index_sequence<In>{}, T{}, weights + O * In, x)), ...);
}

template <std::size_t Out, std::size_t In, class T, std::size_t... I>
constexpr void transposed_columns(std::index_sequence<I...>, T const* weights, T const* d, T* y) noexcept {
  ((y[I] = add_products<In>(std::make_index_sequence<Out>{}, T{}, weights + I, d)), ...);
}

/// g[o][i] += d[o] x[i] for all o and i at once.
template <std::size_t In, class T, std::size_t... OI>
constexpr void add_outer_product(std::index_sequence<OI...>, T const* d, T const* x, T* g) noexcept {
  ((g[OI] += d[OI / In] * x[OI % In]), ...);
}

struct add_scaled {
  template <class T, std::size_t... I>
  static constexpr void run(std::index_sequence<I...>, T const& factor, T const* x, T* y) noexcept {
    ((y[I] += factor * x[I]), ...);
  }
};

struct add {
  template <class T, std::size_t... I>
  static constexpr void run(std::index_sequence<I...>, T const* x, T* y) noexcept {
    ((y[I] += x[I]), ...);
  }
};

}  // namespace detail

/// sum + a[0] b[0] + a[Stride] b[1] + ... , from the left.
/// \shape   a[(Length-1)*Stride+1], b[Length]
template <std::size_t Length, std::size_t Stride = 1, class T>
[[nodiscard]] constexpr T add_products(T sum, T const* a, T const* b) noexcept {
  if (std::is_constant_evaluated()) {
    constexpr auto whole = Length / block * block;
    if constexpr (whole != 0)
      for (std::size_t i = 0; i < whole; i += block)
        sum = detail::add_products<Stride>(std::make_index_sequence<block>{}, sum, a + i * Stride, b + i);
    if constexpr (whole != Length)
      sum = detail::add_products<Stride>(std::make_index_sequence<Length - whole>{}, sum, a + whole * Stride,
                                         b + whole);
  } else {
    for (std::size_t i = 0; i < Length; ++i) sum += a[i * Stride] * b[i];
  }
  return sum;
}

/// y = W x + b, each sum starting with the bias; y = W x, each sum starting with 0, if HasBias is false.
/// \shape   weights[Out][In], bias[Out], x[In] -> y[Out]
template <std::size_t Out, std::size_t In, bool HasBias, class T>
constexpr void affine(T const* weights, T const* bias, T const* x, T* y) noexcept {
  if constexpr (Out <= block && In <= block)
    if (std::is_constant_evaluated())
      return detail::affine_rows<In, HasBias>(std::make_index_sequence<Out>{}, weights, bias, x, y);
  for (std::size_t o = 0; o < Out; ++o) y[o] = add_products<In>(HasBias ? bias[o] : T{}, weights + o * In, x);
}

/// y = W^T d, each sum starting with 0.
/// \shape   weights[Out][In], d[Out] -> y[In]
template <std::size_t Out, std::size_t In, class T>
constexpr void transposed_product(T const* weights, T const* d, T* y) noexcept {
  if constexpr (Out <= block && In <= block)
    if (std::is_constant_evaluated())
      return detail::transposed_columns<Out, In>(std::make_index_sequence<In>{}, weights, d, y);
  for (std::size_t i = 0; i < In; ++i) y[i] = add_products<Out, In>(T{}, weights + i, d);
}

/// G += d x^T.
/// \shape   d[Out], x[In] -> g[Out][In]
template <std::size_t Out, std::size_t In, class T>
constexpr void add_outer_product(T const* d, T const* x, T* g) noexcept {
  if constexpr (Out * In <= 4 * block)
    if (std::is_constant_evaluated())
      return detail::add_outer_product<In>(std::make_index_sequence<Out * In>{}, d, x, g);
  for (std::size_t o = 0; o < Out; ++o) for_each_element<In, detail::add_scaled>(d[o], x, g + o * In);
}

/// y += x.
/// \shape   x[N] -> y[N]
template <std::size_t N, class T> constexpr void add(T const* x, T* y) noexcept {
  for_each_element<N, detail::add>(x, y);
}

}  // namespace ctnn::inline v1::kernel
