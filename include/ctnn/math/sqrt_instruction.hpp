// SPDX-License-Identifier: BSL-1.0
/// \file The target's instruction for the square root, where it has one: correctly rounded by IEEE 754.
#pragma once
#include <ctnn/math/ieee.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

#if defined(__SSE2__)
template <ieee_value T> inline constexpr bool has_sqrt_instruction = true;
#elif defined(__ARM_FP)
template <ieee_value T> inline constexpr bool has_sqrt_instruction = (__ARM_FP & (is_binary32<T> ? 4 : 8)) != 0;
#elif defined(__riscv_fdiv)
template <ieee_value T> inline constexpr bool has_sqrt_instruction = __riscv_flen >= (is_binary32<T> ? 32 : 64);
#else
template <ieee_value T> inline constexpr bool has_sqrt_instruction = false;
#endif

#if defined(__clang__)

template <ieee_value T> [[nodiscard, gnu::always_inline]] inline T sqrt_instruction(T x) noexcept {
  return __builtin_elementwise_sqrt(x);
}

#else

// GCC's builtin may set errno and then calls libm for negative numbers, so that the instruction is named.
template <ieee_binary T> [[nodiscard, gnu::always_inline]] inline T sqrt_instruction(T x) noexcept {
#if defined(__SSE2__)
  typedef T part __attribute__((vector_size(16)));
  if constexpr (is_binary32<T>)
    return __builtin_ia32_sqrtss(part{x})[0];
  else
    return __builtin_ia32_sqrtsd(part{x})[0];
#else
  T y = x;
#if defined(__aarch64__)
  if constexpr (is_binary32<T>)
    asm("fsqrt %s0, %s1" : "=w"(y) : "w"(x));
  else
    asm("fsqrt %d0, %d1" : "=w"(y) : "w"(x));
#elif defined(__arm__)
  if constexpr (is_binary32<T>)
    asm("vsqrt.f32 %0, %1" : "=t"(y) : "t"(x));
  else
    asm("vsqrt.f64 %P0, %P1" : "=w"(y) : "w"(x));
#elif defined(__riscv)
  if constexpr (is_binary32<T>)
    asm("fsqrt.s %0, %1" : "=f"(y) : "f"(x));
  else
    asm("fsqrt.d %0, %1" : "=f"(y) : "f"(x));
#endif
  return y;
#endif
}

#if defined(__AVX512F__)
inline constexpr std::size_t largest_sqrt = 64;
#elif defined(__AVX__)
inline constexpr std::size_t largest_sqrt = 32;
#else
inline constexpr std::size_t largest_sqrt = 16;
#endif

/// The square roots of a register's numbers.
template <ieee_vector T> [[nodiscard, gnu::always_inline]] inline T sqrt_of_register(T x) noexcept {
  [[maybe_unused]] constexpr bool single = is_binary32<T>;
#if defined(__AVX512F__)
  constexpr int current_rounding = 4;
  if constexpr (sizeof(T) == 64 && single)
    return __builtin_ia32_sqrtps512_mask(x, x, -1, current_rounding);
  else if constexpr (sizeof(T) == 64)
    return __builtin_ia32_sqrtpd512_mask(x, x, -1, current_rounding);
#endif
#if defined(__AVX__)
  if constexpr (sizeof(T) == 32 && single)
    return __builtin_ia32_sqrtps256(x);
  else if constexpr (sizeof(T) == 32)
    return __builtin_ia32_sqrtpd256(x);
#endif
#if defined(__SSE2__)
  if constexpr (sizeof(T) == 16 && single)
    return __builtin_ia32_sqrtps(x);
  else if constexpr (sizeof(T) == 16)
    return __builtin_ia32_sqrtpd(x);
#else
  T y{};
  for (std::size_t i = 0; i < sizeof(T) / sizeof(y[0]); ++i) y[i] = sqrt_instruction(element_t<T>(x[i]));
  return y;
#endif
}

template <ieee_vector T> [[nodiscard, gnu::always_inline]] inline T sqrt_instruction(T x) noexcept {
  constexpr std::size_t bytes = sizeof(T) < 16 ? 16 : sizeof(T) < largest_sqrt ? sizeof(T) : largest_sqrt;
  typedef element_t<T> part __attribute__((vector_size(bytes)));
  return by_parts<part, T>([](part p) { return sqrt_of_register(p); }, x);
}

#endif

}  // namespace detail
}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
