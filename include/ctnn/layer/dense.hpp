// SPDX-License-Identifier: BSL-1.0
/// \file Fully connected layer.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/activation/linear.hpp>
#include <ctnn/layer/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/descent.hpp>
#include <ctnn/tensor/kernels.hpp>
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline v1 {

/// What a layer does with its biases: trains them, keeps them as given, or has none.
enum class bias : unsigned char { trained, frozen, none };

/// out = f(W x + b).
/// \shape   x[In], W[Out][In] row-major, b[Out] -> out[Out]
/// \errors  compile: Out is 0. Run: none.
/// \cost    Out*(In+1) parameters, In*Out multiply-accumulates, no heap
/// \source  Rumelhart, Hinton, Williams 1986; PyTorch Linear
template <std::size_t Out, activation A = linear, bias B = bias::trained> struct dense {
  static_assert(Out > 0, "a dense layer needs at least one neuron: dense<0> has none");

  using activation_type = A;

  [[nodiscard]] static constexpr layer_sizes sizes(std::size_t inputs) noexcept {
    auto const weights = inputs * Out, biases = B == bias::none ? 0 : Out;
    return {Out, weights, biases, weights + (B == bias::trained ? Out : 0), weights};
  }

  /// net = W x + b.
  template <std::size_t In, scalar T> static constexpr void affine(T const* parameters, T const* x, T* net) noexcept {
    kernel::affine<Out, In, B != bias::none>(parameters, parameters + In * Out, x, net);
  }

  /// out = f(net), in place or not.
  template <scalar T> static constexpr void activate(T const* net, T* out) noexcept {
    if constexpr (layerwise_activation<A>)
      A::template apply<Out>(net, out);
    else
      kernel::for_each_element<Out, apply_activation>(net, out);
  }

  /// delta: dE/dout on entry, dE/dnet on return. \p net is read only if the activation's derivative needs it.
  template <scalar T> static constexpr void chain(T const* net, T const* out, T* delta) noexcept {
    if constexpr (layerwise_activation<A>)
      A::template chain<Out>(out, delta);
    else
      kernel::for_each_element<Out, apply_derivative>(net, out, delta);
  }

  /// dE/dx = W^T delta.
  template <std::size_t In, scalar T>
  static constexpr void propagate(T const* parameters, T const* delta, T* input_delta) noexcept {
    kernel::transposed_product<Out, In>(parameters, delta, input_delta);
  }

  /// Adds dE/dW = delta x^T and dE/db = delta, of the trained parameters only, to g.
  template <std::size_t In, scalar T> static constexpr void gradient(T const* x, T const* delta, T* g) noexcept {
    kernel::add_outer_product<Out, In>(delta, x, g);
    if constexpr (B == bias::trained) kernel::add<Out>(delta, g + In * Out);
  }

  /// The trained parameters moved by an optimizer's rule against their gradient, which is not stored; see descent.hpp.
  template <std::size_t In, std::size_t Stride, bool Undoable, class Rule, scalar T>
  static constexpr void descend(Rule const& rule, T const* x, T const* delta, T* parameters, T* former,
                                T* m) noexcept {
    kernel::descend<Out, In, Stride, Undoable>(rule, delta, x, parameters, former, m);
    if constexpr (B == bias::trained) {
      constexpr auto at = In * Out;
      kernel::descend_row<Out, Stride, Undoable>(rule, T(1), delta, parameters + at, Undoable ? former + at : former,
                                                 Rule::moments != 0 ? m + at : m);
    }
  }

private:
  struct apply_activation {
    template <scalar T, std::size_t... O>
    static constexpr void run(std::index_sequence<O...>, T const* net, T* out) noexcept {
      ((out[O] = A::apply(net[O])), ...);
    }
  };
  struct apply_derivative {
    template <scalar T, std::size_t... O>
    static constexpr void run(std::index_sequence<O...>, [[maybe_unused]] T const* net, T const* out, T* delta) noexcept {
      if constexpr (A::derivative_needs_net)
        ((delta[O] *= A::derivative(net[O], out[O])), ...);
      else
        ((delta[O] *= A::derivative(T{}, out[O])), ...);
    }
  };
};

}  // namespace ctnn::inline v1
