// SPDX-License-Identifier: BSL-1.0
/// \file Exponential function, and the parts of it that expm1, tanh, logistic, softplus and erf share.
#pragma once
#include <ctnn/math/ieee.hpp>

namespace ctnn::inline v1 {
namespace math {
namespace detail {

/// x = n ln(2) + r: n = x log2e, rounded by adding `rounder`, stands in the low bits of that sum on top of twice the
/// exponent's bias. n ln2_high is exact (Cody and Waite), so that only the last operation of r rounds.
template <ieee_binary T> struct exp_constants {
  static constexpr T log2e = is_binary32<T> ? T(0x1.715476p0F) : T(0x1.71547652b82fep0);
  static constexpr T rounder = is_binary32<T> ? T(0x1.8p23F + 254) : T(0x1.8p52 + 2046);
  static constexpr T ln2_high = is_binary32<T> ? T(0x1.62e4p-1F) : T(0x1.62e42fefa38p-1);
  static constexpr T ln2_low = is_binary32<T> ? T(0x1.7f7d1cp-20F) : T(0x1.ef35793c7673p-45);
  /// The largest x with a finite e^x.
  static constexpr T max = is_binary32<T> ? T(0x1.62e42ep6F) : T(0x1.62e42fefa39efp9);
  /// From here on e^-x is 0 and e^x infinite, and the arithmetic before the last product is in range.
  static constexpr T limit = is_binary32<T> ? T(104) : T(746);
};

/// e^r - 1 - r for |r| <= ln(2)/2. In binary32 a polynomial, minimax within 2^-27.8 of e^r; in binary64
/// e^r = 1 + 2r / (r coth(r/2) - r), where an even function takes half the terms, minimax within 2^-61.6.
template <ieee_binary T> [[nodiscard]] constexpr T exp_tail(T r) noexcept {
  if constexpr (is_binary32<T>) {
    return r * r * (0.5F + r * (0x1.555466p-3F + r * (0x1.5553p-5F + r * (0x1.1257ccp-7F + r * 0x1.6febacp-10F))));
  } else {
    T const z = r * r;
    // clang-format off
    T const c = r - z * (0x1.555555555552dp-3 + z * (-0x1.6c16c16bd9fd7p-9 + z * (0x1.1566aac07d33cp-14 +
                    z * (-0x1.bbd3aa9aa9f9ep-20 + z * 0x1.6348e7cf93434p-25))));
    // clang-format on
    return r * c / (2 - c);
  }
}

/// e^x = up down (1 + r + s): two normal powers of two, as 2^n itself may be out of range.
template <ieee_binary T> struct exp_parts {
  T r;
  T s;
  T up;
  T down;
};

/// |x| <= limit. Hot functions spell this out: the struct would be a tenth of their time in constant evaluation.
template <ieee_binary T> [[nodiscard]] constexpr exp_parts<T> exp_reduced(T x) noexcept {
  using C = exp_constants<T>;
  T const sum = x * C::log2e + C::rounder;
  T const n = sum - C::rounder;
  T const r = x - n * C::ln2_high - n * C::ln2_low;
  auto const shifted = __builtin_bit_cast(bits_of<T>, sum);
  auto const half = shifted >> 1;
  return {r, exp_tail(r), __builtin_bit_cast(T, half << ieee<T>::fraction_bits),
          __builtin_bit_cast(T, (shifted - half) << ieee<T>::fraction_bits)};
}

/// e^x for |x| <= limit; it overflows above max only.
template <ieee_binary T> [[nodiscard]] constexpr T exp_limited(T x) noexcept {
  using C = exp_constants<T>;
  T const sum = x * C::log2e + C::rounder;
  T const n = sum - C::rounder;
  T const r = x - n * C::ln2_high - n * C::ln2_low;
  auto const shifted = __builtin_bit_cast(bits_of<T>, sum);
  auto const half = shifted >> 1;
  return (1 + (r + exp_tail(r))) * __builtin_bit_cast(T, half << ieee<T>::fraction_bits) *
         __builtin_bit_cast(T, (shifted - half) << ieee<T>::fraction_bits);
}

}  // namespace detail

/// e^x.
/// \errors  at most 1 ulp (measured 0.998 float, 0.9993 double), subnormal results too;
///          e^-inf = 0, e^inf = inf, NaN gives NaN.
/// \source  Cody, Waite 1980 (range reduction); Sun's fdlibm 1993 (binary64's quotient); Muller, Elementary
///          Functions, 2016 (minimax polynomials)
template <detail::ieee_binary T> [[nodiscard]] constexpr T exp(T x) noexcept {
  using C = detail::exp_constants<T>;
  if (std::is_constant_evaluated()) {  // where nothing may overflow
    if (x >= -C::limit && x <= C::max) return detail::exp_limited(x);
    return x < 0 ? T(0) : x > 0 ? detail::ieee<T>::infinity : detail::ieee<T>::nan;
  }
  T const limited = detail::signed_as(detail::limited_magnitude(x, C::limit), x);
  return detail::nan_if(x != x, detail::exp_limited(limited));
}

}  // namespace math
}  // namespace ctnn::inline v1
