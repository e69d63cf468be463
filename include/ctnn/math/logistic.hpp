// SPDX-License-Identifier: BSL-1.0
/// \file Logistic function.
#pragma once
#include <ctnn/math/exp.hpp>
#include <ctnn/math/vector.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// What logistic functions of -a and a are made of: g - g q, and 1 - g + g q. g is a power of two.
template <ieee_value T> struct logistic_parts {
  T g;
  T q;
};

/// The parts in binary32 for 0 <= a <= limit. With a = n ln(2) + 2t, p = 2^-n, h = 1 + c - t and e^2t = (1 + c + t) / h
/// that of -a is p h / (1 + c + t + p h) = p (1 - s/d), where s = 2t + p h, d = h + s. The larger part is exact, and
/// roundings in s, d weigh less: 1/d alone would be 2.4 ulp off. For n = 0, where s/d would be no small part, it is
/// half of 1 - t/(h + t).
///
/// c is t coth(t) - 1. As operations wait for each other, only its first term needs all of t; the second takes what n
/// leaves of a / ln(2), which is known earlier.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr logistic_parts<T> logistic_of(T a) noexcept {
  using C = exp_constants<T>;
  constexpr float rounder = 0x1.8p23F + (127 + 33);  // even, for ties; p is scaled at first, as it may be subnormal
  T const product = a * constant<T, -C::log2e>();
  T const sum = product + constant<T, rounder>();
  T const n = to_nearest(product, T(sum - constant<T, rounder>()));  // -n above
  T const left = product - n;
  T const t = exact_multiply_add(n, constant<T, C::ln2_high / 2>(), T(a * constant<T, 0.5F>())) +
              n * constant<T, C::ln2_low / 2>();
  T const power = __builtin_bit_cast(T, __builtin_bit_cast(bits_of<T>, sum) << 23) * constant<T, 0x1p-33F>();
  // The coefficients are near the minimax ones, chosen among their neighbours for the roundings of the result.
  T const k = constant<T, 0x1.555508p-2F>() + left * left * constant<T, -0x1.5c4428p-9F>();
  T const rest = t * t * k - t;
  auto const scaled = n != 0;
  T const p = zero_unless(scaled, power);
  T const start = p + (t + zero_unless(scaled, t));
  T const s = exact_multiply_add(p, rest, start);  // if the product is inexact, it is too small for that to matter
  return {lesser(power, constant<T, 0.5F>()), s / (constant<T, 1.F>() + rest + s)};
}

/// Beyond this, g q may be subnormal, and inexact.
inline constexpr float logistic_exact_limit = 71;

/// g (1 - q), rounded once, for a beyond that. In a range where all is normal a power of two is added for a while,
/// which leaves those digits that the result has where it is subnormal.
template <ieee_binary T> [[nodiscard]] constexpr T tiny_logistic(T g, T q) noexcept {
  T const scaled = g * 0x1p33F;
  T const power = scaled > 0x1p-93F ? T(0) : scaled == 0x1p-93F ? T(0x1p-94F) : T(0x1p-93F);
  return (power + scaled - q * scaled - power) * 0x1p-33F;
}

}  // namespace detail

/// 1 / (1 + e^-x).
/// \errors  at most 1.5 ulp (measured 1.43 float, 1.42 double), subnormal results too;
///          logistic(-inf) = 0, logistic(inf) = 1, NaN gives NaN.
/// \source  Dekker 1971 (exact sums); Muller, Elementary Functions, 2016
template <detail::ieee_value T> [[nodiscard]] constexpr T logistic(T x) noexcept {
  using C = detail::exp_constants<T>;
  using F = detail::ieee<T>;
  if constexpr (detail::is_binary32<T>) {
    if constexpr (detail::ieee_vector<T>) {
      // Large numbers, and NaN, are rare: they are known by the order of bit patterns, and left to the other way.
      using integers = detail::signed_bits_of<T>;
      T const size = detail::absolute(x);
      integers const room =
          __builtin_bit_cast(std::int32_t, detail::logistic_exact_limit) - __builtin_bit_cast(integers, size);
      if (detail::any_sign(__builtin_bit_cast(T, room))) return detail::each(x, [](auto one) { return logistic(one); });
      auto const parts = detail::logistic_of(size);
      // What depends on n and x alone is ready early. -0 may count as negative.
      integers const given = __builtin_bit_cast(integers, x);
      T const g =
          __builtin_bit_cast(T, __builtin_bit_cast(integers, parts.g) ^ (given & static_cast<std::int32_t>(F::sign)));
      T const first = detail::absolute(T(detail::zero_unless(given >= 0, detail::constant<T, 1.F>()) - parts.g));
      return detail::exact_multiply_add(parts.q, g, first);
    } else {
      T const size = detail::limited_magnitude(x, C::limit);
      auto const parts = detail::logistic_of(size);
      T const part = parts.q * parts.g, above = (1 - parts.g) + part;
      T below = parts.g - part;
      if (size > detail::logistic_exact_limit) below = detail::tiny_logistic(parts.g, parts.q);
      if constexpr (detail::ieee_binary<T>)
        if (std::is_constant_evaluated()) return x < 0 ? below : x >= 0 ? above : F::nan;
      return detail::nan_if(x != x, detail::select(x < 0, below, above));
    }
  } else {
    // The smaller of the two results is 1 / (1 + e^-y) = scale / (1 + scale + q), as e^-y = (1 + q) / scale: its
    // numerator is exact. All is spelt out, as calls are what a constant evaluation spends its time on.
    constexpr int f = F::fraction_bits;
    T const y = -detail::limited_magnitude(x, C::limit);
    T const rounded = y * C::log2e + C::rounder;
    T const n = rounded - C::rounder;
    T const r = n * C::ln2_high - y + n * C::ln2_low;
    detail::bits_of<T> const shifted = __builtin_bit_cast(detail::bits_of<T>, rounded);
    detail::bits_of<T> const half = shifted >> 1;
    T const scale = __builtin_bit_cast(T, half << f) * __builtin_bit_cast(T, (shifted - half) << f);
    T const q = r + detail::exp_tail(r);
    T const one = 1 + scale;
    T const sum = one + q;
    T const lost = q - (sum - one) + (scale - (one - 1));
    T const quotient = 1 / sum;
    T const below = (quotient - quotient * (lost * quotient)) * scale;
    if constexpr (detail::ieee_binary<T>)
      if (std::is_constant_evaluated()) return x < 0 ? below : x >= 0 ? 1 - below : F::nan;
    return detail::nan_if(x != x, detail::select(x < 0, below, T(1 - below)));
  }
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
