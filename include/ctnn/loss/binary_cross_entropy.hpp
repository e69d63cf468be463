// SPDX-License-Identifier: BSL-1.0
/// \file Cross-entropy of yes-or-no outputs.
#pragma once
#include <ctnn/activation/linear.hpp>
#include <ctnn/activation/logistic.hpp>
#include <ctnn/math/softplus.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <concepts>
#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// E = -1/N sum (t log(out) + (1 - t) log(1 - out)) over N logistic outputs, for targets t from 0 to 1.
/// Computed from the net input, as softplus(net) - t net, which no net input can make infinite or lose.
/// \source  PyTorch BCELoss
struct binary_cross_entropy {
  static constexpr char const* name = "binary_cross_entropy";
  static constexpr char const* wants = "logistic outputs (binary_cross_entropy_with_logits takes linear ones)";
  static constexpr bool differentiates_net = true;
  template <class A> static constexpr bool accepts = std::same_as<A, logistic>;

  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T term(T net, T, T target) noexcept {
    return static_cast<T>(1. / N) * (math::softplus(net) - target * net);
  }
  /// dE/dnet.
  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T derivative(T, T out, T target) noexcept {
    return static_cast<T>(1. / N) * (out - target);
  }
};

/// The same for linear outputs, to which the logistic function is still to be applied.
/// \source  PyTorch BCEWithLogitsLoss
struct binary_cross_entropy_with_logits {
  static constexpr char const* name = "binary_cross_entropy_with_logits";
  static constexpr char const* wants = "linear outputs (binary_cross_entropy takes logistic ones)";
  static constexpr bool differentiates_net = true;
  template <class A> static constexpr bool accepts = std::same_as<A, linear>;

  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T term(T net, T, T target) noexcept {
    return binary_cross_entropy::term<N>(net, net, target);
  }
  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T derivative(T net, T, T target) noexcept {
    return binary_cross_entropy::derivative<N>(net, math::logistic(net), target);
  }
};

}  // namespace ctnn::inline CTNN_ABI
