// SPDX-License-Identifier: BSL-1.0
/// \file Watching a training step from inside.
///
/// Backpropagation and the update tell an observer what they compute, as they compute it; the default observer compiles
/// to nothing. Pointers are valid during the call only. An observer has these members, S being a detail::stage with
/// `S::place`, `S::inputs` = In and `S::outputs` = Out:
///   `net_inputs(S, parameters, x, net)`      net = W x + b; parameters are the layer's own, weights then biases
///   `outputs(S, net, out)`                   out = f(net)
///   `loss(S, out, target, terms, total)`     terms[Out] of an element-wise loss, else null
///   `output_error(S, error, by_net)`         dE/dout of the last layer, or dE/dnet if by_net
///   `error_term(S, by_out, slope, delta)`    delta = dE/dout * dout/dnet; slope is null if the layer has no such factor
///   `gradient(S, x, delta, g)`               the gradient by the layer's trained parameters
///   `propagated(S, parameters, delta, by_x)` dE/dx = W^T delta, with the parameters at that time
///   `updated(S, before, g, after)`           the layer's trained parameters, and the gradient as the optimizer got it
#pragma once
#include <concepts>

namespace ctnn::inline v1 {

/// The observer that is not there.
struct unobserved {};

namespace detail {
template <class Observer> inline constexpr bool observed = !std::same_as<Observer, unobserved>;
}

}  // namespace ctnn::inline v1
