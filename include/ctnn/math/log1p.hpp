// SPDX-License-Identifier: BSL-1.0
/// \file log(1 + x).
#pragma once
#include <ctnn/math/log.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {

/// log(1 + x), accurate for small x too.
/// \errors  at most 1.5 ulp (measured 0.90 float, 0.86 double);
///          log1p(+-0) = +-0, log1p(-1) = -inf, log1p(inf) = inf, below -1 and for NaN it is NaN.
/// \source  Knuth, TAOCP 2, 4.2.2 (exact sum): log(u + lost) = log(u) + lost / u
template <detail::ieee_value T> [[nodiscard]] constexpr T log1p(T x) noexcept {
  using F = detail::ieee<T>;
  T const y = detail::zero_unless((x > -1) & (x <= F::max), x);
  T const u = 1 + y;
  T const back = u - 1;
  T const lost = 1 - (u - back) + (y - back);  // 1 + x = u + lost
  auto const [k, f] = detail::log_reduced(u);
  T const ordinary = detail::signed_as(detail::log_sum(k, f, T(lost / u)), x);
  T const above = detail::select(x <= F::max, ordinary, detail::spread<T>(F::infinity));
  return detail::nan_if((x < -1) | (x != x), detail::select(x == -1, detail::spread<T>(-F::infinity), above));
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
