// SPDX-License-Identifier: BSL-1.0
/// \file The leaky rectified linear unit.
#pragma once
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = x above 0, Slope x elsewhere.
/// \source  Maas, Hannun, Ng 2013
template <double Slope> struct leaky_relu_with {
  static_assert(Slope > 0 && Slope < 1, "the slope of leaky_relu_with must lie between 0 and 1");

  static constexpr char const* name = "leaky_relu";
  static constexpr bool derivative_needs_net = false;
  static constexpr bool is_cheap = true;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    return net < T{} ? static_cast<element_of_value<T>>(Slope) * net : net;
  }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept {
    return out > T{} ? T{} + 1 : T{} + static_cast<element_of_value<T>>(Slope);
  }
};

/// The usual slope, 0.01.
using leaky_relu = leaky_relu_with<.01>;

}  // namespace ctnn::inline CTNN_ABI
