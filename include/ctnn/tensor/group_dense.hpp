// SPDX-License-Identifier: BSL-1.0
/// \file The work of a dense layer for a group of samples. At run time only.
///
/// The numbers of a group lie neuron by neuron (see group_products.hpp), where those of one sample would lie, times
/// Size. Work is done for some vectors of samples, the last of which may be of no use.
#pragma once
#include <ctnn/tensor/active_samples.hpp>
#include <ctnn/tensor/gathered.hpp>
#include <ctnn/tensor/group_gradient.hpp>
#include <ctnn/tensor/group_products.hpp>
#include <ctnn/tensor/short_rows.hpp>
#include <ctnn/tensor/simd.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI::kernel {

/// A dense layer's work at the stage S (see layer/concepts.hpp) for groups of up to Size samples.
template <class S, class A, bool HasBias, bool TrainsBias, std::size_t Size> struct group_dense {
private:
  static constexpr std::size_t in = S::inputs, out = S::outputs;
  static constexpr bool elementwise = requires { A::derivative_needs_net; };
  /// Whether the activation can be computed for several samples at once.
  template <class T> static constexpr bool vectors = requires(vector<T, native_lanes<T>> v) {
    A::derivative(v, A::apply(v));
  };

  /// f(place) for each vector of each neuron, V being what f computes with.
  template <class V, class T, class F> [[gnu::always_inline]] static void each(std::size_t samples, F f) noexcept {
    for (std::size_t o = 0; o < out; ++o)
      for (std::size_t s = 0; s < samples; s += sizeof(V) / sizeof(T)) f(o * Size + s);
  }
  template <class T> using number = typename vector_of<T, vectors<T> ? native_lanes<T> : 1>::type;

public:
  /// Whether samples without an error can be left out of the gradient of a neuron.
  template <class T>
  static constexpr bool skips = [] {
    if constexpr (requires { A::often_flat; })
      return A::often_flat && may_skip_samples<T, in>;
    else
      return false;
  }();

  template <class T> static void forward(T const* p, T const* x, T* y, std::size_t samples) noexcept {
    T *const net = y + S::net_at * Size, *const output = y + S::outputs_at * Size;
    group_affine<out, in, Size, HasBias>(p + S::parameters_at, p + (HasBias ? S::biases_at : 0),
                                         x + S::source_at * Size, net, samples / native_lanes<T>);
    if constexpr (elementwise)
      each<number<T>, T>(samples, [&](std::size_t at) { store(A::apply(load<number<T>>(net + at)), output + at); });
    else
      for (std::size_t s = 0; s < samples; ++s) {
        gathered<out, Size, T> const from{net + s};
        gathered<out, Size, T> to = from;
        A::template apply<out>(from.numbers, to.numbers);
        to.scatter(output + s);
      }
  }

  template <class T> static void chain(T const* y, T* error, std::size_t samples) noexcept {
    T const* const output = y + S::outputs_at * Size;
    if constexpr (elementwise) {
      T const* const net = A::derivative_needs_net ? y + S::net_at * Size : output;
      each<number<T>, T>(samples, [&](std::size_t at) {
        using V = number<T>;
        store(load<V>(error + at) * A::derivative(load<V>(net + at), load<V>(output + at)), error + at);
      });
    } else {
      for (std::size_t s = 0; s < samples; ++s) {
        gathered<out, Size, T> const from{output + s};
        gathered<out, Size, T> e{error + s};
        A::template chain<out>(from.numbers, e.numbers);
        e.scatter(error + s);
      }
    }
  }

  template <class T> static void propagate(T const* p, T const* error, T* before, std::size_t samples) noexcept {
    group_transposed<out, in, Size>(p + S::parameters_at, error, before, samples / native_lanes<T>);
  }

  /// Adds the gradients of `count` samples, whose inputs are source(s), in their order, to what the ledger has. Samples
  /// may be left out if all inputs are finite.
  template <class T, class Source, class Ledger>
  static void gradient(std::size_t count, Source source, T const* error, Ledger const& ledger, bool finite) noexcept {
    if constexpr (skips<T>)
      outer_products(count, source, error, ledger, finite);
    else if constexpr (has_short_rows<T, in>)
      short_outer_products<out, in, Size>(count, source, error, ledger);
    else
      group_outer_products<out, in, Size>(count, source, error, ledger);
    if constexpr (TrainsBias) group_sums_of_errors<out, Size, in * out>(count, error, ledger);
  }

  /// Whether gradient_by_neurons does the same faster.
  template <class T> static constexpr bool sums_all = sums_all_parameters<T, in, in * out + (TrainsBias ? out : 0)>;
  template <class T, class Ledger>
  static void gradient_by_neurons(std::size_t count, T const* x, T const* error, Ledger const& ledger) noexcept {
    group_sums_of_products<out, in, Size, TrainsBias>(count, x + S::source_at * Size, error, ledger);
  }

private:
  // Not inline, as GCC then takes more time for the first.
  template <class T, class Source, class Ledger>
  [[gnu::noinline]] static void outer_products(std::size_t count, Source source, T const* error, Ledger const& ledger,
                                               bool finite) noexcept {
    if (finite && is_sparse<out, in, Size>(count, error))
      return active_outer_products<out, in, Size>(count, source, error, ledger);
    group_outer_products<out, in, Size>(count, source, error, ledger);
  }
};

}  // namespace ctnn::inline CTNN_ABI::kernel
