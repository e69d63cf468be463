// SPDX-License-Identifier: BSL-1.0
/// \file The identity.
#pragma once
#include <ctnn/scalar/scalar.hpp>

namespace ctnn::inline CTNN_ABI {

/// f(x) = x. What a regression ends with.
struct linear {
  static constexpr char const* name = "linear";
  static constexpr bool derivative_needs_net = false;
  static constexpr bool is_cheap = true;

  template <scalar_or_vector T> [[nodiscard]] static constexpr T apply(T net) noexcept { return net; }
  template <scalar_or_vector T> [[nodiscard]] static constexpr T derivative(T, T) noexcept { return T{} + 1; }
};

}  // namespace ctnn::inline CTNN_ABI
