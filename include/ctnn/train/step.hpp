// SPDX-License-Identifier: BSL-1.0
/// \file One update of a network, from one sample or a batch. What both kinds of training repeat.
#pragma once
#include <ctnn/config/status.hpp>
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/tensor/descent.hpp>
#include <ctnn/tensor/kernels.hpp>
#include <ctnn/train/backprop.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline v1::detail {

/// Lets the optimizer move the trained parameters of stage S against a gradient that was stored.
template <class S, bool Undoable, class Net, class Rule, class T, class Observer>
constexpr void move_stage(Rule const& rule, T* parameters, T* gradient, T* moments, Observer& observer) noexcept {
  constexpr auto count = S::trainable;
  if constexpr (count != 0) {
    T* const p = parameters + S::parameters_at;
    T* const g = gradient + S::trainable_at;
    [[maybe_unused]] T before[observed<Observer> ? count : 1], slope[observed<Observer> ? count : 1];
    if constexpr (observed<Observer>)
      for (std::size_t i = 0; i < count; ++i) before[i] = p[i], slope[i] = g[i];
    T* const m = moments + (Rule::moments == 0 ? 0 : S::trainable_at);
    kernel::descend_row<count, Net::trainable_count, Undoable>(rule, T(1), static_cast<T const*>(g), p, g, m);
    if constexpr (observed<Observer>) observer.updated(S{}, before, slope, p);
  }
}

/// Lets the optimizer move all trained parameters against a gradient that was stored.
template <bool Undoable, class Net, class Rule, class T, class Observer, std::size_t... I>
constexpr void move_network(std::index_sequence<I...>, Rule const& rule, T* parameters, T* gradient, T* moments,
                            Observer& observer) noexcept {
  (move_stage<typename Net::layers::template stage_at<I>, Undoable, Net>(rule, parameters, gradient, moments,
                                                                        observer),
   ...);
}

/// What a backward pass does with a layer's errors: moves its parameters at once, so that no gradient is stored. The
/// errors are carried on by the original weights if the layer moves after that, by the updated ones if before.
template <update_order Order, bool Undoable, class Net, class Rule, class T, class Observer> struct descent_sink {
  Rule const& rule;
  T* parameters;
  T* gradient;  // if Undoable, gets the former parameters; unused else, unless there is an observer to show it to
  T* moments;
  Observer& observer;

  template <class S> constexpr void before_propagation(T const* source, T const* error) const noexcept {
    if constexpr (observed<Observer>) {
      for (std::size_t i = 0; i < S::trainable; ++i) gradient[S::trainable_at + i] = T{};
      gradient_sink<T, Observer>{gradient, observer}.template before_propagation<S>(source, error);
    }
    if constexpr (Order == update_order::updated_weights) descend<S>(source, error);
  }
  template <class S> constexpr void after_propagation(T const* source, T const* error) const noexcept {
    if constexpr (Order == update_order::original_weights) descend<S>(source, error);
  }

private:
  template <class S> constexpr void descend(T const* source, T const* error) const noexcept {
    if constexpr (observed<Observer>) {
      move_stage<S, Undoable, Net>(rule, parameters, gradient, moments, observer);
    } else {
      using L = typename S::layer_type;
      T* const p = parameters + S::parameters_at;
      T* const m = moments + (Rule::moments == 0 ? 0 : S::trainable_at);
      T* const former = gradient + (Undoable ? S::trainable_at : 0);
      L::template descend<S::inputs, Net::trainable_count, Undoable>(rule, source, error, p, former, m);
    }
  }
};

/// Takes the parameters back that move_parameters put aside.
template <class Net, class T> constexpr void undo(T* parameters, T const* former) noexcept {
  for (auto const& place : Net::layers::sizes.places)
    for (std::size_t i = 0; i < place.sizes.trainable; ++i)
      parameters[place.parameters + i] = former[place.trainable + i];
}

template <class T> [[nodiscard]] constexpr bool all_finite(T const* x, std::size_t count) noexcept {
  bool all = true;
  for (std::size_t i = 0; i < count; ++i) all &= is_finite(x[i]);
  return all;
}

/// Turns the sum of a batch's gradients into what the optimizer gets: their mean, and shortened if it wants that.
/// Returns false if the gradient is too long for its length to be known.
template <class Net, class Rule, class T>
[[nodiscard]] constexpr bool finish_gradient(Rule const& rule, T* gradient, std::size_t batch_size) noexcept {
  constexpr auto count = Net::trainable_count;
  if (batch_size != 1) {
    T const share = T(1) / static_cast<T>(batch_size);
    for (std::size_t i = 0; i < count; ++i) gradient[i] *= share;
  }
  if constexpr (requires { rule.limit(T{}); }) {
    T const squared_norm = kernel::add_products<count>(T{}, gradient, gradient);
    if (!is_finite(squared_norm)) return false;
    T const factor = rule.limit(squared_norm);
    if (factor != T(1))
      for (std::size_t i = 0; i < count; ++i) gradient[i] *= factor;
  }
  return true;
}

}  // namespace ctnn::inline v1::detail
