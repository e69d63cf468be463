// SPDX-License-Identifier: BSL-1.0
/// \file The products of a dense layer for a group of samples, which share each load of a weight. At run time only.
///
/// The numbers of a group lie neuron by neuron: that of sample s and neuron n is x[n Size + s]. So a vector has the
/// same neuron of several samples, and every lane adds in the order of sum.hpp by itself.
#pragma once
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

namespace detail {

/// So many partial sums are kept in registers, of so many vectors of samples: more where a weight in all lanes, which
/// they share, takes two instructions and not only a load.
inline constexpr std::size_t group_sums = vector_registers >= 32 ? 16 : 8;
inline constexpr std::size_t group_vectors = vector_registers >= 32 ? 1 : vector_bytes > 16 ? 2 : 4;

/// The sums of neighbouring outputs for Vectors vectors of samples. Weight n of output o is w[o Next + n Step].
template <std::size_t N, std::size_t Vectors, std::size_t Next, std::size_t Step, std::size_t Size, bool HasBias,
          class V, class T, std::size_t... K>
[[gnu::always_inline]] inline void sums_of_outputs(std::index_sequence<K...>, T const* w,
                                                   [[maybe_unused]] T const* bias, T const* x, T* y) noexcept {
  constexpr std::size_t lanes = sizeof(V) / sizeof(T);
  // Partial sums wait in memory, so that the registers are those of the one at hand: a loop for each of them, written
  // out, has compilers keep one in registers and the next in memory.
  V partial[sizeof...(K)][partial_sums];
#pragma GCC unroll 1
  for (std::size_t j = 0; j < partial_sums; ++j) {
    T const *x_n = x + j * Size, *w_n = w + j * Step;
    V s[]{spread<V>((static_cast<void>(K), absent<T>))...};
    if constexpr (HasBias)
      if (j == 0) ((s[K] = spread<V>(bias[K / Vectors])), ...);
#pragma GCC unroll unrolled
    for (std::size_t left = (N - j + partial_sums - 1) / partial_sums; left != 0; --left) {
      V xs[Vectors];
      for (std::size_t v = 0; v < Vectors; ++v) xs[v] = load<V>(x_n + v * lanes);
      ((s[K] += xs[K % Vectors] * spread<V>(w_n[K / Vectors * Next])), ...);
      x_n += partial_sums * Size;
      w_n += partial_sums * Step;
    }
    ((partial[K][j] = s[K]), ...);
  }
  (store(combine<N>(partial[K]), y + K / Vectors * Size + K % Vectors * lanes), ...);
}

/// The sums of all outputs for Vectors vectors of samples.
template <std::size_t N, std::size_t Outputs, std::size_t Vectors, std::size_t Next, std::size_t Step, std::size_t Size,
          bool HasBias, class T>
[[gnu::always_inline]] inline void sums_of_vectors(T const* w, T const* bias, T const* x, T* y) noexcept {
  using V = vector<T, native_lanes<T>>;
  constexpr std::size_t outputs = group_sums / Vectors, whole = Outputs / outputs * outputs;
  for (std::size_t o = 0; o < whole; o += outputs)
    sums_of_outputs<N, Vectors, Next, Step, Size, HasBias, V>(std::make_index_sequence<group_sums>{}, w + o * Next,
                                                              bias + (HasBias ? o : 0), x, y + o * Size);
  if constexpr (whole != Outputs)
    sums_of_outputs<N, Vectors, Next, Step, Size, HasBias, V>(std::make_index_sequence<(Outputs - whole) * Vectors>{},
                                                              w + whole * Next, bias + (HasBias ? whole : 0), x,
                                                              y + whole * Size);
}

/// Up to so many terms are added without a loop, all partial sums of an output at once.
inline constexpr std::size_t few_terms = 16;

/// The sums of all outputs for Vectors vectors of samples, of few terms, which are numbered I.
template <std::size_t Outputs, std::size_t Vectors, std::size_t Next, std::size_t Step, std::size_t Size, bool HasBias,
          class T, std::size_t... I>
[[gnu::always_inline]] inline void short_sums(std::index_sequence<I...>, T const* w, [[maybe_unused]] T const* bias,
                                              T const* x, T* y) noexcept {
  using V = vector<T, native_lanes<T>>;
  V xs[Vectors][sizeof...(I)];
  for (std::size_t v = 0; v < Vectors; ++v) ((xs[v][I] = load<V>(x + I * Size + v * native_lanes<T>)), ...);
#pragma GCC unroll 1
  for (std::size_t o = 0; o < Outputs; ++o) {
    V s[Vectors][partial_sums];
    if constexpr (HasBias)
      for (auto& of_vector : s) of_vector[0] = spread<V>(bias[o]);
    auto const add = [&](std::size_t n, V weight) {
      for (std::size_t v = 0; v < Vectors; ++v) {
        V const t = xs[v][n] * weight;
        V& sum = s[v][n % partial_sums];
        sum = n == 0 ? (HasBias ? sum + t : t) : n < partial_sums ? t : sum + t;
      }
    };
    (add(I, spread<V>(w[o * Next + I * Step])), ...);
    for (std::size_t v = 0; v < Vectors; ++v) store(combine<sizeof...(I)>(s[v]), y + o * Size + v * native_lanes<T>);
  }
}

/// y[o] = the sum of w[o Next + n Step] x[n], n < N, after bias[o] if there is one, for Outputs outputs and all samples
/// of some vectors.
template <std::size_t N, std::size_t Outputs, std::size_t Next, std::size_t Step, std::size_t Size, bool HasBias,
          class T>
inline void group_product(T const* w, T const* bias, T const* x, T* y, std::size_t vectors) noexcept {
  constexpr std::size_t lanes = native_lanes<T>;
  constexpr std::size_t many = N > few_terms ? group_vectors : group_vectors > 1 ? 2 : 1;
  auto const work = [=]<std::size_t Vectors>(std::integral_constant<std::size_t, Vectors>, std::size_t v) {
    if constexpr (N <= few_terms)
      short_sums<Outputs, Vectors, Next, Step, Size, HasBias>(std::make_index_sequence<N>{}, w, bias, x + v * lanes,
                                                              y + v * lanes);
    else
      sums_of_vectors<N, Outputs, Vectors, Next, Step, Size, HasBias>(w, bias, x + v * lanes, y + v * lanes);
  };
  std::size_t v = 0;
  if constexpr (Size >= many * lanes)
    for (; v + many <= vectors; v += many) work(std::integral_constant<std::size_t, many>{}, v);
  if constexpr (many > 1)
    for (; v < vectors; ++v) work(std::integral_constant<std::size_t, 1>{}, v);
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
