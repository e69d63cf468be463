// SPDX-License-Identifier: BSL-1.0
/// \file The Huber loss: squared for small errors, linear for large ones.
#pragma once
#include <ctnn/activation/concepts.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// E = 1/N sum h(out - target) over N outputs, h(e) = e^2 / 2 for |e| <= Delta and Delta (|e| - Delta/2) beyond.
/// \source  Huber 1964; PyTorch HuberLoss
template <double Delta> struct huber_with {
  static_assert(Delta > 0, "the delta of huber_with must be positive");

  static constexpr char const* name = "huber";
  static constexpr char const* wants = "an element-wise activation";
  static constexpr bool differentiates_net = false;
  template <class A> static constexpr bool accepts = elementwise_activation<A>;

  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T term(T, T out, T target) noexcept {
    T const error = out < target ? target - out : out - target;
    T const squared = static_cast<T>(.5) * (error * error);
    T const linear = static_cast<T>(Delta) * (error - static_cast<T>(.5 * Delta));
    return static_cast<T>(1. / N) * (error <= static_cast<T>(Delta) ? squared : linear);
  }
  template <std::size_t N, scalar T> [[nodiscard]] static constexpr T derivative(T, T out, T target) noexcept {
    constexpr auto delta = static_cast<T>(Delta);
    T const error = out - target;
    return static_cast<T>(1. / N) * (error < -delta ? -delta : delta < error ? delta : error);
  }
};

/// The usual delta, 1.
using huber = huber_with<1.>;

}  // namespace ctnn::inline CTNN_ABI
