// SPDX-License-Identifier: BSL-1.0
/// \file Fully connected layer.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/activation/linear.hpp>
#include <ctnn/layer/concepts.hpp>
#include <ctnn/tensor/active_training.hpp>
#include <ctnn/tensor/descent.hpp>
#include <ctnn/tensor/group_dense.hpp>
#include <ctnn/tensor/kernels.hpp>
#include <ctnn/tensor/thumb.hpp>
#include <ctnn/tensor/thumb_training.hpp>
#include <ctnn/tensor/tiny.hpp>
#include <ctnn/tensor/unroll.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

/// What a layer does with its biases: trains them, keeps them as given, or has none.
enum class bias : unsigned char { trained, frozen, none };

namespace detail {

/// A dense layer's work at the stage S, by loops over pointers.
template <class S, class A, bias B> struct dense_work {
private:
  static constexpr std::size_t in = S::inputs, out = S::outputs;

  struct apply_activation {
    template <class T, std::size_t... O>
    static constexpr void run(std::index_sequence<O...>, T const* net, T* y) noexcept {
      ((y[O] = A::apply(net[O])), ...);
    }
  };
  struct apply_derivative {
    template <class T, std::size_t... O>
    static constexpr void run(std::index_sequence<O...>, [[maybe_unused]] T const* net, T const* y, T* error) noexcept {
      if constexpr (A::derivative_needs_net)
        ((error[O] *= A::derivative(net[O], y[O])), ...);
      else
        ((error[O] *= A::derivative(T{}, y[O])), ...);
    }
  };
  template <class Y> using scalar_of = std::remove_cvref_t<decltype(std::declval<Y&>()[0])>;
  /// Whether the activation can be computed for a vector of neurons at once.
  template <class Y>
  static constexpr bool vectors = [] {
    using T = scalar_of<Y>;
    if constexpr (kernel::native_lanes < T >> 1) return requires(kernel::vector<T, kernel::native_lanes<T>> v) {
        A::derivative(v, A::apply(v));
      };
    else
      return false;
  }();
  /// Whether each row is activated when it is summed up. Net inputs stored by parts would not be loaded at once soon
  /// after.
  template <class T>
  static constexpr bool activates_rows = [] {
    if constexpr (cheap_activation<A> && S::net_at == S::outputs_at && kernel::native_lanes<T> >= 4)
      return requires(kernel::vector<T, 4> v) { A::apply(v); };
    else
      return false;
  }();
  template <class T> static constexpr T const* constant(T const* p) noexcept { return p; }

public:
  template <class P, class X, class Y> static constexpr void affine(P const& p, X const& x, Y& y) noexcept {
    if constexpr (kernel::suits_thumb<out, in, scalar_of<Y>>)
      if (!std::is_constant_evaluated())
        return kernel::affine_by_thumb<out, in, B != bias::none, linear>(&p[S::parameters_at], &x[S::source_at],
                                                                         &y[S::net_at]);
    kernel::affine<out, in, B != bias::none>(&p[S::parameters_at], &p[0] + S::biases_at, constant(&x[S::source_at]),
                                             &y[S::net_at]);
  }

  template <class Y> static constexpr void activate(Y& y) noexcept {
    if constexpr (layerwise_activation<A>) {
      A::template apply<out>(constant(&y[S::net_at]), &y[S::outputs_at]);
    } else {
      if constexpr (vectors<Y>)
        if (!std::is_constant_evaluated())
          return kernel::transform<out>(
              &y[S::outputs_at], [](auto net) { return A::apply(net); }, constant(&y[S::net_at]));
      kernel::for_each_element<out, apply_activation>(constant(&y[S::net_at]), &y[S::outputs_at]);
    }
  }

  template <class P, class X, class Y> static constexpr void forward(P const& p, X const& x, Y& y) noexcept {
    if constexpr (cheap_activation<A> && S::net_at == S::outputs_at && kernel::suits_thumb<out, in, scalar_of<Y>>)
      if (!std::is_constant_evaluated())
        return kernel::affine_by_thumb<out, in, B != bias::none, A>(&p[S::parameters_at], &x[S::source_at],
                                                                    &y[S::outputs_at]);
    if constexpr (activates_rows<scalar_of<Y>>)
      if (!std::is_constant_evaluated())
        return kernel::affine_by_rows<out, in, B != bias::none, A>(&p[S::parameters_at], &p[0] + S::biases_at,
                                                                   &x[S::source_at], &y[S::outputs_at]);
    affine(p, x, y);
    activate(y);
  }

  template <class Y, class E> static constexpr void chain(Y const& y, E& error) noexcept {
    if constexpr (layerwise_activation<A>) {
      A::template chain<out>(constant(&y[S::outputs_at]), &error[0]);
    } else {
      if constexpr (cheap_activation<A> && !A::derivative_needs_net && kernel::trains_by_thumb<out, scalar_of<Y>>)
        if (!std::is_constant_evaluated()) return kernel::chain_by_thumb<out, A>(&y[S::outputs_at], &error[0]);
      if constexpr (vectors<Y>)
        if (!std::is_constant_evaluated())
          return kernel::transform<out>(
              &error[0], [](auto e, auto net, auto x) { return e * A::derivative(net, x); }, constant(&error[0]),
              constant(&y[A::derivative_needs_net ? S::net_at : S::outputs_at]), constant(&y[S::outputs_at]));
      kernel::for_each_element<out, apply_derivative>(constant(&y[S::net_at]), constant(&y[S::outputs_at]), &error[0]);
    }
  }

  template <class P, class E, class Before>
  static constexpr void propagate(P const& p, E const& error, Before& before) noexcept {
    if constexpr (kernel::trains_by_thumb<in, scalar_of<E>>)
      if (!std::is_constant_evaluated())
        return kernel::transposed_by_thumb<out, in>(&p[S::parameters_at], &error[0], &before[0]);
    kernel::transposed_product<out, in>(constant(&p[S::parameters_at]), constant(&error[0]), &before[0]);
  }

  /// Whether neurons without an error may be left out, if no parameter is -0.
  template <class T>
  static constexpr bool skips = often_flat_activation<A>&& kernel::native_lanes<T> >= 4 && in >= 4 && out >= 4;

  template <class T> static void propagate_active(T const* p, T const* error, T* before) noexcept {
    kernel::transposed_by_active_rows<out, in>(p + S::parameters_at, error, before);
  }
  template <class T> static void descend_active(T rate, T const* x, T const* error, T* p) noexcept {
    kernel::descend_active_rows<out, in>(rate, error, x + S::source_at, p + S::parameters_at);
    if constexpr (B == bias::trained)
      kernel::descend_row<out, 0, false>(kernel::plain_rule<T>{rate}, T(1), error, p + S::biases_at,
                                         static_cast<T*>(nullptr), static_cast<T*>(nullptr));
  }

  template <class X, class E, class G> static constexpr void gradient(X const& x, E const& error, G& g) noexcept {
    kernel::add_outer_product<out, in>(constant(&error[0]), constant(&x[S::source_at]), &g[S::trainable_at]);
    if constexpr (B == bias::trained) kernel::add<out>(constant(&error[0]), &g[S::trainable_at + in * out]);
  }

  template <class Loss, class Y, class Target, class E>
  static constexpr void output_error(Y const& y, Target const& target, E& error) noexcept {
    if constexpr (requires { Loss::template derivative<out>(y[0], y[0], y[0]); })
      for (std::size_t o = 0; o < out; ++o)
        error[o] = Loss::template derivative<out>(y[S::net_at + o], y[S::outputs_at + o], target[o]);
    if constexpr (!Loss::differentiates_net) chain(y, error);
  }

  template <std::size_t Stride, bool Undoable> struct descent {
    template <class Rule, class X, class E, class P, class F, class M>
    static constexpr void descend(Rule const& rule, X const& x, E const& error, P& p, F& former, M& m) noexcept {
      using T = std::remove_cvref_t<decltype(p[0])>;
      constexpr auto t = S::trainable_at;
      if constexpr (!Undoable && kernel::trains_by_thumb<in, T> && requires { rule.is_plain(); })
        if (!std::is_constant_evaluated() && rule.is_plain()) {
          kernel::descend_by_thumb<in>(rule.rate, &error[0], &x[S::source_at], &p[S::parameters_at], out);
          T const one = 1;
          if constexpr (B == bias::trained)
            kernel::descend_by_thumb<out>(rule.rate, &one, &error[0], &p[S::biases_at], 1);
          return;
        }
      kernel::descend<out, in, Stride, Undoable>(rule, constant(&error[0]), constant(&x[S::source_at]),
                                                 &p[S::parameters_at], &former[Undoable ? t : 0],
                                                 &m[Rule::moments != 0 ? t : 0]);
      if constexpr (B == bias::trained)
        kernel::descend_row<out, Stride, Undoable>(rule, T(1), constant(&error[0]), &p[S::biases_at],
                                                   &former[Undoable ? t + in * out : 0],
                                                   &m[Rule::moments != 0 ? t + in * out : 0]);
    }
  };
};

}  // namespace detail

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

  template <class S>
  using at =
      std::conditional_t<(S::inputs * Out <= kernel::tiny),
                         kernel::tiny_dense<S, A, B != bias::none, B == bias::trained>, detail::dense_work<S, A, B>>;

  template <class S, std::size_t Size>
  using group_at = kernel::group_dense<S, A, B != bias::none, B == bias::trained, Size>;
};

}  // namespace ctnn::inline CTNN_ABI
