// SPDX-License-Identifier: BSL-1.0
/// \file cos(pi x), the shape of a cosine learning-rate schedule.
#pragma once
#include <ctnn/math/ieee.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {

/// cos(pi x).
/// \errors  at most 2 ulp of 1 for finite x of any size; exact for whole and half x; NaN for +-inf and NaN.
/// \source  Muller, Elementary Functions, 2016
template <detail::ieee_binary T> [[nodiscard]] constexpr T cospi(T x) noexcept {
  constexpr T even_from = detail::is_binary32<T> ? T(0x1p24F) : T(0x1p53);  // each number from here on is even
  constexpr T rounder = even_from / 2;
  T const size = detail::magnitude(x);
  T const half = T(0.5) * detail::zero_unless(size < even_from, size);
  // cos(pi x) has period 2 and equals sin(pi (1/2 - distance)), distance = |x - the nearest even number|.
  T const distance = detail::magnitude(2 * (half - (half + rounder - rounder)));
  T const t = T(0.5) - distance;
  T const z = t * t;
  T value;
  if constexpr (detail::is_binary32<T>)
    value =
        t * (0x1.921fb4p1F + z * (-0x1.4abba2p2F + z * (0x1.46650ep1F + z * (-0x1.31fcfcp-1F + z * 0x1.3921fp-4F))));
  else
    // clang-format off
    value = t * (0x1.921fb54442d18p1 + z * (-0x1.4abbce625be38p2 + z * (0x1.466bc67759ecbp1 +
            z * (-0x1.32d2cce5dde1fp-1 + z * (0x1.5078346662a79p-4 + z * (-0x1.e3073f4ce87dep-8 +
            z * (0x1.e8ef7030cc169p-12 + z * (-0x1.6ee95ae2421cap-16 + z * 0x1.8c1e5a0e2c265p-21))))))));
  // clang-format on
  return detail::nan_if(!(size <= detail::ieee<T>::max), value);
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
