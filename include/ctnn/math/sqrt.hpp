// SPDX-License-Identifier: BSL-1.0
/// \file Square root.
#pragma once
#include <ctnn/math/sqrt_instruction.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {

/// Square root, correctly rounded; both ways to compute it therefore give the same bits.
/// \errors  at most 0.5 ulp; sqrt(+-0) = +-0, sqrt(inf) = inf, sqrt of a negative number or NaN is NaN.
/// \source  Markstein 1990 (Newton's steps without division); the last digit is decided in integers
template <detail::ieee_value T> [[nodiscard]] constexpr T sqrt(T x) noexcept {
  using F = detail::ieee<T>;
  using bits = detail::bits_of<T>;
  using word = detail::word<T>;
  using E = detail::element_t<T>;
  constexpr int f = F::fraction_bits;
  constexpr word hidden = word{1} << f;
  constexpr int top = f + (detail::is_binary32<T> ? 8 : 11);

  bool constant = false;
  if constexpr (detail::ieee_binary<T>) constant = std::is_constant_evaluated();
  if (constant) {
    if constexpr (detail::ieee_binary<T>)
      if (x != x) return F::nan;  // a constant may not be computed from NaN
  } else if constexpr (detail::has_sqrt_instruction<T>) {
    // Not the square root of a negative number or NaN: Clang takes its NaN for ours, and their bits differ.
    // The sign is put back because Clang may make the select a maximum, which takes +0 of +0 and -0:
    // https://github.com/llvm/llvm-project/issues/93414
    T const root = detail::sqrt_instruction(detail::zero_unless(x >= 0, x));
    return detail::nan_if((x < 0) | (x != x), detail::signed_as(root, x));
  }
  // x = m 4^k with 1/2 <= m < 2; special x take part with numbers that are harmless.
  bits const lift = detail::mask<T>(detail::magnitude(x) < F::min) & ((f + 2) & ~1);  // makes subnormals normal; even
  bits const b = detail::to_bits(x * detail::from_bits<T>(F::one + (lift << f)));
  bits const exponent = b >> f;
  bits const odd = exponent & 1;
  bits const significand = (b & (hidden - 1)) | hidden;
  bits const binade = (F::bias - 2 + odd) << f;  // of m and of its root alike, less the hidden bit
  T const m = detail::from_bits<T>(binade + significand);

  // y -> 1/sqrt(m): halving and negating the bit pattern is within 3.5 %; each step squares that.
  constexpr word magic = detail::is_binary32<T> ? word(0x5f375a86) : word(0x5fe6eb50c7b537a9);
  T const h = E(0.5) * m;
  T y = detail::from_bits<T>(magic - (detail::to_bits(m) >> 1));
  y = y * (E(1.5) - h * y * y);
  y = y * (E(1.5) - h * y * y);
  if constexpr (!detail::is_binary32<T>) y = y * (E(1.5) - h * y * y);
  T const close = m * y;
  T const root = close + E(0.5) * y * (m - close * close);

  // `root` is at most one unit off. With s its significand and excess = m - s^2 on the scale of s^2, the exact root
  // lies above s + 1/2 when excess > s, below s - 1/2 when excess <= -s, and never at a tie. The excess is small, so
  // that arithmetic modulo 2^32 (2^64) has all of it, and the signs of the differences are their top bits.
  bits const s = detail::to_bits(root) - binade;
  bits const excess = (significand << (word(f + 1) - odd)) - s * s;
  bits const up = (s - excess) >> top;
  bits const down = (excess + s - 1) >> top;
  bits const power = (exponent >> 1) - (F::bias >> 1) - (lift >> 1);
  T const ordinary = detail::from_bits<T>(binade + s + up - down + (power << f));
  return detail::nan_if((x < 0) | (x != x), detail::select((x == 0) | (x > F::max), x, ordinary));
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
