// SPDX-License-Identifier: BSL-1.0
/// \file Softplus.
#pragma once
#include <ctnn/math/exp.hpp>
#include <ctnn/math/log.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {

/// log(1 + e^x).
/// \errors  at most 1.5 ulp (measured 1.14 float, 1.12 double), subnormal results too;
///          softplus(-inf) = 0, softplus(inf) = inf, NaN gives NaN.
/// \source  Dekker 1971 (exact sums); Muller, Elementary Functions, 2016
template <detail::ieee_value T> [[nodiscard]] constexpr T softplus(T x) noexcept {
  constexpr auto limit = detail::exp_constants<T>::limit;
  detail::exp_parts<T> const p = detail::exp_reduced(T(-detail::limited_magnitude(x, limit)));
  // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), and 1 + e^-|x| = sum + lost.
  T const high = 1 + (p.r + p.s);
  T const low = p.r - (high - 1) + p.s;
  T const e = high * p.up * p.down;
  T const sum = 1 + e;
  T const lost = e - (sum - 1) + low * p.up * p.down;
  auto const [k, f] = detail::log_reduced(sum);
  return detail::nan_if(x != x, T(detail::zero_unless(x > 0, x) + detail::log_sum(k, f, T(lost / sum))));
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
