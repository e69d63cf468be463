// SPDX-License-Identifier: BSL-1.0
/// \file Natural logarithm.
#pragma once
#include <ctnn/math/ieee.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// log(2^k m) = log(y) for any positive y, without a special case that could trap: other y give garbage, never a NaN.
template <ieee_value T> struct log_parts {
  T k;
  T f;  ///< m - 1, exact, sqrt(1/2) <= m < sqrt(2)
};

template <ieee_value T> [[nodiscard]] constexpr log_parts<T> log_reduced(T y) noexcept {
  using F = ieee<T>;
  using bits = bits_of<T>;
  using E = element_t<T>;
  constexpr int f = F::fraction_bits;
  constexpr word<T> root_half = to_bits(is_binary32<T> ? E(0x1.6a09e6p-1F) : E(0x1.6a09e667f3bcdp-1));
  // Added to the bits of 3 * 2^(f-1), an integer adds itself: SSE2 and AVX2 convert no 64-bit integers.
  constexpr E whole = is_binary32<T> ? E(0x1.8p23F) : E(0x1.8p52);
  bits const lift = mask<T>(magnitude(y) < F::min) & f;  // makes subnormals normal
  bits const b = to_bits(y * from_bits<T>(F::one + (lift << f)));
  bits const exponent = (b + (F::one - root_half)) >> f;
  return {from_bits<T>(to_bits(whole) + exponent - lift) - (whole + E(F::bias)),
          from_bits<T>(b - (exponent << f) + F::one) - 1};
}

/// log(2^k (1 + f)) + c with about one rounding, for a c that is tiny beside the sum or stands alone.
template <ieee_value T> [[nodiscard]] constexpr T log_sum(T k, T f, T c) noexcept {
  // log(1 + f) = 2 atanh(f / (2 + f)) = f - (f^2/2 - t (f^2/2 + p(t^2))): the leading f is exact.
  T const t = f / (2 + f);
  T const z = t * t;
  T const h = element_t<T>(0.5) * f * f;
  if constexpr (is_binary32<T>) {
    T const p = z * (0x1.55557ap-1F + z * (0x1.995ed4p-2F + z * 0x1.31e0dcp-2F));
    T const high = k * 0x1.62e4p-1F;
    T const sum = high + f;
    return sum + (f - (sum - high) + (t * (h + p) - h + (k * 0x1.7f7d1cp-20F + c)));
  } else {
    // clang-format off
    T const p = z * (0x1.5555555555592p-1 + z * (0x1.999999997fef3p-2 + z * (0x1.24924941e4e28p-2 +
                z * (0x1.c71c5210847e5p-3 + z * (0x1.74663ddce57f6p-3 + z * (0x1.39a1cd247449ap-3 +
                z * 0x1.2f04f0973a01ap-3))))));
    // clang-format on
    T const high = k * 0x1.62e42fefa38p-1;
    T const sum = high + f;
    return sum + (f - (sum - high) + (t * (h + p) - h + (k * 0x1.ef35793c7673p-45 + c)));
  }
}

}  // namespace detail

/// Natural logarithm.
/// \errors  at most 1 ulp (measured 0.90 float, 0.86 double);
///          log(+-0) = -inf, log(inf) = inf, log of a negative number or NaN is NaN.
/// \source  Dekker 1971 (exact sum); Sun's fdlibm 1993 (how log(1 + f) is split); Muller, Elementary Functions, 2016
template <detail::ieee_value T> [[nodiscard]] constexpr T log(T x) noexcept {
  using F = detail::ieee<T>;
  if constexpr (detail::ieee_binary<T>)
    if (std::is_constant_evaluated() && x != x) return F::nan;  // a constant may not be computed from NaN
  auto const [k, f] = detail::log_reduced(x);
  T const finite = detail::log_sum(k, f, T{});
  T const positive = detail::select(x <= F::max, finite, detail::spread<T>(F::infinity));
  return detail::nan_if((x < 0) | (x != x), detail::select(x == 0, detail::spread<T>(-F::infinity), positive));
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
