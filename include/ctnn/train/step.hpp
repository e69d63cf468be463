// SPDX-License-Identifier: BSL-1.0
/// \file One update of a network, from one sample or a batch. What both kinds of training repeat.
#pragma once
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/sum.hpp>
#include <ctnn/train/backprop.hpp>
#include <ctnn/train/move.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI::detail {

/// A lesson moves a layer's parameters at once, so that no gradient is stored. The errors are carried on by the
/// original weights if the layer moves after that, by the updated ones if before. If Undoable, the array of the
/// gradient gets the parameters from before.
template <update_order Order, bool Undoable> struct descent {
  static constexpr bool before_propagation = Order == update_order::updated_weights;
  template <class Net, std::size_t I, class... Observer>
  using at = typename work_of<Net, I, Observer...>::template descent<Net::trainable_count, Undoable>;
};

/// Takes the parameters back that move_parameters put aside.
template <class Net, class T> constexpr void undo(T* parameters, T const* former) noexcept {
  for (auto const& place : Net::layers::sizes.places)
    for (std::size_t i = 0; i < place.sizes.trainable; ++i)
      parameters[place.parameters + i] = former[place.trainable + i];
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
  if constexpr (count != 0 && requires { rule.limit(T{}); }) {
    T const squared_norm = kernel::dot<count>(gradient, gradient);
    if (!is_finite(squared_norm)) return false;
    T const factor = rule.limit(squared_norm);
    if (factor != T(1))
      for (std::size_t i = 0; i < count; ++i) gradient[i] *= factor;
  }
  return true;
}

}  // namespace ctnn::inline CTNN_ABI::detail
