// SPDX-License-Identifier: BSL-1.0
/// \file The hyperbolic tangent activation.
#pragma once
#include <ctnn/math/tanh.hpp>
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = tanh(x), f' = 1 - f^2.
struct tanh {
  static constexpr char const* name = "tanh";
  static constexpr bool derivative_needs_net = false;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept { return math::tanh(net); }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept { return 1 - out * out; }
};

}  // namespace ctnn::inline CTNN_ABI
