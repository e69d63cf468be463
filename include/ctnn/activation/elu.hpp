// SPDX-License-Identifier: BSL-1.0
/// \file The exponential linear unit.
#pragma once
#include <ctnn/math/expm1.hpp>
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = x above 0, Alpha (exp(x) - 1) elsewhere.
/// \source  Clevert, Unterthiner, Hochreiter 2016
template <double Alpha> struct elu_with {
  static_assert(Alpha > 0, "the alpha of elu_with must be positive");

  static constexpr char const* name = "elu";
  static constexpr bool derivative_needs_net = false;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    T const negative = static_cast<element_of_value<T>>(Alpha) * math::expm1(net < T{} ? net : T{});
    return net < T{} ? negative : net;
  }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept {
    return out > T{} ? T{} + 1 : out + static_cast<element_of_value<T>>(Alpha);
  }
};

/// The usual alpha, 1.
using elu = elu_with<1.>;

}  // namespace ctnn::inline CTNN_ABI
