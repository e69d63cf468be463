// SPDX-License-Identifier: BSL-1.0
/// \file Watching a training step from inside: a layer's work with an observer looking on.
///
/// Backpropagation and the update tell an observer what they compute, as they compute it; without an observer there is
/// no trace of this. Pointers are valid during the call only. An observer has these members, S being a detail::stage
/// with `S::place`, `S::inputs` = In and `S::outputs` = Out:
///   `net_inputs(S, parameters, x, net)`      net = W x + b; parameters are the layer's own, weights then biases
///   `outputs(S, net, out)`                   out = f(net)
///   `loss(S, out, target, terms, total)`     terms[Out] of an element-wise loss, else null
///   `output_error(S, error, by_net)`         dE/dout of the last layer, or dE/dnet if by_net
///   `error_term(S, by_out, slope, delta)`    delta = dE/dout * dout/dnet; slope is null if there is no such factor
///   `gradient(S, x, delta, g)`               the gradient by the layer's trained parameters
///   `propagated(S, parameters, delta, by_x)` dE/dx = W^T delta, with the parameters at that time
///   `updated(S, before, g, after)`           the layer's trained parameters, and the gradient as the optimizer got it
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/loss/concepts.hpp>
#include <ctnn/train/move.hpp>

#include <cstddef>
#include <type_traits>

namespace ctnn::inline CTNN_ABI::detail {

/// Does what the layer at the stage S does (see layer/concepts.hpp), and tells the observer.
template <class Net, class S> struct observed_work {
private:
  using L = typename S::layer_type::template at<S>;
  static constexpr bool elementwise = elementwise_activation<typename S::layer_type::activation_type>;

public:
  template <class P, class X, class Y, class Observer>
  static constexpr void forward(P const& p, X const& x, Y& y, Observer& observer) noexcept {
    L::affine(p, x, y);
    observer.net_inputs(S{}, &p[S::parameters_at], &x[S::source_at], &y[S::net_at]);
    L::activate(y);
    observer.outputs(S{}, S::keeps_net ? &y[S::net_at] : nullptr, &y[S::outputs_at]);
  }

  template <class Loss, class Y, class Target, class E, class Observer>
  static constexpr void output_error(Y const& y, Target const& target, E& error, Observer& observer) noexcept {
    if constexpr (!layerwise_loss<Loss>)
      for (std::size_t o = 0; o < S::outputs; ++o)
        error[o] = Loss::template derivative<S::outputs>(y[S::net_at + o], y[S::outputs_at + o], target[o]);
    observer.output_error(S{}, &error[0], Loss::differentiates_net);
    if constexpr (!Loss::differentiates_net) chain(y, error, observer);
  }

  template <class Y, class E, class Observer>
  static constexpr void chain(Y const& y, E& error, Observer& observer) noexcept {
    using T = std::remove_cvref_t<decltype(error[0])>;
    T by_out[S::outputs], slope[S::outputs];
    for (std::size_t o = 0; o < S::outputs; ++o) {
      by_out[o] = error[o];
      slope[o] = T(1);
    }
    L::chain(y, error);
    // What the layer multiplies by is seen by letting it multiply 1.
    if constexpr (elementwise) L::chain(y, slope);
    observer.error_term(S{}, by_out, elementwise ? slope : nullptr, &error[0]);
  }

  template <class P, class E, class B, class Observer>
  static constexpr void propagate(P const& p, E const& error, B& before, Observer& observer) noexcept {
    L::propagate(p, error, before);
    observer.propagated(S{}, &p[S::parameters_at], &error[0], &before[0]);
  }

  template <class X, class E, class G, class Observer>
  static constexpr void gradient(X const& x, E const& error, G& g, Observer& observer) noexcept {
    L::gradient(x, error, g);
    observer.gradient(S{}, &x[S::source_at], &error[0], &g[S::trainable_at]);
  }

  template <std::size_t, bool Undoable> struct descent {
    template <class Rule, class X, class E, class P, class G, class M, class Observer>
    static constexpr void descend(Rule const& rule, X const& x, E const& error, P& p, G& g, M& m,
                                  Observer& observer) noexcept {
      for (std::size_t i = 0; i < S::trainable; ++i) g[S::trainable_at + i] = {};
      gradient(x, error, g, observer);
      move_stage<S, Undoable, Net>(rule, &p[0], &g[0], &m[0], observer);
    }
  };
};

}  // namespace ctnn::inline CTNN_ABI::detail
