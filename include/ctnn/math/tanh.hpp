// SPDX-License-Identifier: BSL-1.0
/// \file Hyperbolic tangent.
#pragma once
#include <ctnn/math/exp.hpp>

namespace ctnn::inline v1 {
namespace math {

/// Hyperbolic tangent.
/// \errors  at most 1.5 ulp (measured 1.43 float, 1.41 double);
///          tanh(+-0) = +-0, tanh(+-inf) = +-1, NaN gives NaN.
/// \source  Dekker 1971 (exact sums); Muller, Elementary Functions, 2016
template <detail::ieee_binary T> [[nodiscard]] constexpr T tanh(T x) noexcept {
  using C = detail::exp_constants<T>;
  using bits = detail::bits_of<T>;
  using F = detail::ieee<T>;
  constexpr T limit = detail::is_binary32<T> ? T(10) : T(20);  // 1 is reached
  T const y = -2 * detail::limited_magnitude(x, limit);
  T const rounded = y * C::log2e + C::rounder;
  T const n = rounded - C::rounder;
  T const high = y - n * C::ln2_high;
  T const low = n * C::ln2_low;
  T const r = high - low;
  T const s = detail::exp_tail(r) + (high - r - low);  // with what r lost
  // tanh|x| = d / (2 - d) with d = 1 - e^y = above + lost, as e^y = scale (1 + r + s); |y| is small enough for 2^n.
  T const scale = __builtin_bit_cast(T, (__builtin_bit_cast(bits, rounded) - F::bias) << F::fraction_bits);
  T const rest = 1 - scale;
  T const above = rest - scale * (r + s);
  T const lost = rest - above - scale * r - scale * s;
  T const below = 2 - above;
  T const quotient = above / below;
  // 1 / (2 - d) = (1 + tanh|x|) / 2
  T const result = quotient + (lost - (2 - below - above - lost) * quotient) * (T(0.5) + T(0.5) * quotient);
  if (std::is_constant_evaluated()) return x < 0 ? -result : x > 0 ? result : x == 0 ? x : F::nan;
  return detail::nan_if(x != x, detail::signed_as(result, x));
}

}  // namespace math
}  // namespace ctnn::inline v1
