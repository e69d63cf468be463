// SPDX-License-Identifier: BSL-1.0
/// \file The softplus activation, a smooth rectifier.
#pragma once
#include <ctnn/math/logistic.hpp>
#include <ctnn/math/softplus.hpp>
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = log(1 + exp(x)), f' = logistic(x).
/// \source  Dugas et al. 2001
struct softplus {
  static constexpr char const* name = "softplus";
  static constexpr bool derivative_needs_net = true;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept { return math::softplus(net); }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T net, T) noexcept {
    return math::logistic(net);
  }
};

}  // namespace ctnn::inline CTNN_ABI
