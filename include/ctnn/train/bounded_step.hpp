// SPDX-License-Identifier: BSL-1.0
/// \file A step that is known to keep every parameter finite before any of them moves.
///
/// A parameter moves by no more than the rule makes of the steepest slope, and that is at most the largest error times
/// the largest input of a layer. So a bound on all parameters can be carried from step to step at the cost of looking
/// at the neurons, and neither has a parameter to be looked at nor its former value to be kept.
#pragma once
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/active_training.hpp>
#include <ctnn/tensor/magnitude.hpp>
#include <ctnn/train/backprop.hpp>
#include <ctnn/train/layer_errors.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI::detail {

/// The first layer that has trained parameters, or the number of layers.
template <class Net> inline constexpr std::size_t first_that_learns = []<std::size_t... I>(std::index_sequence<I...>) {
  std::size_t first = Net::layer_count;
  ((first = first == Net::layer_count && plan<Net, I>::learns ? I : first), ...);
  return first;
}
(std::make_index_sequence<Net::layer_count>{});

/// Whether the work of layer I can leave out neurons without an error (see tensor/active_training.hpp). The last layer's
/// all have one.
template <class Net, std::size_t I, class T>
inline constexpr bool skips_neurons = [] {
  if constexpr (requires { work_of<Net, I>::template skips<T>; })
    return I + 1 != Net::layer_count && work_of<Net, I>::template skips<T>;
  else
    return false;
}();
/// The same of any layer.
template <class Net, class T>
inline constexpr bool any_skips_neurons = []<std::size_t... I>(std::index_sequence<I...>) {
  return (skips_neurons<Net, I, T> || ...);
}
(std::make_index_sequence<Net::layer_count>{});

/// Knows whether neurons may be left out: no parameter may be -0. That is looked for once, as none becomes -0 by plain
/// gradient descent.
template <class Net, class T> class zero_signs {
public:
  constexpr void forget() noexcept {
    if constexpr (any_skips_neurons<Net, T>) state_ = state::unknown;
  }
  /// Whether may_skip() is to be asked with a rule.
  template <class Rule> static constexpr bool matter = any_skips_neurons<Net, T>&& requires(Rule r) { r.is_plain(); };
  template <class Rule> constexpr bool may_skip(Rule const& rule, T const* parameters) noexcept {
    return !std::is_constant_evaluated() && rule.is_plain() && all_positive(parameters);
  }

private:
  enum class state : unsigned char { unknown, positive, negative_too };
  struct nothing {};

  bool all_positive(T const* parameters) noexcept {
    if (state_ == state::unknown)
      state_ = kernel::has_negative_zero<Net::parameter_count>(parameters) ? state::negative_too : state::positive;
    return state_ == state::positive;
  }

  [[no_unique_address]] std::conditional_t<any_skips_neurons<Net, T>, state, nothing> state_{};
};

/// Carries the errors of layer I back to the one before it, as dE/dnet.
template <class Net, std::size_t I, class T, class... Skips>
constexpr void carry_back(T const* parameters, T* trace, T* errors, Skips... skips) noexcept {
  if constexpr (plan<Net, I>::carries) {
    T *const from = errors + errors_at<Net, I>, *const to = errors + errors_at<Net, I - 1>;
    if constexpr (sizeof...(skips) == 0)  // then it is not even asked which layers could
      work_of<Net, I>::propagate(parameters, from, to);
    else if constexpr (skips_neurons<Net, I, T>)
      (skips && ...) ? work_of<Net, I>::propagate_active(parameters, from, to)
                     : work_of<Net, I>::propagate(parameters, from, to);
    else
      work_of<Net, I>::propagate(parameters, from, to);
    if constexpr (plan<Net, I - 1>::chains) work_of<Net, I - 1>::chain(trace, to);
  }
}

/// The steepest slope that a parameter of layer I can have, but not less than `other`.
template <class Net, std::size_t I, class T>
[[nodiscard]] constexpr T steepest(T const* source, T const* errors, T other) noexcept {
  if constexpr (!plan<Net, I>::learns) {
    return other;
  } else {
    using S = stage_of<Net, I>;
    T const input = kernel::largest_magnitude<S::inputs>(source + S::source_at);
    return steeper(kernel::largest_magnitude<S::outputs>(errors + errors_at<Net, I>), input, other);
  }
}

/// The steepest slope of all layers by the largest of all errors and inputs: a bound that is not as close but needs
/// fewer looks.
template <class Net, class T>
[[nodiscard]] inline T steepest_of_all(T const* x, T const* trace, T const* errors) noexcept {
  constexpr auto n = Net::layer_count, first = first_that_learns<Net>;
  using Last = stage_of<Net, n - 1>;
  constexpr auto from = errors_at<Net, first>, end = errors_at<Net, n - 1> + Last::outputs;
  T const error = kernel::largest_magnitude<end - from>(errors + from);
  T input{};
  if constexpr (n > 1) {
    constexpr std::size_t hidden = first == 0 ? 1 : first;
    constexpr auto at = stage_of<Net, hidden>::source_at;
    input = kernel::largest_magnitude<Last::source_at + Last::inputs - at>(trace + at);
  }
  if constexpr (first == 0) {
    T const given = kernel::largest_magnitude<Net::input_count>(x);
    input = greater(given, input);
  }
  return steeper(error, input, T{});
}

template <class Net, class T, std::size_t... I>
[[nodiscard]] constexpr T steepest_slope(std::index_sequence<0, I...>, T const* x, T const* trace,
                                         T const* errors) noexcept {
  if constexpr (kernel::native_lanes < T >> 1 && Net::layers::sizes.neurons >= 32 &&
                first_that_learns<Net> != Net::layer_count)
    if (!std::is_constant_evaluated()) return steepest_of_all<Net>(x, trace, errors);
  T slope = steepest<Net, 0>(x, errors, T{});
  ((slope = steepest<Net, I>(trace, errors, slope)), ...);
  return slope;
}

template <class Net, std::size_t I, class Rule, class T, class... Skips>
constexpr void descend_layer(Rule const& rule, T* parameters, T const* source, T const* errors,
                             Skips... skips) noexcept {
  if constexpr (plan<Net, I>::learns) {
    T const* const error = errors + errors_at<Net, I>;
    if constexpr (sizeof...(skips) != 0 && skips_neurons<Net, I, T>)
      if ((skips && ...)) return work_of<Net, I>::descend_active(rule.rate, source, error, parameters);
    T nothing[1];  // no former parameters, no moments
    work_of<Net, I>::template descent<0, false>::descend(rule, source, error, parameters, nothing, nothing);
  }
}

/// A pass forward and back: the outputs of every layer and, if the loss is finite, the errors of every layer. Returns
/// the loss.
template <class Loss, class Net, class T, std::size_t... I, class... Skips>
constexpr T find_errors(std::index_sequence<0, I...> layers, T const* parameters, T const* x, T const* target, T* trace,
                        T* errors, Skips... skips) noexcept {
  constexpr auto n = Net::layer_count;
  forward_pass<Net>(layers, parameters, x, trace);
  T* const last = errors + errors_at<Net, n - 1>;
  T const loss = loss_of<Loss, Net>(trace, target, last);
  if (!is_finite(loss)) return loss;
  work_of<Net, n - 1>::template output_error<Loss>(trace, target, last);
  (carry_back<Net, n - I>(parameters, trace, errors, skips...), ...);
  return loss;
}

/// Learns from one sample, if the loss is finite and the bound allows it. Returns a bound on all parameters afterwards;
/// if it is above trusted_bound nothing has moved. Neurons without an error may be left out if zero_signs tells so.
template <class Loss, class Net, class Rule, class T, std::size_t... I, class... Skips>
constexpr T bounded_step(std::index_sequence<0, I...> layers, Rule const& rule, T* parameters, T const* x,
                         T const* target, T* trace, T* errors, T bound, T& loss, Skips... skips) noexcept {
  loss = find_errors<Loss, Net>(layers, parameters, x, target, trace, errors, skips...);
  if (!is_finite(loss)) return bound;
  T const after = rule.bound(bound, steepest_slope<Net>(layers, x, trace, errors));
  if (!(after <= trusted_bound<T>)) return std::numeric_limits<T>::infinity();
  (descend_layer<Net, Net::layer_count - I>(rule, parameters, trace, errors, skips...), ...);
  descend_layer<Net, 0>(rule, parameters, x, errors, skips...);
  return after;
}

}  // namespace ctnn::inline CTNN_ABI::detail
