// SPDX-License-Identifier: BSL-1.0
/// \file Logistic function.
#pragma once
#include <ctnn/math/exp.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// A product, of which g is a power of two.
template <ieee_value T> struct logistic_factors {
  T rest;
  T g;
};

/// 1 / (1 + e^a) in binary32 for 0 <= a <= limit, as g (1 - s/d) with a = n ln(2) + r, g = 2^-n, e^r = (2 + c + r) / h,
/// h = 2 + c - r, s = 2r + g h and d = s + h. The larger part of the result is exact and roundings in s, d weigh less:
/// 1/d alone would be 2.4 ulp off. For n = 0, where s/d is no small part, it is 1/2 - r/d. Of a vector the result is
/// its two factors, so that the product can be fused with what follows.
///
/// c is r coth(r/2) - 2. Only its first term needs all of r; the second takes what is known one addition earlier, so
/// that fewer operations wait for each other.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr auto logistic_below(T a) noexcept {
  using C = exp_constants<T>;
  constexpr float rounder = 0x1.8p23F + (127 + 33);  // even, for ties; g is scaled at first, as it may be subnormal
  T const product = a * -C::log2e;
  T const sum = product + rounder;
  T const n = to_nearest(product, T(sum - rounder));  // -n above
  T high;
  if constexpr (has_exact_multiply_add<T>)
    high = exact_multiply_add(n, spread<T>(C::ln2_high), a);
  else
    high = a + n * C::ln2_high;
  T const r = high + n * C::ln2_low;
  T const g = __builtin_bit_cast(T, __builtin_bit_cast(bits_of<T>, sum) << 23) * 0x1p-33F;
  // The coefficients are near the minimax ones, chosen among their neighbours for the roundings of the result.
  T const c = r * r * (0x1.555516p-3F + high * high * -0x1.6a7d60p-9F);
  T const h = 2 - (r - c);
  T s;
  if constexpr (has_exact_multiply_add<T>)
    s = exact_multiply_add(g, h, T(r + r));  // if inexact, g h is too small for its rounding to matter
  else
    s = (r + r) + g * h;
  auto const scaled = n != 0;
  T const q = select(scaled, s, r) / (h + s);
  T const rest = select(scaled, spread<T>(1), spread<T>(0.5F)) - q;
  if constexpr (ieee_vector<T>)
    return logistic_factors<T>{rest, g};
  else
    return rest * g;
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
    auto const below = detail::logistic_below(detail::limited_magnitude(x, C::limit));
    if constexpr (detail::ieee_vector<T>) {
      // below + 0 or 1 - below, with what depends on x alone ready early. -0 may count as negative.
      detail::bits_of<T> const given = __builtin_bit_cast(detail::bits_of<T>, x);
      T const g = __builtin_bit_cast(T, __builtin_bit_cast(detail::bits_of<T>, below.g) ^ (~given & F::sign));
      T const start = __builtin_bit_cast(detail::signed_bits_of<T>, x) < 0 ? T{} : detail::spread<T>(1);
      return detail::exact_multiply_add(below.rest, g, detail::nan_if(x != x, start));
    } else {
      T const above = 1 - below;
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
