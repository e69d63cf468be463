// SPDX-License-Identifier: BSL-1.0
/// \file Parameters moved against a gradient that was stored.
#pragma once
#include <ctnn/tensor/descent.hpp>

#include <cstddef>
#include <utility>

namespace ctnn::inline CTNN_ABI::detail {

/// Lets the optimizer move the trained parameters of stage S.
template <class S, bool Undoable, class Net, class Rule, class T, class... Observer>
constexpr void move_stage(Rule const& rule, T* parameters, T* gradient, T* moments, Observer&... observer) noexcept {
  constexpr auto count = S::trainable;
  if constexpr (count != 0) {
    T* const p = parameters + S::parameters_at;
    T* const g = gradient + S::trainable_at;
    T* const m = moments + (Rule::moments == 0 ? 0 : S::trainable_at);
    if constexpr (sizeof...(Observer) == 0) {
      kernel::descend_row<count, Net::trainable_count, Undoable>(rule, T(1), static_cast<T const*>(g), p, g, m);
    } else {
      T before[count], slope[count];
      for (std::size_t i = 0; i < count; ++i) before[i] = p[i], slope[i] = g[i];
      kernel::descend_row<count, Net::trainable_count, Undoable>(rule, T(1), static_cast<T const*>(g), p, g, m);
      (observer.updated(S{}, before, slope, p), ...);
    }
  }
}

/// Lets the optimizer move all trained parameters.
template <bool Undoable, class Net, class Rule, class T, std::size_t... I, class... Observer>
constexpr void move_network(std::index_sequence<I...>, Rule const& rule, T* parameters, T* gradient, T* moments,
                            Observer&... observer) noexcept {
  (move_stage<typename Net::layers::template stage_at<I>, Undoable, Net>(rule, parameters, gradient, moments,
                                                                         observer...),
   ...);
}

}  // namespace ctnn::inline CTNN_ABI::detail
