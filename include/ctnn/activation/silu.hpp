// SPDX-License-Identifier: BSL-1.0
/// \file The sigmoid linear unit, also called swish.
#pragma once
#include <ctnn/math/fast.hpp>
#include <ctnn/math/logistic.hpp>
#include <ctnn/scalar/scalar.hpp>

#include <type_traits>

namespace ctnn::inline CTNN_ABI {

namespace detail {
struct fast_silu;
}

/// f(x) = x logistic(x).
/// \source  Elfwing, Uchibe, Doya 2017
struct silu {
  static constexpr char const* name = "silu";
  static constexpr bool derivative_needs_net = true;
  using fast_form = detail::fast_silu;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    return net * math::logistic(net);
  }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T net, T) noexcept {
    T const gate = math::logistic(net);
    return gate * (1 + net * (1 - gate));
  }
};

namespace detail {
/// For the arithmetic `fast`.
struct fast_silu : silu {
  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    if constexpr (math::has_fast_functions<T>)
      if (!std::is_constant_evaluated()) return math::fast_silu(net);
    return silu::apply(net);
  }
};
}  // namespace detail

}  // namespace ctnn::inline CTNN_ABI
