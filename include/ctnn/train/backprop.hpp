// SPDX-License-Identifier: BSL-1.0
/// \file Backpropagation: the outputs of every layer, the loss, and its gradient.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/config/misuse.hpp>
#include <ctnn/loss/concepts.hpp>
#include <ctnn/model/network.hpp>
#include <ctnn/tensor/unroll.hpp>
#include <ctnn/train/observer.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline v1 {

/// With which weights an error is carried back through a layer.
enum class update_order : unsigned char {
  original_weights,  ///< all gradients are taken before any weight moves
  updated_weights,   ///< a layer's weights move first, and carry the error back as updated; one sample an update
};

namespace detail {

/// An array length that may be 0 in the formula and not in the language.
constexpr std::size_t at_least_one(std::size_t n) { return n == 0 ? 1 : n; }

/// The scratch memory of one pass forward and back.
///
/// The functions below take its arrays one by one: in GCC's constant evaluation every level of a nested object makes
/// each access to it slower, and the arrays of a chunk of training are locals.
template <class Net> struct pass_memory {
  using T = typename Net::scalar_type;

  T trace[Net::layers::sizes.trace];
  T even[Net::layers::sizes.widest];  // errors of layers with an even index
  T odd[Net::layers::sizes.widest];   // and with an odd one
};

template <class Net> using last_stage = typename Net::layers::template stage_at<Net::layer_count - 1>;

template <class Loss, class Net> constexpr void check_loss() {
  using last = last_stage<Net>;
  using activation = typename last::layer_type::activation_type;
  if constexpr (!Loss::template accepts<activation>)
    report_misuse<[](auto& text) {
      text << Loss::name << " wants " << Loss::wants << "; layer " << last::place.index << " (dense<" << last::outputs
           << ", " << activation::name << ">) is the last one";
    }>();
}

template <class S, class T, class Observer>
constexpr void forward_stage(T const* all_parameters, T const* x, T* trace, Observer& observer) noexcept {
  using L = typename S::layer_type;
  T const* const parameters = all_parameters + S::parameters_at;
  T const* const source = S::index == 0 ? x : trace + S::source_at;
  T* const net = trace + S::net_at;
  L::template affine<S::inputs>(parameters, source, net);
  if constexpr (observed<Observer>) observer.net_inputs(S{}, parameters, source, net);
  L::activate(static_cast<T const*>(net), trace + S::outputs_at);
  if constexpr (observed<Observer>) observer.outputs(S{}, S::keeps_net ? net : nullptr, trace + S::outputs_at);
}

/// The outputs of every layer, for x.
template <class Net, class T, class Observer, std::size_t... I>
constexpr void forward_pass(std::index_sequence<I...>, T const* parameters, T const* x, T* trace,
                            Observer& observer) noexcept {
  (forward_stage<typename Net::layers::template stage_at<I>>(parameters, x, trace, observer), ...);
}

template <class Loss, std::size_t Count> struct loss_derivative {
  template <class T, std::size_t... O>
  static constexpr void run(std::index_sequence<O...>, T const* net, T const* out, T const* target, T* error) noexcept {
    ((error[O] = Loss::template derivative<Count>(net[O], out[O], target[O])), ...);
  }
};

/// The derivatives of the loss by the last layer's outputs (or net inputs, if Loss::differentiates_net) go to error.
/// Returns the loss; 0 if it is element-wise and not Wanted.
template <class Loss, bool Wanted, class Net, class T, class Observer>
constexpr T last_error(T const* trace, T const* target, T* error, Observer& observer) noexcept {
  using S = last_stage<Net>;
  constexpr auto count = S::outputs;
  T const* const net = trace + S::net_at;
  T const* const out = trace + S::outputs_at;
  T total{};
  if constexpr (layerwise_loss<Loss>) {
    total = Loss::template evaluate<count>(net, out, target, error);
    if constexpr (observed<Observer>) observer.loss(S{}, out, target, static_cast<T const*>(nullptr), total);
  } else {
    if constexpr (Wanted) {
      T terms[count];
      for (std::size_t o = 0; o < count; ++o) {
        terms[o] = Loss::template term<count>(net[o], out[o], target[o]);
        total += terms[o];
      }
      if constexpr (observed<Observer>) observer.loss(S{}, out, target, static_cast<T const*>(terms), total);
    }
    kernel::for_each_element<count, loss_derivative<Loss, count>>(net, out, target, error);
  }
  if constexpr (observed<Observer>) observer.output_error(S{}, error, Loss::differentiates_net);
  return total;
}

/// dE/dout becomes dE/dnet, and an observer sees by what factor.
template <class S, class T, class Observer>
constexpr void chain_observed(T const* net, T const* out, T* error, Observer& observer) noexcept {
  using L = typename S::layer_type;
  T by_out[S::outputs], slope[S::outputs];
  for (std::size_t o = 0; o < S::outputs; ++o) {
    by_out[o] = error[o];
    slope[o] = T(1);
  }
  L::chain(net, out, error);
  // What the layer multiplies by is seen by letting it multiply 1.
  constexpr bool has_slope = elementwise_activation<typename L::activation_type>;
  if constexpr (has_slope) L::chain(net, out, slope);
  observer.error_term(S{}, by_out, has_slope ? slope : nullptr, error);
}

/// What a backward pass does with a layer's errors: adds the gradient of its parameters to an array.
template <class T, class Observer> struct gradient_sink {
  T* gradient;
  Observer& observer;

  template <class S> constexpr void before_propagation(T const* source, T const* error) const noexcept {
    S::layer_type::template gradient<S::inputs>(source, error, gradient + S::trainable_at);
    if constexpr (observed<Observer>) observer.gradient(S{}, source, error, gradient + S::trainable_at);
  }
  template <class S> constexpr void after_propagation(T const*, T const*) const noexcept {}
};

template <class S, class Loss, class Net, class T, class Observer, class Sink>
constexpr void backward_stage(T const* all_parameters, T const* x, T const* trace, T* even, T* odd, Observer& observer,
                              Sink const& sink) noexcept {
  if constexpr (S::carries_back || S::trainable != 0) {
    using L = typename S::layer_type;
    T const* const source = S::index == 0 ? x : trace + S::source_at;
    T* const error = S::index % 2 == 0 ? even : odd;
    if constexpr (!(Loss::differentiates_net && S::index + 1 == Net::layer_count)) {
      if constexpr (observed<Observer>)
        chain_observed<S>(trace + S::net_at, trace + S::outputs_at, error, observer);
      else
        L::chain(trace + S::net_at, trace + S::outputs_at, error);
    }
    if constexpr (S::trainable != 0) sink.template before_propagation<S>(source, error);
    if constexpr (S::carries_back) {
      T* const before = S::index % 2 == 0 ? odd : even;
      T const* const parameters = all_parameters + S::parameters_at;
      L::template propagate<S::inputs>(parameters, static_cast<T const*>(error), before);
      if constexpr (observed<Observer>) observer.propagated(S{}, parameters, error, before);
    }
    if constexpr (S::trainable != 0) sink.template after_propagation<S>(source, error);
  }
}

/// Carries the errors back from the last layer to the first trained one. The sink is told of each trained layer's
/// errors twice: before and after they are carried on through its weights.
template <class Loss, class Net, class T, class Observer, class Sink, std::size_t... I>
constexpr void backward_pass(std::index_sequence<I...>, T const* parameters, T const* x, T const* trace, T* even,
                             T* odd, Observer& observer, Sink const& sink) noexcept {
  (backward_stage<typename Net::layers::template stage_at<Net::layer_count - 1 - I>, Loss, Net>(
       parameters, x, trace, even, odd, observer, sink),
   ...);
}

/// Learns from one sample by a pass forward and back. Returns the loss; 0 if it is element-wise and not Wanted.
/// If the loss is Wanted and not finite the sink is told nothing.
template <class Loss, bool Wanted, class Net, class T, class Observer, class Sink>
constexpr T learn_sample(T const* parameters, T const* x, T const* target, T* trace, T* even, T* odd,
                         Observer& observer, Sink const& sink) noexcept {
  constexpr std::make_index_sequence<Net::layer_count> layers;
  forward_pass<Net>(layers, parameters, x, trace, observer);
  T const loss = last_error<Loss, Wanted, Net>(static_cast<T const*>(trace), target,
                                               Net::layer_count % 2 == 0 ? odd : even, observer);
  if constexpr (Wanted)
    if (!is_finite(loss)) return loss;
  backward_pass<Loss, Net>(layers, parameters, x, static_cast<T const*>(trace), even, odd, observer, sink);
  return loss;
}

}  // namespace detail
}  // namespace ctnn::inline v1
