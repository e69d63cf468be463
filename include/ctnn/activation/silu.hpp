// SPDX-License-Identifier: BSL-1.0
/// \file The sigmoid linear unit, also called swish.
#pragma once
#include <ctnn/math/logistic.hpp>
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = x logistic(x).
/// \source  Elfwing, Uchibe, Doya 2017
struct silu {
  static constexpr char const* name = "silu";
  static constexpr bool derivative_needs_net = true;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept {
    return net * math::logistic(net);
  }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T net, T) noexcept {
    T const gate = math::logistic(net);
    return gate * (1 + net * (1 - gate));
  }
};

}  // namespace ctnn::inline CTNN_ABI
