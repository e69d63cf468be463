// SPDX-License-Identifier: BSL-1.0
/// \file Functions for the arithmetic `fast`: fewer operations than ctnn::math's, and a few units in the last place
/// less exact. For binary32 with a fused multiply-add; at run time only. Their bits depend on the target.
///
/// In place of results below the normal numbers they give 0 or about 1e-38. NaN gives NaN.
#pragma once
#include <ctnn/math/multiply_add.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {

/// Whether the functions of this file are there for T.
template <class T> inline constexpr bool has_fast_functions = false;
template <detail::ieee_value T>
inline constexpr bool has_fast_functions<T> = detail::is_binary32<T>&& has_multiply_add<T>;

template <class T>
concept fast_value = has_fast_functions<T>;

namespace detail {

/// x, or the nearer limit; NaN for NaN, as the second operand is taken then.
template <fast_value T> [[nodiscard, gnu::always_inline]] inline T clamped(T x, float low, float high) noexcept {
  if constexpr (ieee_vector<T>) {
    return greater_number(spread<T>(low), lesser_number(spread<T>(high), x));
  } else {
    T const y = high < x ? high : x;
    return y < low ? low : y;
  }
}

/// c0 + c1 x + ..., pairs of terms at once.
template <fast_value T> [[nodiscard, gnu::always_inline]] inline T linear(T x, float c0, float c1) noexcept {
  return multiply_add(x, spread<T>(c1), spread<T>(c0));
}

/// 2^(x scale) = whole 2^rest with |rest| <= 1/2. |x| scale is below 127; the product is exact but for the rounding of
/// `scale`, 2^-26 of it.
template <fast_value T> struct power {
  T whole, rest;
  [[gnu::always_inline]] power(T x, float scale) noexcept {
    T const rounder = spread<T>(0x1.8p23F + 127), s = spread<T>(scale);
    T const sum = multiply_add(x, s, rounder);
    rest = multiply_add(x, s, T(rounder - sum));
    whole = from_bits<T>(to_bits(sum) << ieee<T>::fraction_bits);
  }
};

inline constexpr float log2e = 0x1.715476p0F;

}  // namespace detail

/// e^x for x <= 0, and 0 below -87, by a polynomial that is minimax within 2^-27.4.
/// \errors  (1.5 + |x| / 4) 2^-23 of the result
template <fast_value T> [[nodiscard, gnu::always_inline]] inline T fast_exp(T x) noexcept {
  using namespace detail;
  power<T> const p{x, log2e};
  T const f = p.rest, z = f * f;
  T const low = multiply_add(z, linear(f, 0x1.ebfbe4p-3F, 0x1.c6adc2p-5F), linear(f, 1, 0x1.62e432p-1F));
  T const high = multiply_add(z, spread<T>(0x1.4343a6p-13F), linear(f, 0x1.3b2972p-7F, 0x1.5fa75ap-10F));
  T const result = p.whole * multiply_add(T(z * z), high, low);
  return x < spread<T>(-87) ? T{} : result;
}

/// 1 / (1 + e^-x) = d / (d + whole n), where n / d = (a + f) / (a - f) = 2^f. a = f coth(f ln(2)/2) is an even function
/// of f, here within 2^-29.2 of 2^f.
/// \errors  (1.5 + |x| / 4) 2^-23 of the result for negative x, 1.5 2^-23 for positive
template <fast_value T> [[nodiscard, gnu::always_inline]] inline T fast_logistic(T x) noexcept {
  using namespace detail;
  power<T> const p{clamped(x, -87, 87), -log2e};
  T const f = p.rest, z = f * f;
  T const tail = linear(z, 0x1.d9308ap-4F, -0x1.e3f6eep-11F);
  T const n = multiply_add(z, tail, T(0x1.715476p1F + f));
  T const d = multiply_add(z, tail, T(0x1.715476p1F - f));
  return d / multiply_add(p.whole, n, d);
}

/// x / (1 + e^-x), and that of -87 below.
/// \errors  (2 + |x| / 4) 2^-23 of the result for negative x, 2^-22 for positive
template <fast_value T> [[nodiscard, gnu::always_inline]] inline T fast_silu(T x) noexcept {
  T const y = detail::clamped(x, -87, detail::ieee<T>::infinity);
  return y * fast_logistic(y);
}

/// tanh(x), a quotient of polynomials that is minimax within 2^-25.6 up to 8; beyond it is that of 8, 2^-22 below 1.
/// \errors  3 2^-23 of the result
template <fast_value T> [[nodiscard, gnu::always_inline]] inline T fast_tanh(T x) noexcept {
  using namespace detail;
  T const y = clamped(x, -8, 8), z = y * y, zz = z * z;
  T const n = multiply_add(zz, multiply_add(zz, spread<T>(0x1.05a65cp-26F), linear(z, 0x1.d4226ap-9F, 0x1.6f53b6p-16F)),
                           linear(z, 1, 0x1.1357d2p-3F));
  T const d = multiply_add(zz, multiply_add(zz, spread<T>(0x1.c9897ap-21F), linear(z, 0x1.acad6p-6F, 0x1.65b27ap-12F)),
                           linear(z, 1, 0x1.df013ap-2F));
  return y * n / d;
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
