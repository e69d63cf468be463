// SPDX-License-Identifier: BSL-1.0
/// \file e^x - 1.
#pragma once
#include <ctnn/math/exp.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {

/// e^x - 1, accurate for small x too.
/// \errors  at most 1.5 ulp (measured 1.42 float, 1.35 double);
///          expm1(+-0) = +-0, expm1(-inf) = -1, expm1(inf) = inf, NaN gives NaN.
/// \source  Muller, Elementary Functions, 2016
template <detail::ieee_value T> [[nodiscard]] constexpr T expm1(T x) noexcept {
  using C = detail::exp_constants<T>;
  using F = detail::ieee<T>;
  using E = detail::element_t<T>;
  if constexpr (detail::ieee_binary<T>)
    if (std::is_constant_evaluated() && !(x <= C::max))  // a constant may not overflow
      return x != x ? F::nan : F::infinity;
  constexpr E lowest = detail::is_binary32<T> ? E(-18) : E(-38);  // -1 is reached
  constexpr E highest = detail::is_binary32<T> ? E(89) : E(710);  // infinity is reached
  constexpr E tiny = F::min / std::numeric_limits<E>::epsilon();
  T const y = detail::limited(x, lowest, highest);
  T const rounded = y * C::log2e + C::rounder;
  T const n = rounded - C::rounder;
  T const high = y - n * C::ln2_high;
  T const low = n * C::ln2_low;
  T const r = high - low;
  T const s = detail::exp_tail(r) + (high - r - low);  // what r lost counts twice just above ln(2)/2
  // Half of the result, as 2^n itself may overflow: scale = 2^(n-1), and r leads because scale * r is exact.
  T const scale = detail::from_bits<T>((detail::to_bits(rounded) - (F::bias + 1)) << F::fraction_bits);
  T const half = (scale - E(0.5) + scale * r) + scale * s;
  return detail::nan_if(x != x, detail::select(detail::magnitude(x) < tiny, x, T(half + half)));
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
