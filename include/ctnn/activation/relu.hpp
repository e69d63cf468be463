// SPDX-License-Identifier: BSL-1.0
/// \file The rectified linear unit.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = max(x, 0), f'(0) = 0; a NaN stays one.
/// \source  Glorot, Bordes, Bengio 2011
struct relu {
  static constexpr char const* name = "relu";
  static constexpr bool derivative_needs_net = false;
  static constexpr bool is_cheap = true;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    if constexpr (math::detail::ieee_vector<T>)
      return math::detail::greater_number(T{}, net);
    else
      return net < T{} ? T{} : net;
  }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept {
    return out > T{} ? T{} + 1 : T{};
  }
};

}  // namespace ctnn::inline CTNN_ABI
