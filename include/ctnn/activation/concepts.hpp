// SPDX-License-Identifier: BSL-1.0
/// \file What an activation function is.
///
/// An element-wise activation is an empty type with
///   `static constexpr char const* name`            how the walk-through calls it,
///   `static constexpr bool derivative_needs_net`   whether its derivative is computed from the net input,
///   `apply(net)`                                   out = f(net),
///   `derivative(net, out)`                         f'(net); \p net is unspecified unless derivative_needs_net;
///   `static constexpr bool is_cheap = true`        if it likes, when `apply` is next to nothing: then kernels have it
///                                                  in their innermost code,
///   `static constexpr bool often_flat = true`      if it likes, when the derivative is 0 for a good part of the
///                                                  neurons: then training leaves those out,
///   `static constexpr bool often_zero = true`      if it likes, when `apply` is 0 for a good part of the neurons: then
///                                                  inference leaves those out.
/// An activation of the whole layer (softmax) has instead
///   `template <N> apply(net*, out*)`               out = f(net), in place or not,
///   `template <N> chain(out*, delta*)`             delta: dE/dout on entry, dE/dnet on return.
/// Either may name another activation `fast_form`, which packed<net, fast> takes in its place; as a constant it must
/// compute the same.
/// A user's own type that fits is as good as the library's.
#pragma once
#include <ctnn/config/abi.hpp>

#include <concepts>
#include <cstddef>

namespace ctnn::inline CTNN_ABI {

template <class A>
concept elementwise_activation = requires(float x) {
  { A::name } -> std::convertible_to<char const*>;
  { A::derivative_needs_net } -> std::convertible_to<bool>;
  { A::apply(x) } -> std::same_as<float>;
  { A::derivative(x, x) } -> std::same_as<float>;
};

template <class A>
concept layerwise_activation = requires(float* x) {
  { A::name } -> std::convertible_to<char const*>;
  A::template apply<2>(x, x);
  A::template chain<2>(x, x);
};

template <class A>
concept cheap_activation = elementwise_activation<A> && A::is_cheap;

template <class A>
concept often_flat_activation = elementwise_activation<A> && A::often_flat;

template <class A>
concept often_zero_activation = elementwise_activation<A> && A::often_zero;

template <class A>
concept activation = elementwise_activation<A> || layerwise_activation<A>;

}  // namespace ctnn::inline CTNN_ABI
