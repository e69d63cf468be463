// SPDX-License-Identifier: BSL-1.0
/// \file Hyperbolic tangent.
#pragma once
#include <ctnn/math/exp.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// tanh|x| in binary32: a - a^3/Q below a = |x| = 1, 1 - 1/D above, with Q = a^3 / (a - tanh a) and D = (1 + e^2a) / 2.
/// Both formulas are b - n/d with b = min(a, 1), n = min(a^3, 1) and, as Q and D meet at 1, d = max(Q, D): the seam
/// needs no select, and NaN comes through d. There is no range reduction either, as D grows past 2^25 and so to
/// infinity.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T tanh_of_magnitude(T a) noexcept {
  T const z = a * a;
  // e^2a/2 = (v + 19/16)^8; each step multiplies by 2 (19/16)^k + v, so that near the seam, where v is near 0, what was
  // rounded before is not magnified.
  // clang-format off
  T v = -0x1.1503e8p-2F + a * 0x1.d5b26cp-3F + z * (0x1.d3657cp-6F + a * 0x1.44bba4p-9F +
        z * (0x1.e99430p-14F + a * 0x1.b8a910p-17F));
  // clang-format on
  v = v * (0x1.3p1F + v);
  v = v * (0x1.69p1F + v);
  v = v * (0x1.fd11p1F + v);
  T const d = v + 0x1.1d1326p2F;
  T const q = 0x1.800006p1F + z * (0x1.3332bap0F + z * (-0x1.750566p-8F + z * 0x1.dad29ap-13F));
  T const one = spread<T>(1);
  return lesser(a, one) - lesser(a * z, one) / greater(q, d);
}

/// tanh|x| in binary64, |x| limited: d / (2 - d) with d = 1 - e^y = above + lost, as e^y = scale (1 + r + s).
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T tanh_by_exp(T limited) noexcept {
  using C = exp_constants<T>;
  using F = ieee<T>;
  using E = element_t<T>;
  T const y = -2 * limited;
  T const rounded = y * C::log2e + C::rounder;
  T const n = rounded - C::rounder;
  T const high = y - n * C::ln2_high;
  T const low = n * C::ln2_low;
  T const r = high - low;
  T const s = exp_tail(r) + (high - r - low);  // with what r lost
  T const scale = __builtin_bit_cast(T, (__builtin_bit_cast(bits_of<T>, rounded) - F::bias) << F::fraction_bits);
  T const rest = 1 - scale;
  T const above = rest - scale * (r + s);
  T const lost = rest - above - scale * r - scale * s;
  T const below = 2 - above;
  T const quotient = above / below;
  // 1 / (2 - d) = (1 + tanh|x|) / 2
  return quotient + (lost - (2 - below - above - lost) * quotient) * (E(0.5) + E(0.5) * quotient);
}

}  // namespace detail

/// Hyperbolic tangent.
/// \errors  at most 1.5 ulp (measured 1.44 float, 1.41 double);
///          tanh(+-0) = +-0, tanh(+-inf) = +-1, NaN gives NaN.
/// \source  Dekker 1971 (exact sums); Muller, Elementary Functions, 2016
template <detail::ieee_value T> [[nodiscard]] constexpr T tanh(T x) noexcept {
  using F = detail::ieee<T>;
  using bits = detail::bits_of<T>;
  if constexpr (detail::is_binary32<T>) {
    if constexpr (detail::ieee_binary<T>)
      if (std::is_constant_evaluated()) {  // where nothing may overflow or be computed from NaN
        if (x != x) return __builtin_bit_cast(T, F::quiet | (__builtin_bit_cast(bits, x) & F::sign));
        if (!(x >= -10 && x <= 10)) return x < 0 ? T(-1) : T(1);
      }
    T const result = detail::tanh_of_magnitude(detail::magnitude(x));
    return detail::signed_as(detail::one_nan(result), x);
  } else {
    T const result = detail::tanh_by_exp(detail::limited_magnitude(x, 20));  // where 1 is reached
    if constexpr (detail::ieee_binary<T>)
      if (std::is_constant_evaluated()) return x < 0 ? -result : x > 0 ? result : x == 0 ? x : F::nan;
    return detail::nan_if(x != x, detail::signed_as(result, x));
  }
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
