// SPDX-License-Identifier: BSL-1.0
/// \file The rectified linear unit.
#pragma once
#include <ctnn/config/target.hpp>
#include <ctnn/math/ieee.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <type_traits>

namespace ctnn::inline CTNN_ABI {

/// f(x) = max(x, 0), f'(0) = 0; a NaN stays one.
/// \source  Glorot, Bordes, Bengio 2011
struct relu {
  static constexpr char const* name = "relu";
  static constexpr bool derivative_needs_net = false;
  static constexpr bool is_cheap = true;
  static constexpr bool often_flat = true;
  static constexpr bool often_zero = true;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    if constexpr (math::detail::ieee_vector<T>)
      return math::detail::greater_number(T{}, net);
    else if constexpr (floats_are_soft && math::detail::ieee_binary<T>)
      return std::is_constant_evaluated() ? (net < T{} ? T{} : net) : apply_by_bits(net);
    else
      return net < T{} ? T{} : net;
  }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept {
    return out > T{} ? T{} + 1 : T{};
  }

private:
  /// Negative numbers, down to -infinity, are in a row. Comparing numbers would be a call.
  template <class T> [[nodiscard]] static T apply_by_bits(T net) noexcept {
    using F = math::detail::ieee<T>;
    auto const bits = math::detail::to_bits(net), infinity = math::detail::to_bits(F::infinity);
    return bits > F::sign && bits <= (F::sign | infinity) ? T{} : net;
  }
};

}  // namespace ctnn::inline CTNN_ABI
