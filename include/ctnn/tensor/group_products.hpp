// SPDX-License-Identifier: BSL-1.0
/// \file The products of a dense layer for a group of samples, which share each load of a weight. At run time only.
///
/// The numbers of a group lie neuron by neuron: that of sample s and neuron n is x[n Size + s]. So a vector has the
/// same neuron of several samples, and every lane adds in the order of sum.hpp by itself.
#pragma once
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// Of so many outputs and vectors of samples a partial sum is kept in registers.
inline constexpr std::size_t group_outputs = vector_registers >= 32 ? 16 : 4,
                             group_vectors = vector_registers >= 32 ? 1 : 2;

/// The partial sum number J of neighbouring outputs for Vectors vectors of samples. Weight n of output o is
/// w[o Next + n Step].
template <std::size_t N, std::size_t J, std::size_t Vectors, std::size_t Next, std::size_t Step, std::size_t Size,
          bool HasBias, class V, class T, std::size_t... K>
[[gnu::always_inline]] inline void partial_sum(std::index_sequence<K...>, T const* w, [[maybe_unused]] T const* bias,
                                               T const* x, V* s) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  if constexpr (HasBias && J == 0)
    ((s[K] = spread<V>(bias[K / Vectors])), ...);
  else
    ((s[K] = V{} + absent<T>), ...);
    // Written out, GCC would load all weights first, and have no registers for them.
#pragma GCC unroll 1
  for (std::size_t n = J; n < N; n += partial_sums) {
    V xs[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) xs[v] = load<V>(x + n * Size + v * lanes);
    ((s[K] += spread<V>(w[K / Vectors * Next + n * Step]) * xs[K % Vectors]), ...);
  }
}

/// s_J + s_(J+2), of which the second may be absent.
template <std::size_t N, std::size_t J, std::size_t Vectors, std::size_t Next, std::size_t Step, std::size_t Size,
          bool HasBias, class V, class T, std::size_t... K>
[[gnu::always_inline]] inline void pair_of_sums(std::index_sequence<K...> all, T const* w, T const* bias, T const* x,
                                                V* s) noexcept {
  partial_sum<N, J, Vectors, Next, Step, Size, HasBias>(all, w, bias, x, s);
  if constexpr (N > J + 2) {
    V more[sizeof...(K)];
    partial_sum<N, J + 2, Vectors, Next, Step, Size, HasBias>(all, w, bias, x, more);
    ((s[K] += more[K]), ...);
  }
}

/// The sums of neighbouring outputs.
template <std::size_t N, std::size_t Vectors, std::size_t Next, std::size_t Step, std::size_t Size, bool HasBias,
          class V, class T, std::size_t... K>
[[gnu::always_inline]] inline void sums_of_outputs(std::index_sequence<K...> all, T const* w, T const* bias, T const* x,
                                                   T* y) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  V s[sizeof...(K)];
  pair_of_sums<N, 0, Vectors, Next, Step, Size, HasBias>(all, w, bias, x, s);
  if constexpr (N > 1) {
    V odd[sizeof...(K)];
    pair_of_sums<N, 1, Vectors, Next, Step, Size, HasBias>(all, w, bias, x, odd);
    ((s[K] += odd[K]), ...);
  }
  (store(s[K], y + K / Vectors * Size + K % Vectors * lanes), ...);
}

/// The sums of all outputs for Vectors vectors of samples.
template <std::size_t N, std::size_t Outputs, std::size_t Vectors, std::size_t Next, std::size_t Step, std::size_t Size,
          bool HasBias, class T>
[[gnu::always_inline]] inline void sums_of_vectors(T const* w, T const* bias, T const* x, T* y) noexcept {
  using V = vector<T, native_lanes<T>>;
  constexpr std::size_t whole = Outputs / group_outputs * group_outputs;
  for (std::size_t o = 0; o < whole; o += group_outputs)
    sums_of_outputs<N, Vectors, Next, Step, Size, HasBias, V>(std::make_index_sequence<group_outputs * Vectors>{},
                                                              w + o * Next, bias + (HasBias ? o : 0), x, y + o * Size);
  if constexpr (whole != Outputs)
    sums_of_outputs<N, Vectors, Next, Step, Size, HasBias, V>(std::make_index_sequence<(Outputs - whole) * Vectors>{},
                                                              w + whole * Next, bias + (HasBias ? whole : 0), x,
                                                              y + whole * Size);
}

/// y[o] = the sum of w[o Next + n Step] x[n], n < N, after bias[o] if there is one, for Outputs outputs and all samples
/// of some vectors.
template <std::size_t N, std::size_t Outputs, std::size_t Next, std::size_t Step, std::size_t Size, bool HasBias,
          class T>
inline void group_product(T const* w, T const* bias, T const* x, T* y, std::size_t vectors) noexcept {
  constexpr std::size_t lanes = native_lanes<T>;
  std::size_t v = 0;
  if constexpr (Size >= group_vectors * lanes)
    for (; v + group_vectors <= vectors; v += group_vectors)
      sums_of_vectors<N, Outputs, group_vectors, Next, Step, Size, HasBias>(w, bias, x + v * lanes, y + v * lanes);
  if constexpr (group_vectors > 1)
    for (; v < vectors; ++v)
      sums_of_vectors<N, Outputs, 1, Next, Step, Size, HasBias>(w, bias, x + v * lanes, y + v * lanes);
}

}  // namespace detail

/// y = W x + b for each sample, or W x if HasBias is false.
/// \shape   weights[Out][In], bias[Out], x[In][Size] -> y[Out][Size], of which the first vectors' worth of samples
template <std::size_t Out, std::size_t In, std::size_t Size, bool HasBias, class T>
inline void group_affine(T const* weights, T const* bias, T const* x, T* y, std::size_t vectors) noexcept {
  detail::group_product<In, Out, In, 1, Size, HasBias>(weights, bias, x, y, vectors);
}

/// y = W^T d for each sample.
/// \shape   weights[Out][In], d[Out][Size] -> y[In][Size], of which the first vectors' worth of samples
template <std::size_t Out, std::size_t In, std::size_t Size, class T>
inline void group_transposed(T const* weights, T const* d, T* y, std::size_t vectors) noexcept {
  detail::group_product<Out, In, 1, In, Size, false>(weights, weights, d, y, vectors);
}

}  // namespace ctnn::inline CTNN_ABI::kernel
