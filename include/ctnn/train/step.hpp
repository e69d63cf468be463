// SPDX-License-Identifier: BSL-1.0
/// \file One update of a network, from one sample or a batch. What both kinds of training repeat.
#pragma once
#include <ctnn/config/status.hpp>
#include <ctnn/optimizer/concepts.hpp>
#include <ctnn/tensor/kernels.hpp>
#include <ctnn/tensor/unroll.hpp>
#include <ctnn/train/backprop.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ctnn::inline v1::detail {

/// Hands elements to an optimizer's rule.
struct move_elements {
  template <class Rule, std::size_t... I, class... Pointers>
  static constexpr void run(std::index_sequence<I...> indices, Rule const& rule, Pointers... p) noexcept {
    rule.move(indices, p...);
  }
};

/// The same, and puts the former parameters where the gradient was.
struct move_undoably {
  template <class Rule, std::size_t... I, class T, class... Pointers>
  static constexpr void run(std::index_sequence<I...> indices, Rule const& rule, T* p, T* g, Pointers... m) noexcept {
    T const former[]{p[I]...};
    rule.move(indices, p, static_cast<T const*>(g), m...);
    ((g[I] = former[I]), ...);
  }
};

/// Lets the optimizer move Count parameters. If Undoable, the gradient is overwritten with the former parameters.
template <std::size_t Count, bool Undoable, class Rule, class T>
constexpr void move_parameters(Rule const& rule, T* p, T* g, T* m, std::size_t stride) noexcept {
  static_assert(Rule::moments <= 2, "an optimizer remembers at most two numbers a parameter");
  using operation = std::conditional_t<Undoable, move_undoably, move_elements>;
  using slope = std::conditional_t<Undoable, T*, T const*>;
  if constexpr (Rule::moments == 0)
    kernel::for_each_element<Count, operation>(rule, p, static_cast<slope>(g));
  else if constexpr (Rule::moments == 1)
    kernel::for_each_element<Count, operation>(rule, p, static_cast<slope>(g), m);
  else
    kernel::for_each_element<Count, operation>(rule, p, static_cast<slope>(g), m, m + stride);
}

/// Lets the optimizer move the trained parameters of stage S.
template <class S, bool Undoable, class Net, class Rule, class T, class Observer>
constexpr void move_stage(Rule const& rule, T* parameters, T* gradient, T* moments, Observer& observer) noexcept {
  constexpr auto count = S::trainable;
  if constexpr (count != 0) {
    T* const p = parameters + S::parameters_at;
    T* const g = gradient + S::trainable_at;
    T* const m = Rule::moments == 0 ? moments : moments + S::trainable_at;
    if constexpr (observed<Observer>) {
      T before[count], slope[count];
      for (std::size_t i = 0; i < count; ++i) before[i] = p[i], slope[i] = g[i];
      move_parameters<count, Undoable>(rule, p, g, m, Net::trainable_count);
      observer.updated(S{}, before, slope, p);
    } else {
      move_parameters<count, Undoable>(rule, p, g, m, Net::trainable_count);
    }
  }
}

/// Lets the optimizer move all trained parameters.
template <bool Undoable, class Net, class Rule, class T, class Observer, std::size_t... I>
constexpr void move_network(std::index_sequence<I...>, Rule const& rule, T* parameters, T* gradient, T* moments,
                            Observer& observer) noexcept {
  if constexpr (Net::trainable_count == Net::parameter_count && !observed<Observer>)
    move_parameters<Net::parameter_count, Undoable>(rule, parameters, gradient, moments, Net::trainable_count);
  else
    (move_stage<typename Net::layers::template stage_at<I>, Undoable, Net>(rule, parameters, gradient, moments,
                                                                          observer),
     ...);
}

/// Moves a layer's weights as soon as their gradient is known, for update_order::updated_weights.
template <bool Undoable, class Net, class Rule, class T, class Observer> struct move_at_once {
  Rule const& rule;
  T* parameters;
  T* gradient;
  T* moments;
  Observer& observer;

  template <class S> constexpr void operator()() const noexcept {
    move_stage<S, Undoable, Net>(rule, parameters, gradient, moments, observer);
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
template <class Net, class Rule, class T>
constexpr void finish_gradient(Rule const& rule, T* gradient, std::size_t batch_size) noexcept {
  constexpr auto count = Net::trainable_count;
  if (batch_size != 1) {
    T const share = T(1) / static_cast<T>(batch_size);
    for (std::size_t i = 0; i < count; ++i) gradient[i] *= share;
  }
  if constexpr (requires { rule.limit(T{}); }) {
    T const factor = rule.limit(kernel::add_products<count>(T{}, gradient, gradient));
    if (factor != T(1))
      for (std::size_t i = 0; i < count; ++i) gradient[i] *= factor;
  }
}

}  // namespace ctnn::inline v1::detail
