// SPDX-License-Identifier: BSL-1.0
/// \file Logistic function.
#pragma once
#include <ctnn/math/exp.hpp>

namespace ctnn::inline v1 {
namespace math {

/// 1 / (1 + e^-x).
/// \errors  at most 1.5 ulp (measured 1.41 float, 1.42 double), subnormal results too;
///          logistic(-inf) = 0, logistic(inf) = 1, NaN gives NaN.
/// \source  Dekker 1971 (exact sums); Muller, Elementary Functions, 2016
template <detail::ieee_binary T> [[nodiscard]] constexpr T logistic(T x) noexcept {
  using C = detail::exp_constants<T>;
  using bits = detail::bits_of<T>;
  constexpr int f = detail::ieee<T>::fraction_bits;
  T const y = -detail::limited_magnitude(x, C::limit);
  T const rounded = y * C::log2e + C::rounder;
  T const n = rounded - C::rounder;
  T const r = n * C::ln2_high - y + n * C::ln2_low;
  bits const shifted = __builtin_bit_cast(bits, rounded);
  bits const half = shifted >> 1;
  // The smaller of the two results is 1 / (1 + e^-y) = scale / (1 + scale + q), as e^-y = (1 + q) / scale: its
  // numerator is exact, and what the sum in its denominator loses goes into a correction of the quotient.
  T const scale = __builtin_bit_cast(T, half << f) * __builtin_bit_cast(T, (shifted - half) << f);
  T const q = r + detail::exp_tail(r);
  T const one = 1 + scale;
  T const sum = one + q;
  T const lost = q - (sum - one) + (scale - (one - 1));
  T const quotient = 1 / sum;
  T const below = (quotient - quotient * (lost * quotient)) * scale;
  if (std::is_constant_evaluated()) return x < 0 ? below : x >= 0 ? 1 - below : detail::ieee<T>::nan;
  return detail::nan_if(x != x, detail::select(x < 0, below, 1 - below));
}

}  // namespace math
}  // namespace ctnn::inline v1
