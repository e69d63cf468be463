// SPDX-License-Identifier: BSL-1.0
/// \file What a layer is.
///
/// A layer is an empty type that knows its sizes for a given number of inputs, the name of its activation's type, and
/// `at<S>`: its work at the stage S of a network, which says as constants where the layer's numbers lie in the arrays
/// that all layers share. Arrays come as pointers or as references to arrays. `dense` is the model to read.
///
///   `affine(p, x, y)`          net inputs: y[S::net_at...] from x[S::source_at...] and p[S::parameters_at...]
///   `activate(y)`              outputs: y[S::outputs_at...] from y[S::net_at...], which may be the same place
///   `forward(p, x, y)`         both; the net inputs are kept only if S::keeps_net
///   `chain(y, error)`          error[S::outputs]: dE/dout on entry, dE/dnet on return
///   `propagate(p, error, b)`   b[S::inputs] = dE/dx
///   `gradient(x, error, g)`    adds the gradient of the trained parameters to g[S::trainable_at...]
///   `output_error<Loss>(y, target, error)`
///                              error = dE/dnet, if the layer is the last one; of a layer-wise loss (loss/concepts.hpp)
///                              error has the derivatives already
///   `descent<Stride, Undoable>::descend(rule, x, error, p, former, m)`
///                              moves the trained parameters by an optimizer's rule without storing their gradient; the
///                              moments are at m[S::trainable_at + k Stride]; if Undoable, former[S::trainable_at...]
///                              gets the parameters from before
///
/// A layer may also have `group_at<S, Size>`: the same for up to Size samples at once, where there are vector registers
/// (see tensor/group_dense.hpp). Batches are learned from in such groups if all layers have it.
#pragma once
#include <ctnn/config/abi.hpp>

#include <concepts>
#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// The sizes of one layer for a given number of inputs.
/// \units   numbers of scalars
struct layer_sizes {
  std::size_t outputs;
  std::size_t weights;  ///< the layer's parameters are its weights, then its biases
  std::size_t biases;
  std::size_t trainable;  ///< the first so many of its parameters are trained
  std::size_t macs;       ///< multiply-accumulates of one forward pass
};

namespace detail {

/// A stage to ask a layer whether it is one: 2 inputs, as many outputs as it has.
template <class L> struct some_stage {
  static constexpr std::size_t inputs = 2, outputs = L::sizes(2).outputs, parameters_at = 0, biases_at = 2 * outputs,
                               source_at = 0, net_at = 0, outputs_at = 0, trainable_at = 0;
  static constexpr bool keeps_net = false;
};

}  // namespace detail

template <class L>
concept layer = requires(float* p) {
  { L::sizes(std::size_t{2}) } -> std::same_as<layer_sizes>;
  typename L::activation_type;
  L::template at<detail::some_stage<L>>::forward(p, p, p);
  L::template at<detail::some_stage<L>>::chain(p, p);
  L::template at<detail::some_stage<L>>::propagate(p, p, p);
  L::template at<detail::some_stage<L>>::gradient(p, p, p);
};

}  // namespace ctnn::inline CTNN_ABI
