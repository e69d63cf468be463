// SPDX-License-Identifier: BSL-1.0
/// \file The hyperbolic tangent activation.
#pragma once
#include <ctnn/math/fast.hpp>
#include <ctnn/math/tanh.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <type_traits>

namespace ctnn::inline CTNN_ABI {

namespace detail {
struct fast_tanh;
}

/// f(x) = tanh(x), f' = 1 - f^2.
struct tanh {
  static constexpr char const* name = "tanh";
  static constexpr bool derivative_needs_net = false;
  using fast_form = detail::fast_tanh;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept { return math::tanh(net); }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept { return 1 - out * out; }
};

namespace detail {
/// For the arithmetic `fast`.
struct fast_tanh : tanh {
  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    if constexpr (math::has_fast_functions<T>)
      if (!std::is_constant_evaluated()) return math::fast_tanh(net);
    return math::tanh(net);
  }
};
}  // namespace detail

}  // namespace ctnn::inline CTNN_ABI
