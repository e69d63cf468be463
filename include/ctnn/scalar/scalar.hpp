// SPDX-License-Identifier: BSL-1.0
/// \file The number types that a network can be made of.
#pragma once
#include <concepts>
#include <limits>

namespace ctnn::inline v1 {

/// Whether T can be a network's scalar. A further number type opts in by specialising this to true and by overloading
/// the functions of ctnn::math that the activations in use call.
template <class T> inline constexpr bool is_scalar = false;
template <> inline constexpr bool is_scalar<float> = true;
template <> inline constexpr bool is_scalar<double> = true;

template <class T>
concept scalar = is_scalar<T> && std::regular<T> && requires(T a, T b) {
  { a + b } -> std::same_as<T>;
  { a * b } -> std::same_as<T>;
  { a < b } -> std::convertible_to<bool>;
  static_cast<T>(1.5);
};

/// |a - b| <= tolerance, or a = b, infinities too; false if either is NaN.
template <std::floating_point T> [[nodiscard]] constexpr bool near(T a, T b, T tolerance) noexcept {
  if (a == b) return tolerance >= T(0);
  return a < b ? b - a <= tolerance : b < a && a - b <= tolerance;
}

/// False for infinities and NaN; needs no arithmetic that a compiler refuses in a constant expression.
template <std::floating_point T> [[nodiscard]] constexpr bool is_finite(T x) noexcept {
  constexpr T largest = std::numeric_limits<T>::max();
  return -largest <= x && x <= largest;
}

}  // namespace ctnn::inline v1
