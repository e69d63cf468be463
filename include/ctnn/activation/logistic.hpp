// SPDX-License-Identifier: BSL-1.0
/// \file The logistic (sigmoid) activation.
#pragma once
#include <ctnn/math/logistic.hpp>
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = 1 / (1 + exp(-x)), f' = f (1 - f).
struct logistic {
  static constexpr char const* name = "logistic";
  static constexpr bool derivative_needs_net = false;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept { return math::logistic(net); }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept {
    return out * (1 - out);
  }
};

}  // namespace ctnn::inline CTNN_ABI
