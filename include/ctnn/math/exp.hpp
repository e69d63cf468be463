// SPDX-License-Identifier: BSL-1.0
/// \file Exponential function, and the parts of it that expm1, tanh, logistic, softplus and erf share.
#pragma once
#include <ctnn/math/ieee.hpp>
#include <ctnn/math/multiply_add.hpp>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// x = n ln(2) + r: n = x log2e, rounded by adding `rounder`, stands in the low bits of that sum on top of twice the
/// exponent's bias. n ln2_high is exact (Cody and Waite), so that only the last operation of r rounds.
template <ieee_value T> struct exp_constants {
  using E = element_t<T>;
  static constexpr E log2e = is_binary32<T> ? E(0x1.715476p0F) : E(0x1.71547652b82fep0);
  static constexpr E rounder = is_binary32<T> ? E(0x1.8p23F + 254) : E(0x1.8p52 + 2046);
  static constexpr E ln2_high = is_binary32<T> ? E(0x1.62e4p-1F) : E(0x1.62e42fefa38p-1);
  static constexpr E ln2_low = is_binary32<T> ? E(0x1.7f7d1cp-20F) : E(0x1.ef35793c7673p-45);
  /// The largest x with a finite e^x.
  static constexpr E max = is_binary32<T> ? E(0x1.62e42ep6F) : E(0x1.62e42fefa39efp9);
  /// From here on e^-x is 0 and e^x infinite, and the arithmetic before the last product is in range.
  static constexpr E limit = is_binary32<T> ? E(104) : E(746);
};

/// e^r - 1 - r for |r| <= ln(2)/2. In binary32 a polynomial, within 2^-26.8 of e^r; it is near the minimax one, chosen
/// among its neighbours for the roundings of e^x itself. In binary64 e^r = 1 + 2r / (r coth(r/2) - r), where an even
/// function takes half the terms, minimax within 2^-61.6.
template <ieee_value T> [[nodiscard]] constexpr T exp_tail(T r) noexcept {
  T const z = r * r;
  if constexpr (is_binary32<T>) {
    return z * (0.5F + r * 0x1.55541ap-3F + z * (0x1.55539p-5F + r * 0x1.127f2cp-7F + z * 0x1.6f0aacp-10F));
  } else {
    // clang-format off
    T const c = r - z * (0x1.555555555552dp-3 + z * (-0x1.6c16c16bd9fd7p-9 + z * (0x1.1566aac07d33cp-14 +
                    z * (-0x1.bbd3aa9aa9f9ep-20 + z * 0x1.6348e7cf93434p-25))));
    // clang-format on
    return r * c / (2 - c);
  }
}

/// e^x = up down (1 + r + s): two normal powers of two, as 2^n itself may be out of range.
template <ieee_value T> struct exp_parts {
  T r;
  T s;
  T up;
  T down;
};

/// |x| <= limit. Hot functions spell this out: the struct would be a tenth of their time in constant evaluation.
template <ieee_value T> [[nodiscard]] constexpr exp_parts<T> exp_reduced(T x) noexcept {
  using C = exp_constants<T>;
  T const sum = x * C::log2e + C::rounder;
  T const n = sum - C::rounder;
  T const r = x - n * C::ln2_high - n * C::ln2_low;
  auto const shifted = __builtin_bit_cast(bits_of<T>, sum);
  auto const half = shifted >> 1;
  return {r, exp_tail(r), __builtin_bit_cast(T, half << ieee<T>::fraction_bits),
          __builtin_bit_cast(T, (shifted - half) << ieee<T>::fraction_bits)};
}

/// Whether times_power is there: AVX-512 has an instruction that multiplies by 2^n and rounds once.
#ifdef __AVX512F__
template <ieee_value T> inline constexpr bool has_times_power = ieee_vector<T> && sizeof(T) >= 64;
#else
template <ieee_value T> inline constexpr bool has_times_power = false;
#endif

/// x 2^n for a whole n.
template <ieee_value T> [[nodiscard]] T times_power(T x, T n) noexcept;
#ifdef __AVX512F__
template <ieee_value T> [[nodiscard, gnu::always_inline]] inline T times_power(T x, T n) noexcept {
  typedef element_t<T> part __attribute__((vector_size(64)));
  return by_parts<part, T>(
      [](part y, part k) {
        constexpr int current_rounding = 4;
    // Both compilers take a mask of 16 bits here, but Clang an unsigned one.
#ifdef __clang__
        [[maybe_unused]] constexpr int every_float = 0xFFFF;
#else
        [[maybe_unused]] constexpr int every_float = -1;
#endif
        if constexpr (is_binary32<T>)
          return __builtin_ia32_scalefps512_mask(y, k, y, every_float, current_rounding);
        else
          return __builtin_ia32_scalefpd512_mask(y, k, y, 0xFF, current_rounding);
      },
      x, n);
}
#endif

/// e^x for |x| <= limit; it overflows above max only.
template <ieee_value T> [[nodiscard]] constexpr T exp_limited(T x) noexcept {
  using C = exp_constants<T>;
  T const sum = x * C::log2e + C::rounder;
  T const n = sum - C::rounder;
  T r;
  if constexpr (has_exact_multiply_add<T>)
    r = exact_multiply_add(n, spread<T>(-C::ln2_high), x) - n * C::ln2_low;
  else
    r = x - n * C::ln2_high - n * C::ln2_low;
  if constexpr (has_times_power<T>) return times_power(T(1 + (r + exp_tail(r))), n);  // the same bits
  auto const shifted = __builtin_bit_cast(bits_of<T>, sum);
  auto const half = shifted >> 1;
  T const up = __builtin_bit_cast(T, half << ieee<T>::fraction_bits);
  if constexpr (has_exact_multiply_add<T>)
    return exact_multiply_add(up, T(r + exp_tail(r)), up) *
           __builtin_bit_cast(T, (shifted - half) << ieee<T>::fraction_bits);
  return (up + up * (r + exp_tail(r))) * __builtin_bit_cast(T, (shifted - half) << ieee<T>::fraction_bits);
}

}  // namespace detail

/// e^x.
/// \errors  at most 1 ulp (measured 0.976 float, 0.9993 double), subnormal results too;
///          e^-inf = 0, e^inf = inf, NaN gives NaN.
/// \source  Cody, Waite 1980 (range reduction); Sun's fdlibm 1993 (binary64's quotient); Muller, Elementary
///          Functions, 2016 (minimax polynomials)
template <detail::ieee_value T> [[nodiscard]] constexpr T exp(T x) noexcept {
  using C = detail::exp_constants<T>;
  if constexpr (detail::ieee_binary<T>)
    if (std::is_constant_evaluated()) {  // where nothing may overflow
      if (x >= -C::limit && x <= C::max) return detail::exp_limited(x);
      return x < 0 ? T(0) : x > 0 ? detail::ieee<T>::infinity : detail::ieee<T>::nan;
    }
  return detail::nan_if(x != x, detail::exp_limited(detail::limited(x, -C::limit, C::limit)));
}

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
