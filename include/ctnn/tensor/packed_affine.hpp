// SPDX-License-Identifier: BSL-1.0
/// \file The product of a dense layer with weights in the order in which a kernel uses them.
///
/// The outputs are taken in blocks of some vectors. A block has its biases, then for each input its weights. Vectors
/// are filled up with neurons of weight 0, whose outputs nobody reads.
#pragma once
#include <ctnn/tensor/columns.hpp>
#include <ctnn/tensor/scalar_columns.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/thumb.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline v1::kernel {

/// How the outputs of a layer are packed.
struct packing {
  std::size_t lanes;    ///< in a vector
  std::size_t vectors;  ///< in all
  std::size_t block;    ///< vectors in a block; the last block may have fewer

  template <class T> static constexpr packing of(std::size_t outputs) {
    if constexpr (native_lanes<T> == 1) return {1, outputs, 4};
    auto lanes = native_lanes<T>;
    while (lanes > 4 && lanes / 2 >= outputs) lanes /= 2;
    return {lanes, (outputs + lanes - 1) / lanes, columns_at_once};
  }
  [[nodiscard]] constexpr std::size_t padded() const { return lanes * vectors; }
  /// Outputs in the block that begins with an output.
  [[nodiscard]] constexpr std::size_t width(std::size_t first) const {
    auto const left = padded() - first;
    return left < lanes * block ? left : lanes * block;
  }
};

/// \shape   weights[Out][In], bias[Out] (unused if HasBias is false) -> to[padded (In + 1)]
template <std::size_t Out, std::size_t In, bool HasBias, class T>
constexpr void pack(T const* weights, [[maybe_unused]] T const* bias, T* to) noexcept {
  if constexpr (suits_thumb<Out, In, T>) {  // which wants the network's own order
    for (std::size_t i = 0; i < Out * In; ++i) to[i] = weights[i];
    for (std::size_t o = 0; o < Out; ++o) to[Out * In + o] = HasBias ? bias[o] : absent<T>;
    return;
  }
  constexpr packing p = packing::of<T>(Out);
  for (std::size_t first = 0; first < p.padded();) {
    auto const width = p.width(first);
    for (std::size_t k = 0; k < width; ++k) {
      auto const o = first + k;
      if constexpr (HasBias) to[k] = o < Out ? bias[o] : T(0);
      if constexpr (!HasBias) to[k] = T(0);
      for (std::size_t i = 0; i < In; ++i) to[(i + 1) * width + k] = o < Out ? weights[o * In + i] : T(0);
    }
    to += width * (In + 1);
    first += width;
  }
}

namespace detail {

/// One block of outputs, as a constant.
template <std::size_t Width, std::size_t In, bool HasBias, class A, class T>
constexpr void packed_block(T const* w, T const* x, T* y, std::size_t count) noexcept {
  for (std::size_t k = 0; k < count; ++k) {
    if constexpr (HasBias)
      y[k] = A::apply(dot<In, Width>(w + Width + k, x, w[k]));
    else
      y[k] = A::apply(dot<In, Width>(w + Width + k, x));
  }
}

/// One block of outputs, by vectors, which may be single numbers.
template <std::size_t Vectors, std::size_t Lanes, std::size_t In, bool HasBias, class A, class T>
[[gnu::always_inline]] inline void packed_block_by_vectors(T const* w, T const* x, T* y) noexcept {
  using V = vector<T, Lanes>;
  if constexpr (Lanes == 1 && Vectors < 4 && !arrays_stay_in_registers)
    return packed_block<Vectors, In, HasBias, A>(w, x, y, Vectors);
  V sums[Vectors];
  if constexpr (Lanes == 1 && Vectors == 4 && In >= fewest_for_variables)
    sum_four_columns<In, HasBias>(w + 4, w, x, sums);
  else
    sum_columns<In, Vectors * Lanes, Vectors, HasBias>(w + Vectors * Lanes, w, x, sums);
  [&]<std::size_t... G>(std::index_sequence<G...>) {
    if constexpr (requires { A::apply(sums[0]); }) {
      (store(V(A::apply(sums[G])), y + G * Lanes), ...);
    } else {
      (store(sums[G], y + G * Lanes), ...);
      for (std::size_t k = 0; k < Vectors * Lanes; ++k) y[k] = A::apply(y[k]);
    }
  }
  (std::make_index_sequence<Vectors>{});
}

}  // namespace detail

namespace detail {

/// The same where packing keeps the network's order.
template <std::size_t Out, std::size_t In, class A, class T>
constexpr void packed_affine_by_thumb(T const* w, T const* x, T* y) noexcept {
  T const* const bias = w + Out * In;
  if (std::is_constant_evaluated())
    for (std::size_t o = 0; o < Out; ++o) y[o] = A::apply(dot<In>(w + o * In, x, bias[o]));
  else
    affine_by_thumb<Out, In, true, A>(w, bias, x, y);
}

}  // namespace detail

/// y = f(W x + b). y has room for whole vectors, of which those beyond Out get what is of no use.
/// \shape   w as made by pack, x[In] -> y[padded]
template <std::size_t Out, std::size_t In, bool HasBias, class A, class T>
constexpr void packed_affine(T const* w, T const* x, T* y) noexcept {
  if constexpr (suits_thumb<Out, In, T>) return detail::packed_affine_by_thumb<Out, In, A>(w, x, y);
  constexpr packing p = packing::of<T>(Out);
  constexpr std::size_t width = p.lanes * p.block, blocks = p.vectors / p.block, rest = p.vectors % p.block;
  constexpr std::size_t last = blocks * width;
  if (std::is_constant_evaluated()) {
    for (std::size_t b = 0; b < blocks; ++b) {
      auto const left = Out - b * width;
      detail::packed_block<width, In, HasBias, A>(w + b * width * (In + 1), x, y + b * width,
                                                  left < width ? left : width);
    }
    if constexpr (rest != 0)
      detail::packed_block<rest * p.lanes, In, HasBias, A>(w + last * (In + 1), x, y + last, Out - last);
  } else {
    for (std::size_t b = 0; b < blocks; ++b)
      detail::packed_block_by_vectors<p.block, p.lanes, In, HasBias, A>(w + b * width * (In + 1), x, y + b * width);
    if constexpr (rest != 0)
      detail::packed_block_by_vectors<rest, p.lanes, In, HasBias, A>(w + last * (In + 1), x, y + last);
  }
}

}  // namespace ctnn::inline v1::kernel
