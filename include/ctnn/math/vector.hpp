// SPDX-License-Identifier: BSL-1.0
/// \file What functions of vectors need beside arithmetic: constants, magnitudes and signs by few instructions, and
/// rare cases one by one.
#pragma once
#include <ctnn/math/ieee.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// Whether it is GCC with SSE2 only, which makes a vector of one number by two instructions, each time anew, where a
/// load would be part of the operation.
#if defined(__SSE2__) && !defined(__AVX__) && !defined(__clang__)
template <ieee_value T> inline constexpr bool loads_constants = ieee_vector<T> && sizeof(T) == 16;
#else
template <ieee_value T> inline constexpr bool loads_constants = false;
#endif
template <ieee_value T, element_t<T> X> alignas(T) inline constexpr element_t<T> repeated[]{X, X, X, X};

/// The number X in each element.
template <ieee_value T, element_t<T> X> [[nodiscard, gnu::always_inline]] constexpr T constant() noexcept {
  if constexpr (loads_constants<T>)
    if (!std::is_constant_evaluated()) {
      auto const* p = repeated<T, X>;
      __asm__("" : "+r"(p));  // of which the compiler no longer knows that it is one number
      T x;
      __builtin_memcpy(&x, __builtin_assume_aligned(p, sizeof x), sizeof x);
      return x;
    }
  return spread<T>(X);
}

/// |x|.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T absolute(T x) noexcept {
#if defined(__SSE2__) && !defined(__clang__)
  // Not by operations on integers, whose unit is another one: the way there and back would take as long as they do.
  if constexpr (ieee_vector<T> && is_binary32<T> && sizeof(T) == 16)
    if (!std::is_constant_evaluated())
      return __builtin_ia32_andps(x, constant<T, __builtin_bit_cast(float, 0x7fffffff)>());
#endif
  return magnitude(x);
}

#ifdef __SSE2__
/// The sign bits of a vector that fills a register of 16 or 32 bytes, the first element's the lowest.
template <ieee_vector T> [[nodiscard, gnu::always_inline]] inline unsigned sign_bits(T x) noexcept {
#ifdef __AVX__
  if constexpr (is_binary32<T> && sizeof(T) == 32) return static_cast<unsigned>(__builtin_ia32_movmskps256(x));
  if constexpr (!is_binary32<T> && sizeof(T) == 32) return static_cast<unsigned>(__builtin_ia32_movmskpd256(x));
#endif
  if constexpr (is_binary32<T> && sizeof(T) == 16) return static_cast<unsigned>(__builtin_ia32_movmskps(x));
  if constexpr (!is_binary32<T> && sizeof(T) == 16) return static_cast<unsigned>(__builtin_ia32_movmskpd(x));
}
#endif

/// Whether the sign bit of any element is set.
template <ieee_vector T>
requires is_binary32<T>
[[nodiscard, gnu::always_inline]] inline bool any_sign(T x) noexcept {
#if defined(__AVX__)
  if constexpr (sizeof(T) <= 32) return sign_bits(x) != 0;
#elif defined(__SSE2__)
  if constexpr (sizeof(T) == 16) return sign_bits(x) != 0;
#endif
  if constexpr (sizeof(T) > 16) {
    typedef element_t<T> half __attribute__((vector_size(sizeof(T) / 2)));
    half parts[2];
    __builtin_memcpy(parts, &x, sizeof x);
    return any_sign(from_bits<half>(to_bits(parts[0]) | to_bits(parts[1])));
  } else {
    std::uint64_t words[sizeof(T) / 8], all = 0;
    __builtin_memcpy(words, &x, sizeof x);
    for (auto const w : words) all |= w;
    return (all & 0x8000000080000000U) != 0;
  }
}

/// f of each element, where that is rare.
template <ieee_vector T, class F> [[nodiscard, gnu::noinline, gnu::cold]] inline T each(T x, F f) noexcept {
  for (std::size_t i = 0; i < sizeof(T) / sizeof(element_t<T>); ++i) x[i] = f(x[i]);
  return x;
}

}  // namespace detail
}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
