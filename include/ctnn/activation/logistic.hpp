// SPDX-License-Identifier: BSL-1.0
/// \file The logistic (sigmoid) activation.
#pragma once
#include <ctnn/math/fast.hpp>
#include <ctnn/math/logistic.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <type_traits>

namespace ctnn::inline CTNN_ABI {

namespace detail {
struct fast_logistic;
}

/// f(x) = 1 / (1 + exp(-x)), f' = f (1 - f).
struct logistic {
  static constexpr char const* name = "logistic";
  static constexpr bool derivative_needs_net = false;
  using fast_form = detail::fast_logistic;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept { return math::logistic(net); }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T out) noexcept {
    return out * (1 - out);
  }
};

namespace detail {
/// For the arithmetic `fast`.
struct fast_logistic : logistic {
  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    if constexpr (math::has_fast_functions<T>)
      if (!std::is_constant_evaluated()) return math::fast_logistic(net);
    return math::logistic(net);
  }
};
}  // namespace detail

}  // namespace ctnn::inline CTNN_ABI
