// SPDX-License-Identifier: BSL-1.0
/// \file What a layer is.
///
/// A layer is an empty type that knows its sizes for a given number of inputs and offers the parts of the forward and
/// the backward pass as static functions on flat arrays. `dense` is the model to read. A layer with trained parameters
/// also has `descend`, which moves them by an optimizer's rule without storing their gradient.
#pragma once
#include <concepts>
#include <cstddef>

namespace ctnn::inline v1 {

/// The sizes of one layer for a given number of inputs.
/// \units   numbers of scalars
struct layer_sizes {
  std::size_t outputs;
  std::size_t weights;     ///< the layer's parameters are its weights, then its biases
  std::size_t biases;
  std::size_t trainable;   ///< the first so many of its parameters are trained
  std::size_t macs;        ///< multiply-accumulates of one forward pass
};

template <class L>
concept layer = requires(float* p) {
  { L::sizes(std::size_t{2}) } -> std::same_as<layer_sizes>;
  typename L::activation_type;
  L::template affine<2>(p, p, p);          // parameters, x[2] -> net
  L::activate(p, p);                       // net -> out
  L::chain(p, p, p);                       // net, out, delta: dE/dout -> dE/dnet
  L::template propagate<2>(p, p, p);       // parameters, delta -> dE/dx[2]
  L::template gradient<2>(p, p, p);        // x[2], delta -> added to gradient
};

}  // namespace ctnn::inline v1
