// SPDX-License-Identifier: BSL-1.0
/// \file Cross-entropy of a choice among classes.
#pragma once
#include <ctnn/activation/linear.hpp>
#include <ctnn/activation/softmax.hpp>
#include <ctnn/math/log.hpp>
#include <ctnn/scalar/scalar.hpp>
#include <ctnn/tensor/sum.hpp>

#include <concepts>
#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// E = -sum t log(out) over softmax outputs, for targets t that are a one-hot vector or any distribution.
/// Computed from the net inputs, so that logits of +-1000 give a finite loss and the right derivative. A class of target
/// 0 adds 0, however small its logit, -infinity too.
/// \shape   net[N], out[N], target[N] -> delta[N] (dE/dnet)
/// \source  PyTorch CrossEntropyLoss
struct cross_entropy {
  static constexpr char const* name = "cross_entropy";
  static constexpr char const* wants = "a softmax output layer (cross_entropy_with_logits takes a linear one)";
  static constexpr bool differentiates_net = true;
  template <class A> static constexpr bool accepts = std::same_as<A, softmax>;

  template <std::size_t N, scalar T>
  [[nodiscard]] static constexpr T evaluate(T const* net, T const* out, T const* target, T* delta) noexcept {
    T largest_net = net[0], largest_out = out[0];
    for (std::size_t i = 0; i < N; ++i) {
      largest_net = largest_net < net[i] ? net[i] : largest_net;
      largest_out = largest_out < out[i] ? out[i] : largest_out;
    }
    T const mass = kernel::sum<N>([target](std::size_t i) { return target[i]; });
    // The largest output is 1 / sum exp(net - largest_net), so -log of it is what log-sum-exp exceeds largest_net by.
    T const excess = -math::log(largest_out);
    // The distance of two finite logits may be infinite, and then 0 times it would not be 0.
    T const loss = kernel::sum<N>([=](std::size_t i) {
      T const distance = target[i] == T(0) ? T(0) : largest_net - net[i];
      return target[i] * (distance + excess);
    });
    for (std::size_t i = 0; i < N; ++i) delta[i] = out[i] * mass - target[i];
    return loss;
  }
};

/// The same for linear outputs, to which softmax is still to be applied.
struct cross_entropy_with_logits {
  static constexpr char const* name = "cross_entropy_with_logits";
  static constexpr char const* wants = "a linear output layer (cross_entropy takes a softmax one)";
  static constexpr bool differentiates_net = true;
  template <class A> static constexpr bool accepts = std::same_as<A, linear>;

  template <std::size_t N, scalar T>
  [[nodiscard]] static constexpr T evaluate(T const* net, T const*, T const* target, T* delta) noexcept {
    softmax::apply<N>(net, delta);
    return cross_entropy::evaluate<N>(net, delta, target, delta);
  }
};

}  // namespace ctnn::inline CTNN_ABI
