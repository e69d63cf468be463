// SPDX-License-Identifier: BSL-1.0
/// \file What a loss is.
///
/// Any loss is an empty type with
///   `static constexpr char const* name`,
///   `template <class A> static constexpr bool accepts`   whether the output layer's activation A makes sense with it,
///   `static constexpr char const* wants`                 which activations do, for the error message,
///   `static constexpr bool differentiates_net`           what its derivative is by: the output layer's net input
///                                                        (where the two simplify together), or its output.
/// An element-wise loss adds up one term an output:
///   `template <N> term(net, out, target)`                of N outputs,
///   `template <N> derivative(net, out, target)`          of N outputs; net is unspecified unless differentiates_net.
/// A loss of the whole layer has instead
///   `template <N> evaluate(net*, out*, target*, delta*)`   returns the loss and writes the N derivatives.
/// The loss of several samples is the mean of theirs.
#pragma once
#include <ctnn/config/abi.hpp>

#include <concepts>
#include <cstddef>

namespace ctnn::inline CTNN_ABI {

template <class L>
concept elementwise_loss = requires(float x) {
  { L::name } -> std::convertible_to<char const*>;
  { L::differentiates_net } -> std::convertible_to<bool>;
  { L::template term<2>(x, x, x) } -> std::same_as<float>;
  { L::template derivative<2>(x, x, x) } -> std::same_as<float>;
};

template <class L>
concept layerwise_loss = requires(float* x) {
  { L::name } -> std::convertible_to<char const*>;
  { L::differentiates_net } -> std::convertible_to<bool>;
  { L::template evaluate<2>(x, x, x, x) } -> std::same_as<float>;
};

template <class L>
concept loss_function = elementwise_loss<L> || layerwise_loss<L>;

}  // namespace ctnn::inline CTNN_ABI
