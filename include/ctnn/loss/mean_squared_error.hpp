// SPDX-License-Identifier: BSL-1.0
/// \file The mean squared error.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// E = 1/N sum (out - target)^2 over N outputs, dE/dout = 2/N (out - target).
/// \source  PyTorch MSELoss
struct mean_squared_error {
  static constexpr char const* name = "mean_squared_error";
  static constexpr char const* wants = "an element-wise activation";
  static constexpr bool differentiates_net = false;
  template <class A> static constexpr bool accepts = elementwise_activation<A>;

  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T term(T, T out, T target) noexcept {
    return static_cast<T>(1. / N) * ((out - target) * (out - target));
  }
  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T derivative(T, T out, T target) noexcept {
    return static_cast<T>(2. / N) * (out - target);
  }
};

}  // namespace ctnn::inline CTNN_ABI
