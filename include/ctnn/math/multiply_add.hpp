// SPDX-License-Identifier: BSL-1.0
/// \file a b + c with one rounding, where the target has an instruction for it.
#pragma once
#include <ctnn/math/ieee.hpp>

#include <type_traits>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

// Clang for RISC-V defines no macro of its own for it, and __FP_FAST_FMAF is GCC's; an `fma` that is a call is no use.
#if defined(__FMA__) || defined(__FP_FAST_FMAF) || defined(__aarch64__) || (defined(__riscv_flen) && __riscv_flen >= 32)
template <class E> inline constexpr bool fuses_numbers = is_binary32<E>;
#elif defined(__ARM_FEATURE_FMA) && defined(__ARM_FP) && (__ARM_FP & 4) != 0
template <class E> inline constexpr bool fuses_numbers = is_binary32<E>;
#else
template <class E> inline constexpr bool fuses_numbers = false;
#endif
#if defined(__FMA__) || defined(__FP_FAST_FMA) || defined(__aarch64__) || (defined(__riscv_flen) && __riscv_flen >= 64)
template <> inline constexpr bool fuses_numbers<double> = sizeof(double) == 8;
#endif

}  // namespace detail

/// Whether multiply_add is one instruction, for a number or for a vector that fills a register or a part of one.
#if defined(__clang__) || defined(__FMA__) || defined(__aarch64__)
template <class T> inline constexpr bool has_multiply_add = false;
template <detail::ieee_value T> inline constexpr bool has_multiply_add<T> = detail::fuses_numbers<detail::element_t<T>>;
#else  // GCC would take a vector apart
template <class T> inline constexpr bool has_multiply_add = false;
template <detail::ieee_binary T> inline constexpr bool has_multiply_add<T> = detail::fuses_numbers<T>;
#endif

/// a b + c, rounded once. At run time only.
template <detail::ieee_value T>
requires(has_multiply_add<T>)  //
    [[nodiscard, gnu::always_inline]] inline T multiply_add(T a, T b, T c) noexcept {
#ifdef __clang__
  return __builtin_elementwise_fma(a, b, c);  // of numbers too: __builtin_fma may be a call, for errno
#else
  constexpr bool single = detail::is_binary32<T>;
  if constexpr (detail::ieee_binary<T>) {
    if constexpr (single)
      return static_cast<T>(__builtin_fmaf(a, b, c));
    else
      return static_cast<T>(__builtin_fma(a, b, c));
  } else {
#if defined(__aarch64__)
    static_assert(sizeof(T) == 16);
    if constexpr (single)
      return __builtin_aarch64_fmav4sf(a, b, c);
    else
      return __builtin_aarch64_fmav2df(a, b, c);
#elif defined(__FMA__)
    static_assert(sizeof(T) <= 64);
    if constexpr (single && sizeof(T) == 16) return __builtin_ia32_vfmaddps(a, b, c);
    if constexpr (!single && sizeof(T) == 16) return __builtin_ia32_vfmaddpd(a, b, c);
    if constexpr (single && sizeof(T) == 32) return __builtin_ia32_vfmaddps256(a, b, c);
    if constexpr (!single && sizeof(T) == 32) return __builtin_ia32_vfmaddpd256(a, b, c);
#ifdef __AVX512F__
    constexpr int current_rounding = 4;
    if constexpr (single && sizeof(T) == 64) return __builtin_ia32_vfmaddps512_mask(a, b, c, -1, current_rounding);
    if constexpr (!single && sizeof(T) == 64) return __builtin_ia32_vfmaddpd512_mask(a, b, c, -1, current_rounding);
#endif
#endif
  }
#endif
}

namespace detail {

/// Whether a vector's product and sum can be one instruction where the product is exact, which has the bits of two.
#if defined(__FMA__) || (defined(__clang__) && defined(__aarch64__))
template <ieee_value T>
inline constexpr bool has_exact_multiply_add = ieee_vector<T>&& is_binary32<T> &&
                                               sizeof(T) <= 64 && has_multiply_add<T>;
#else
template <ieee_value T> inline constexpr bool has_exact_multiply_add = false;
#endif

/// a b + c for an exact a b. Where there is no such instruction, or a constant is evaluated, in two operations.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T exact_multiply_add(T a, T b, T c) noexcept {
  if constexpr (has_exact_multiply_add<T>)
    if (!std::is_constant_evaluated()) return multiply_add(a, b, c);
  return a * b + c;
}

}  // namespace detail

}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
