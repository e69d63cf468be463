// SPDX-License-Identifier: BSL-1.0
/// \file Bit patterns of IEEE 754 binary32 and binary64, and selects that are never branches.
#pragma once
#include <ctnn/config/arithmetic.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace ctnn::inline v1 {
namespace math {
namespace detail {

/// A format is known by its precision, not by its name: on AVR `double` is binary32.
template <class T>
concept ieee_binary = std::floating_point<T> && std::numeric_limits<T>::is_iec559 &&
    (std::numeric_limits<T>::digits == 24 || std::numeric_limits<T>::digits == 53);

template <ieee_binary T> inline constexpr bool is_binary32 = std::numeric_limits<T>::digits == 24;

template <ieee_binary T> using bits_of = std::conditional_t<is_binary32<T>, std::uint32_t, std::uint64_t>;

template <ieee_binary T> struct ieee {
  using bits = bits_of<T>;
  static constexpr int fraction_bits = std::numeric_limits<T>::digits - 1;
  static constexpr bits bias = is_binary32<T> ? 127 : 1023;
  static constexpr bits sign = bits{1} << (is_binary32<T> ? 31 : 63);
  static constexpr bits one = bias << fraction_bits;
  static constexpr T min = std::numeric_limits<T>::min();
  static constexpr T max = std::numeric_limits<T>::max();
  /// By its bits: with -ffast-math, which a user can opt into, Clang warns of numeric_limits' infinity.
  static constexpr T infinity = __builtin_bit_cast(T, static_cast<bits>((2 * bias + 1) << fraction_bits));
  /// The one NaN that the functions make: all bits set, so that a mask can be or-ed into a result.
  static constexpr T nan = __builtin_bit_cast(T, static_cast<bits>(~bits{0}));
};

// std::bit_cast would be one more call, and calls are most of what a constant evaluation costs.
template <ieee_binary T> [[nodiscard]] constexpr bits_of<T> to_bits(T x) noexcept {
  return __builtin_bit_cast(bits_of<T>, x);
}
template <ieee_binary T> [[nodiscard]] constexpr T from_bits(bits_of<T> b) noexcept { return __builtin_bit_cast(T, b); }

/// All bits set where the condition holds. Compilers keep a select through a mask branch-free and vectorise it, whereas
/// `?:` with floating-point values may become a branch around arithmetic that could trap.
template <ieee_binary T> [[nodiscard]] constexpr bits_of<T> mask(bool condition) noexcept {
  return bits_of<T>{0} - static_cast<bits_of<T>>(condition);
}

template <ieee_binary T> [[nodiscard]] constexpr T select(bool condition, T yes, T no) noexcept {
  auto const m = mask<T>(condition);
  return from_bits<T>((to_bits(yes) & m) | (to_bits(no) & ~m));
}

/// x where the condition holds, +0 elsewhere.
template <ieee_binary T> [[nodiscard]] constexpr T zero_unless(bool condition, T x) noexcept {
  return from_bits<T>(to_bits(x) & mask<T>(condition));
}

template <ieee_binary T> [[nodiscard]] constexpr T nan_if(bool condition, T otherwise) noexcept {
  return from_bits<T>(to_bits(otherwise) | mask<T>(condition));
}

template <ieee_binary T> [[nodiscard]] constexpr T magnitude(T x) noexcept {
  return from_bits<T>(to_bits(x) & ~ieee<T>::sign);
}

/// min(|x|, limit), the limit for NaN. Magnitudes order like their bit patterns, and an integer minimum is no branch.
template <ieee_binary T> [[nodiscard]] constexpr T limited_magnitude(T x, T limit) noexcept {
  using bits = bits_of<T>;
  bits const size = __builtin_bit_cast(bits, x) & ~ieee<T>::sign;
  bits const most = __builtin_bit_cast(bits, limit);
  return __builtin_bit_cast(T, size < most ? size : most);
}

/// x with its sign bit set where that of `sign` is.
template <ieee_binary T> [[nodiscard]] constexpr T signed_as(T x, T sign) noexcept {
  return from_bits<T>(to_bits(x) | (to_bits(sign) & ieee<T>::sign));
}

}  // namespace detail
}  // namespace math
}  // namespace ctnn::inline v1
