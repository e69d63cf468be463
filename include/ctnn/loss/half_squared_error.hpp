// SPDX-License-Identifier: BSL-1.0
/// \file Half the squared error, the loss of the tutorials.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// E = 1/2 sum (target - out)^2, dE/dout = out - target.
/// \source  Rumelhart, Hinton, Williams 1986
struct half_squared_error {
  static constexpr char const* name = "half_squared_error";
  static constexpr char const* wants = "an element-wise activation";
  static constexpr bool differentiates_net = false;
  template <class A> static constexpr bool accepts = elementwise_activation<A>;

  template <std::size_t, scalar T> [[nodiscard]] static constexpr T term(T, T out, T target) noexcept {
    return static_cast<T>(.5) * ((target - out) * (target - out));
  }
  template <std::size_t, scalar T> [[nodiscard]] static constexpr T derivative(T, T out, T target) noexcept {
    return out - target;
  }
};

}  // namespace ctnn::inline CTNN_ABI
