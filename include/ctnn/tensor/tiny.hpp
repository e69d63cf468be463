// SPDX-License-Identifier: BSL-1.0
/// \file The work of a tiny dense layer, each step written out as one expression.
///
/// A compiler that evaluates these spends its time on calls, pointers and loops, so there are few calls and none of the
/// other two: operands are whole arrays, where they begin is part of the type. At run time this is unrolled scalar
/// code, but the forward pass of two neurons or more computes all of them in one vector if there are vectors: an
/// activation function is most of a tiny layer's work.
#pragma once
#include <ctnn/config/target.hpp>
#include <ctnn/tensor/descent.hpp>
#include <ctnn/tensor/simd.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::kernel {

/// Up to so many weights a layer is tiny.
inline constexpr std::size_t tiny = wants_small_code ? 4 : 16;

/// A dense layer's work at the stage S (see layer/concepts.hpp).
template <class S, class Activation, bool HasBias, bool TrainsBias, class = std::make_index_sequence<S::outputs>,
          class = std::make_index_sequence<S::inputs>, class = std::make_index_sequence<S::inputs * S::outputs>>
struct tiny_dense;

template <class S, class A, bool HasBias, bool TrainsBias, std::size_t... O, std::size_t... I, std::size_t... OI>
struct tiny_dense<S, A, HasBias, TrainsBias, std::index_sequence<O...>, std::index_sequence<I...>,
                  std::index_sequence<OI...>> {
private:
  static constexpr std::size_t in = S::inputs, out = S::outputs;
  static constexpr bool elementwise = requires { A::derivative_needs_net; };
  /// Whether the loss's derivative and the activation's are both computed from the output.
  template <class Loss>
  static constexpr bool fuses_loss = [] {
    if constexpr (elementwise && !Loss::differentiates_net)
      return !A::derivative_needs_net;
    else
      return false;
  }();
  /// Lanes for all outputs; not fewer than the smallest register has.
  template <class T>
  static constexpr std::size_t lanes = [] {
    std::size_t l = 16 / sizeof(T);
    while (l < out) l *= 2;
    return l;
  }();
  template <class T>
  static constexpr bool computes_vectors = [] {
    if constexpr (elementwise && out >= 2 && native_lanes < T >> 1 && lanes<T> <= native_lanes<T>)
      return requires(vector<T, lanes<T>> v) { A::derivative(v, A::apply(v)); };
    else
      return false;
  }();
  /// The weights of input I.
  template <std::size_t I_, class V, class P>
  [[nodiscard, gnu::always_inline]] static inline V weights_of(P const& p) noexcept {
    return V{p[S::parameters_at + O * in + I_]...};
  }
  template <class P, class X, class Y>
  [[gnu::always_inline]] static inline void forward_by_vector(P const& p, X const& x, Y& y) noexcept {
    using T = std::remove_cvref_t<decltype(y[0])>;
    using V = vector<T, lanes<T>>;
    V s[partial_sums];
    if constexpr (HasBias) s[0] = V{p[S::biases_at + O]...};
    ((I < partial_sums && (I > 0 || !HasBias)
          ? void(s[I % partial_sums] = weights_of<I, V>(p) * spread<V>(x[S::source_at + I]))
          : void(s[I % partial_sums] += weights_of<I, V>(p) * spread<V>(x[S::source_at + I]))),
     ...);
    V const net = combine<in>(s);
    if constexpr (S::keeps_net) store_some<out>(net, &y[S::net_at]);
    store_some<out>(V(A::apply(net)), &y[S::outputs_at]);
  }
  template <std::size_t Row> using row = products<in, S::parameters_at + Row * in, 1, S::source_at>;
  template <std::size_t Column> using column = products<out, S::parameters_at + Column, in, 0>;

public:
  template <class P, class X, class Y> static constexpr void affine(P const& p, X const& x, Y& y) noexcept {
    if constexpr (HasBias)
      ((y[S::net_at + O] = row<O>::sum_after(p[S::biases_at + O], p, x)), ...);
    else
      ((y[S::net_at + O] = row<O>::sum(p, x)), ...);
  }

  template <class Y> static constexpr void activate(Y& y) noexcept {
    if constexpr (elementwise)
      ((y[S::outputs_at + O] = A::apply(y[S::net_at + O])), ...);
    else
      A::template apply<out>(&y[S::net_at], &y[S::outputs_at]);
  }

  template <class P, class X, class Y> static constexpr void forward(P const& p, X const& x, Y& y) noexcept {
    if constexpr (computes_vectors<std::remove_cvref_t<decltype(y[0])>>)
      if (!__builtin_is_constant_evaluated()) return forward_by_vector(p, x, y);
    if constexpr (!elementwise) {
      affine(p, x, y);
      activate(y);
    } else if constexpr (HasBias && S::keeps_net) {
      ((y[S::outputs_at + O] = A::apply(y[S::net_at + O] = row<O>::sum_after(p[S::biases_at + O], p, x))), ...);
    } else if constexpr (HasBias) {
      ((y[S::outputs_at + O] = A::apply(row<O>::sum_after(p[S::biases_at + O], p, x))), ...);
    } else if constexpr (S::keeps_net) {
      ((y[S::outputs_at + O] = A::apply(y[S::net_at + O] = row<O>::sum(p, x))), ...);
    } else {
      ((y[S::outputs_at + O] = A::apply(row<O>::sum(p, x))), ...);
    }
  }

  template <class Y, class E> static constexpr void chain(Y const& y, E& error) noexcept {
    if constexpr (!elementwise)
      A::template chain<out>(&y[S::outputs_at], &error[0]);
    else if constexpr (A::derivative_needs_net)
      ((error[O] *= A::derivative(y[S::net_at + O], y[S::outputs_at + O])), ...);
    else
      ((error[O] *= A::derivative(std::remove_cvref_t<decltype(y[0])>{}, y[S::outputs_at + O])), ...);
  }

  template <class P, class E, class B> static constexpr void propagate(P const& p, E const& error, B& before) noexcept {
    ((before[I] = column<I>::sum(p, error)), ...);
  }

  template <class X, class E, class G> static constexpr void gradient(X const& x, E const& error, G& g) noexcept {
    ((g[S::trainable_at + OI] += error[OI / in] * x[S::source_at + OI % in]), ...);
    if constexpr (TrainsBias) ((g[S::trainable_at + in * out + O] += error[O]), ...);
  }

  /// The derivatives of an element-wise loss, by the net inputs.
  template <class Loss, class Y, class Target, class E>
  static constexpr void output_error(Y const& y, Target const& target, E& error) noexcept {
    using T = std::remove_cvref_t<decltype(y[0])>;
    if constexpr (fuses_loss<Loss>) {
      ((error[O] = Loss::template derivative<out>(T{}, y[S::outputs_at + O], target[O]) *
                   A::derivative(T{}, y[S::outputs_at + O])),
       ...);
    } else {
      if constexpr (requires { Loss::template derivative<out>(T{}, T{}, T{}); })
        ((error[O] = Loss::template derivative<out>(y[S::net_at + O], y[S::outputs_at + O], target[O])), ...);
      if constexpr (!Loss::differentiates_net) chain(y, error);
    }
  }

  template <std::size_t Stride, bool Undoable> struct descent {
    template <class Rule, class X, class E, class P, class F, class M>
    static constexpr void descend(Rule const& rule, X const& x, E const& error, P& p, F& former, M& m) noexcept {
      constexpr auto t = S::trainable_at, at = S::parameters_at;
      if constexpr (!Undoable && requires { rule.is_plain(); }) {
        if (rule.is_plain()) {
          auto const rate = rule.rate;
          ((p[at + OI] -= rate * (error[OI / in] * x[S::source_at + OI % in])), ...);
          if constexpr (TrainsBias) ((p[S::biases_at + O] -= rate * error[O]), ...);
          return;
        }
      }
      (move<t + OI>(rule, p[at + OI], error[OI / in] * x[S::source_at + OI % in], former, m), ...);
      if constexpr (TrainsBias) (move<t + in * out + O>(rule, p[S::biases_at + O], error[O], former, m), ...);
    }

  private:
    template <std::size_t At, class Rule, class T, class F, class M>
    static constexpr void move(Rule const& rule, T& p, T g, [[maybe_unused]] F& former,
                               [[maybe_unused]] M& m) noexcept {
      if constexpr (Undoable) former[At] = p;
      kernel::move<Stride>(rule, p, g, &m[Rule::moments == 0 ? 0 : At]);
    }
  };
};

}  // namespace ctnn::inline CTNN_ABI::kernel
