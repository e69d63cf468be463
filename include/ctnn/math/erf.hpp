// SPDX-License-Identifier: BSL-1.0
/// \file Error function.
#pragma once
#include <ctnn/math/exp.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// erf(x) = x (1 + near) below the seam, where small x want relative accuracy, and 1 - e^far above.
template <ieee_value T> inline constexpr auto erf_seam = element_t<T>(is_binary32<T> ? 0.75F : 1.0F);
template <ieee_value T> inline constexpr auto erf_one = element_t<T>(is_binary32<T> ? 4 : 6);

/// erf(x)/x - 1 below the seam, minimax in z = x^2: within 2^-26.9 (binary32), 2^-55 (binary64) of erf.
template <ieee_value T> [[nodiscard]] constexpr T erf_near(T z) noexcept {
  // clang-format off
  if constexpr (is_binary32<T>)
    return 0x1.06eba8p-3F + z * (-0x1.81273ap-2F + z * (0x1.ce2b04p-4F +
           z * (-0x1.b7ac5cp-6F + z * (0x1.4f475p-8F + z * -0x1.6268acp-11F))));
  else
    return 0x1.06eba8214db68p-3 + z * (-0x1.812746b0379bdp-2 + z * (0x1.ce2f21a040d16p-4 +
           z * (-0x1.b82ce311fa93ep-6 + z * (0x1.565bccf92b301p-8 + z * (-0x1.c02db03dd7388p-11 +
           z * (0x1.f9a2baa9020b0p-14 + z * (-0x1.f4ca4d6f77799p-17 + z * (0x1.b97fd3dc0d9cbp-20 +
           z * (-0x1.5c072700df838p-23 + z * (0x1.d71b0f9571bebp-27 + z * -0x1.abae4a9c36c62p-31))))))))));
  // clang-format on
}

/// log(1 - erf(x)) from the seam to erf_one, minimax for erf: within 2^-28.2 (binary32), 2^-56.1 (binary64) of it.
template <ieee_value T> [[nodiscard]] constexpr T erf_far(T x) noexcept {
  // clang-format off
  if constexpr (is_binary32<T>)
    return -0x1.6728bcp-16F + x * (-0x1.20e104p0F + x * (-0x1.458d0ep-1F + x * (-0x1.aec0fap-4F +
           x * (0x1.765848p-6F + x * (-0x1.a42dc8p-9F + x * 0x1.bf0794p-13F)))));
  else
    return -0x1.81af07cd1549bp-23 + x * (-0x1.20dd562fae3fep+0 + x * (-0x1.45f42b4e89f2ap-1 +
           x * (-0x1.a4da4e3e7da3dp-4 + x * (0x1.38939ae5ff479p-6 + x * (0x1.261b4629e0693p-12 +
           x * (-0x1.cfbb22c27d04dp-10 + x * (0x1.5027ea8116555p-11 + x * (-0x1.77f6a6928d71ap-15 +
           x * (-0x1.2725f0090f3ecp-14 + x * (0x1.79cefaf2bae5bp-15 + x * (-0x1.151022280030ep-16 +
           x * (0x1.2263712d4b27cp-18 + x * (-0x1.c8a891ecb123fp-21 + x * (0x1.0df4cf6398cf8p-23 +
           x * (-0x1.d4397dfde2148p-27 + x * (0x1.19f3fedac3693p-30 + x * (-0x1.a5e1ff32c65a6p-35 +
           x * 0x1.2775241a0a21bp-40)))))))))))))))));
  // clang-format on
}

}  // namespace detail

/// Error function, 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x; gelu needs it.
/// \errors  at most 1.5 ulp (measured 1.43 float, 1.41 double);
///          erf(+-0) = +-0, erf(+-inf) = +-1, NaN gives NaN.
/// \source  Abramowitz, Stegun 1964, 7.1; Muller, Elementary Functions, 2016 (minimax polynomials)
template <detail::ieee_value T> [[nodiscard]] constexpr T erf(T x) noexcept {
  T const a = detail::limited_magnitude(x, detail::erf_one<T>);
  T const near = a + a * detail::erf_near(T(a * a));
  detail::exp_parts<T> const e = detail::exp_reduced(detail::erf_far(a));
  T const scale = e.up * e.down;
  T const far = 1 - scale - scale * (e.r + e.s);
  return detail::nan_if(x != x, detail::signed_as(detail::select(a < detail::erf_seam<T>, near, far), x));
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
