// SPDX-License-Identifier: BSL-1.0
/// \file Errors kept for every layer, and what they say of the steepest slope.
#pragma once
#include <ctnn/train/backprop.hpp>

#include <cstddef>
#include <limits>

namespace ctnn::inline CTNN_ABI::detail {

/// Where the errors of layer I are kept, if each layer has its own.
template <class Net, std::size_t I>
inline constexpr std::size_t errors_at = [] {
  std::size_t at = 0;
  for (std::size_t i = 0; i < I; ++i) at += Net::layers::sizes.places[i].sizes.outputs;
  return at;
}();

/// A bound up to here is trusted: rounding cannot have taken it far from the truth.
template <class T> inline constexpr T trusted_bound = std::numeric_limits<T>::max() / 4;

/// The greater one; NaN if one of them is.
template <class T> [[nodiscard]] constexpr T greater(T a, T b) noexcept { return a > b || a != a ? a : b; }

/// The steepest slope of a layer with such errors and inputs, as magnitudes, but not less than `other`. A bias has an
/// input of 1. A NaN is steeper than anything.
template <class T> [[nodiscard]] constexpr T steeper(T error, T input, T other) noexcept {
  return greater(error * (input < T(1) ? T(1) : input), other);
}

}  // namespace ctnn::inline CTNN_ABI::detail
