// SPDX-License-Identifier: BSL-1.0
/// \file The number types that a network can be made of.
#pragma once
#include <ctnn/config/abi.hpp>
#include <ctnn/config/arithmetic.hpp>

#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {

/// Whether T can be a network's scalar. A further number type opts in by specialising this to true and by overloading
/// the functions of ctnn::math that the activations in use call.
template <class T> inline constexpr bool is_scalar = false;
template <> inline constexpr bool is_scalar<float> = true;
template <> inline constexpr bool is_scalar<double> = true;

template <class T>
concept scalar = is_scalar<T> && std::regular<T> && requires(T a, T b) {
  { a + b } -> std::same_as<T>;
  { a* b } -> std::same_as<T>;
  { a < b } -> std::convertible_to<bool>;
  static_cast<T>(1.5);
};

namespace detail {
template <class T> struct element { using type = T; };
template <class T>
requires requires(T& v) { v[0]; }
struct element<T> {
  using type = std::remove_cvref_t<decltype(std::declval<T&>()[0])>;
};
}  // namespace detail

/// What a vector consists of; a scalar itself.
template <class T> using element_of_value = typename detail::element<T>::type;

/// A scalar, or a vector of them by GCC's and Clang's vector extension: what activations and rules compute with.
template <class T>
concept scalar_or_vector = scalar<T> ||(!std::is_class_v<T> && !std::is_pointer_v<T> && !std::is_array_v<T> &&
                                        scalar<element_of_value<T>> && requires(T v) { v* v + v; });

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

}  // namespace ctnn::inline CTNN_ABI
