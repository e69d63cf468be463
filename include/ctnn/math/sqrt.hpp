// SPDX-License-Identifier: BSL-1.0
/// \file Square root.
#pragma once
#include <ctnn/math/ieee.hpp>

namespace ctnn::inline v1 {
namespace math {

/// Square root, correctly rounded.
/// \errors  at most 0.5 ulp; sqrt(+-0) = +-0, sqrt(inf) = inf, sqrt of a negative number or NaN is NaN.
/// \source  Markstein 1990 (Newton's steps without division); the last digit is decided in integers
template <detail::ieee_binary T> [[nodiscard]] constexpr T sqrt(T x) noexcept {
    using F = detail::ieee<T>;
    using bits = detail::bits_of<T>;
    constexpr int f = F::fraction_bits;
    constexpr bits hidden = bits{1} << f;
    constexpr int top = f + (detail::is_binary32<T> ? 8 : 11);

    if (std::is_constant_evaluated() && x != x) return F::nan;  // a constant may not be computed from NaN
    // x = m 4^k with 1/2 <= m < 2; special x take part with numbers that are harmless.
    bits const lift = detail::mask<T>(detail::magnitude(x) < F::min) & ((f + 2) & ~1);  // even, and makes subnormals normal
    bits const b = detail::to_bits(x * detail::from_bits<T>(F::one + (lift << f)));
    bits const exponent = b >> f;
    bits const odd = exponent & 1;
    bits const significand = (b & (hidden - 1)) | hidden;
    bits const binade = (F::bias - 2 + odd) << f;  // of m and of its root alike, less the hidden bit
    T const m = detail::from_bits<T>(binade + significand);

    // y -> 1/sqrt(m): halving and negating the bit pattern is within 3.5 %; each step squares that.
    constexpr bits magic = detail::is_binary32<T> ? bits(0x5f375a86) : bits(0x5fe6eb50c7b537a9);
    T const h = T(0.5) * m;
    T y = detail::from_bits<T>(magic - (detail::to_bits(m) >> 1));
    y = y * (T(1.5) - h * y * y);
    y = y * (T(1.5) - h * y * y);
    if constexpr (!detail::is_binary32<T>) y = y * (T(1.5) - h * y * y);
    T const close = m * y;
    T const root = close + T(0.5) * y * (m - close * close);

    // `root` is at most one unit off. On the scale of its significand s, m is `target`: the exact root lies above
    // s + 1/2 when target - s^2 > s, below s - 1/2 when target - s^2 <= -s, and never at a tie. Those differences are
    // small, so that arithmetic modulo 2^32 (2^64) has all of them, and their signs are its top bits.
    bits const s = detail::to_bits(root) - binade;
    bits const excess = (significand << (f + 1 - static_cast<int>(odd))) - s * s;
    bits const up = (s - excess) >> top;
    bits const down = (excess + s - 1) >> top;
    bits const power = (exponent >> 1) - (F::bias >> 1) - (lift >> 1);
    T const ordinary = detail::from_bits<T>(binade + s + up - down + (power << f));
    return detail::nan_if(!(x >= 0), detail::select((x == 0) | (x > F::max), x, ordinary));
}

}  // namespace math
}  // namespace ctnn::inline v1
