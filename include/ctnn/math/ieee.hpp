// SPDX-License-Identifier: BSL-1.0
/// \file Bit patterns of IEEE 754 binary32 and binary64, and selects that are never branches.
///
/// All of it works on numbers and on vectors of them (`__attribute__((vector_size(N)))`) alike, element by element and
/// with the same bits, so that each function of ctnn::math is written once. (For vectors wider than the registers of
/// the target GCC warns with -Wpsabi that passing them depends on its options.)
#pragma once
#include <ctnn/config/abi.hpp>
#include <ctnn/config/arithmetic.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

namespace ctnn::inline CTNN_ABI {
namespace math {
namespace detail {

/// A format is known by its precision, not by its name: on AVR `double` is binary32.
template <class T>
concept ieee_binary = std::floating_point<T> && std::numeric_limits<T>::is_iec559 &&
    (std::numeric_limits<T>::digits == 24 || std::numeric_limits<T>::digits == 53);

template <class T, bool Scalar = std::is_arithmetic_v<T>> struct element { using type = T; };
template <class T> struct element<T, false> { using type = std::remove_cvref_t<decltype(std::declval<T&>()[0])>; };
/// The number type of a number or of a vector's elements.
template <class T> using element_t = typename element<T>::type;

/// A vector of numbers, as GCC's and Clang's vector extension makes them.
template <class T>
concept ieee_vector =
    !std::is_class_v<T> && !std::is_array_v<T> && !std::is_pointer_v<T> && !std::is_arithmetic_v<T> && requires(T v) {
  v[0];
  v + v;
  requires ieee_binary<element_t<T>>;
};

/// A class with the operators of such a vector says so by this.
template <class T> inline constexpr bool is_vector_class = false;

template <class T>
concept ieee_value = ieee_binary<T> || ieee_vector<T> || is_vector_class<T>;

template <ieee_value T> inline constexpr bool is_binary32 = std::numeric_limits<element_t<T>>::digits == 24;

template <class T> using word = std::conditional_t<is_binary32<T>, std::uint32_t, std::uint64_t>;
template <class T> struct bits_type { using type = word<T>; };
template <ieee_vector T> struct bits_type<T> { typedef word<T> type __attribute__((vector_size(sizeof(T)))); };
template <class T> using bits_of = typename bits_type<T>::type;
template <class T> struct signed_bits_type { using type = std::make_signed_t<word<T>>; };
template <ieee_vector T> struct signed_bits_type<T> {
  typedef std::make_signed_t<word<T>> type __attribute__((vector_size(sizeof(T))));
};
template <class T> using signed_bits_of = typename signed_bits_type<T>::type;

template <ieee_value T> struct ieee {
  using bits = word<T>;
  using number = element_t<T>;
  static constexpr int fraction_bits = std::numeric_limits<number>::digits - 1;
  static constexpr bits bias = is_binary32<T> ? 127 : 1023;
  static constexpr bits sign = bits{1} << (is_binary32<T> ? 31 : 63);
  static constexpr bits one = bias << fraction_bits;
  static constexpr number min = std::numeric_limits<number>::min();
  static constexpr number max = std::numeric_limits<number>::max();
  /// By its bits: with -ffast-math, which a user can opt into, Clang warns of numeric_limits' infinity.
  static constexpr number infinity = __builtin_bit_cast(number, static_cast<bits>((2 * bias + 1) << fraction_bits));
  /// The default NaN: exponent and the first bit of the fraction.
  static constexpr bits quiet = ((bits{1} << (sizeof(bits) * 8 - fraction_bits)) - 1) << (fraction_bits - 1);
  /// The NaN that most functions make: all bits set, so that a mask can be or-ed into a result.
  static constexpr number nan = __builtin_bit_cast(number, static_cast<bits>(~bits{0}));
};

// std::bit_cast would be one more call, and calls are most of what a constant evaluation costs.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr bits_of<T> to_bits(T x) noexcept {
  return __builtin_bit_cast(bits_of<T>, x);
}
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T from_bits(bits_of<T> b) noexcept {
  return __builtin_bit_cast(T, b);
}

/// All bits set where the condition holds: a bool, or a vector of integers 0 and -1. Compilers keep a select through a
/// mask branch-free and vectorise it, whereas `?:` with floating-point numbers may become a branch around arithmetic
/// that could trap. With vectors it is never a branch, and an instruction less where there are mask registers.
template <ieee_value T, class Condition>
[[nodiscard, gnu::always_inline]] constexpr bits_of<T> mask(Condition condition) noexcept {
  if constexpr (ieee_vector<T>)
    return __builtin_bit_cast(bits_of<T>, condition);
  else
    return bits_of<T>{0} - static_cast<bits_of<T>>(condition);
}

/// The same number in each element.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T spread(element_t<T> x) noexcept {
  if constexpr (ieee_vector<T>)
    return x - T{};
  else
    return x;
}

template <ieee_value T, class Condition>
[[nodiscard, gnu::always_inline]] constexpr T select(Condition condition, T yes, T no) noexcept {
  if constexpr (ieee_vector<T>) {
    return condition ? yes : no;
  } else {
    auto const m = mask<T>(condition);
    return from_bits<T>((to_bits(yes) & m) | (to_bits(no) & ~m));
  }
}

/// x where the condition holds, +0 elsewhere.
template <ieee_value T, class Condition>
[[nodiscard, gnu::always_inline]] constexpr T zero_unless(Condition condition, T x) noexcept {
  if constexpr (ieee_vector<T>)
    return condition ? x : T{};
  else
    return from_bits<T>(to_bits(x) & mask<T>(condition));
}

template <ieee_value T, class Condition>
[[nodiscard, gnu::always_inline]] constexpr T nan_if(Condition condition, T otherwise) noexcept {
#ifdef __AVX512VL__
  if constexpr (ieee_vector<T>) return condition ? from_bits<T>(~bits_of<T>{}) : otherwise;  // one instruction
#endif
  return from_bits<T>(to_bits(otherwise) | mask<T>(condition));
}

template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T magnitude(T x) noexcept {
  return from_bits<T>(to_bits(x) & ~ieee<T>::sign);
}

/// Whether vectors take minima and maxima of numbers rather than of their bit patterns: x86 has an instruction for the
/// former, x < y ? x : y with y for a NaN, from SSE2 on, for the latter from SSE4.1 on, of 64 bits with AVX-512 only.
#if defined(__AVX512VL__) || !defined(__SSE2__)
template <ieee_value T> inline constexpr bool minimum_of_numbers = false;
#elif defined(__SSE4_1__)
template <ieee_value T> inline constexpr bool minimum_of_numbers = ieee_vector<T> && !is_binary32<T>;
#else
template <ieee_value T> inline constexpr bool minimum_of_numbers = ieee_vector<T>;
#endif

/// x < y ? x : y, for GCC in the only way that it makes one instruction of; elsewhere it compares and selects.
template <ieee_vector T> [[nodiscard, gnu::always_inline]] constexpr T lesser_number(T x, T y) noexcept {
#if defined(__SSE2__) && !defined(__clang__)
  if (!std::is_constant_evaluated()) {
    if constexpr (is_binary32<T> && sizeof(T) == 16) return __builtin_ia32_minps(x, y);
    if constexpr (!is_binary32<T> && sizeof(T) == 16) return __builtin_ia32_minpd(x, y);
#ifdef __AVX__
    if constexpr (is_binary32<T> && sizeof(T) == 32) return __builtin_ia32_minps256(x, y);
    if constexpr (!is_binary32<T> && sizeof(T) == 32) return __builtin_ia32_minpd256(x, y);
#endif
#ifdef __AVX512F__
    if constexpr (is_binary32<T> && sizeof(T) == 64) return __builtin_ia32_minps512_mask(x, y, T{}, -1, 4);
#endif
  }
#endif
  return x < y ? x : y;
}
/// y < x ? x : y, likewise.
template <ieee_vector T> [[nodiscard, gnu::always_inline]] constexpr T greater_number(T x, T y) noexcept {
#if defined(__SSE2__) && !defined(__clang__)
  if (!std::is_constant_evaluated()) {
    if constexpr (is_binary32<T> && sizeof(T) == 16) return __builtin_ia32_maxps(x, y);
    if constexpr (!is_binary32<T> && sizeof(T) == 16) return __builtin_ia32_maxpd(x, y);
#ifdef __AVX__
    if constexpr (is_binary32<T> && sizeof(T) == 32) return __builtin_ia32_maxps256(x, y);
    if constexpr (!is_binary32<T> && sizeof(T) == 32) return __builtin_ia32_maxpd256(x, y);
#endif
#ifdef __AVX512F__
    if constexpr (is_binary32<T> && sizeof(T) == 64) return __builtin_ia32_maxps512_mask(x, y, T{}, -1, 4);
#endif
  }
#endif
  return y < x ? x : y;
}

// A conditional expression gets a variable here before its bits are cast: cast at once, Clang would select floats.

/// min(|x|, limit), the limit for NaN. Magnitudes order like their bit patterns, and an integer minimum is no branch.
template <ieee_value T>
[[nodiscard, gnu::always_inline]] constexpr T limited_magnitude(T x, element_t<T> limit) noexcept {
  if constexpr (minimum_of_numbers<T>) {
    return lesser_number(magnitude(x), spread<T>(limit));
  }
  bits_of<T> size = __builtin_bit_cast(bits_of<T>, x) & ~ieee<T>::sign;
  bits_of<T> const most = bits_of<T>{} + __builtin_bit_cast(word<T>, limit);
  size = size < most ? size : most;
  return __builtin_bit_cast(T, size);
}

/// x, which is not negative, with one bit pattern (ieee::quiet) for each NaN that arithmetic may have made of NaN.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T one_nan(T x) noexcept {
  if constexpr (minimum_of_numbers<T>) return x == x ? x : from_bits<T>(bits_of<T>{} + ieee<T>::quiet);
  bits_of<T> const given = __builtin_bit_cast(bits_of<T>, x);
  bits_of<T> const most = bits_of<T>{} + ieee<T>::quiet;
  bits_of<T> const least = given < most ? given : most;
  return __builtin_bit_cast(T, least);
}

/// x, or the nearer limit of low < 0 < high beyond them and for NaN. Negative numbers order like their bit patterns,
/// but above all others; as signed integers they are below all others.
template <ieee_value T>
[[nodiscard, gnu::always_inline]] constexpr T limited(T x, element_t<T> low, element_t<T> high) noexcept {
  if constexpr (minimum_of_numbers<T>) {
    return greater_number(lesser_number(x, spread<T>(high)), spread<T>(low));
  }
  using integers = signed_bits_of<T>;
  integers const most = integers{} + __builtin_bit_cast(std::make_signed_t<word<T>>, high);
  bits_of<T> const least = bits_of<T>{} + __builtin_bit_cast(word<T>, low);
  integers const given = __builtin_bit_cast(integers, x);
  integers const lesser = given < most ? given : most;
  bits_of<T> const below = __builtin_bit_cast(bits_of<T>, lesser);
  bits_of<T> const result = below < least ? below : least;
  return __builtin_bit_cast(T, result);
}

/// x with its sign bit set where that of `sign` is.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T signed_as(T x, T sign) noexcept {
  return from_bits<T>(to_bits(x) | (to_bits(sign) & ieee<T>::sign));
}

// Numbers that are not negative order like their bit patterns, and integer minima, maxima cost less than comparisons
// and need no thought about NaN, which is above everything. Here b is a number in `lesser`, and NaN in `greater` if a
// is.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T lesser(T a, T b) noexcept {
  if constexpr (minimum_of_numbers<T>) return lesser_number(a, b);
  bits_of<T> const p = __builtin_bit_cast(bits_of<T>, a);
  bits_of<T> const q = __builtin_bit_cast(bits_of<T>, b);
  bits_of<T> const result = p < q ? p : q;
  return __builtin_bit_cast(T, result);
}
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr T greater(T a, T b) noexcept {
  if constexpr (minimum_of_numbers<T>) return greater_number(a, b);
  bits_of<T> const p = __builtin_bit_cast(bits_of<T>, a);
  bits_of<T> const q = __builtin_bit_cast(bits_of<T>, b);
  bits_of<T> const result = p > q ? p : q;
  return __builtin_bit_cast(T, result);
}

/// f of vectors, computed by parts of type Part, which f takes; a smaller vector is filled up with 0.
template <class Part, ieee_vector T, class F, class... X>
[[nodiscard, gnu::always_inline]] inline T by_parts(F f, X const&... x) noexcept {
  if constexpr (sizeof(T) == sizeof(Part)) {
    return __builtin_bit_cast(T, f(__builtin_bit_cast(Part, x)...));
  } else {
    constexpr std::size_t used = sizeof(T) < sizeof(Part) ? sizeof(T) : sizeof(Part);
    auto const part = [](auto const& whole, std::size_t first) {
      Part p{};
      __builtin_memcpy(&p, reinterpret_cast<char const*>(&whole) + first, used);
      return p;
    };
    T result;
    for (std::size_t first = 0; first < sizeof(T); first += used) {
      Part const p = f(part(x, first)...);
      __builtin_memcpy(reinterpret_cast<char*>(&result) + first, &p, used);
    }
    return result;
  }
}

/// The whole number nearest to x, ties to even. `other_way` has it too, but perhaps for a zero's sign, and may be two
/// operations later: where there is an instruction it is not waited for.
template <ieee_value T>
[[nodiscard, gnu::always_inline]] constexpr T to_nearest([[maybe_unused]] T x, T other_way) noexcept {
#ifdef __SSE4_1__
  if constexpr (ieee_vector<T> && is_binary32<T> && sizeof(T) <= 64)
    if (!std::is_constant_evaluated()) {
#ifdef __clang__
      return __builtin_elementwise_roundeven(x);
#else
      constexpr int nearest_even = 8;
      if constexpr (sizeof(T) == 16) return __builtin_ia32_roundps(x, nearest_even);
#ifdef __AVX__
      if constexpr (sizeof(T) == 32) return __builtin_ia32_roundps256(x, nearest_even);
#endif
#ifdef __AVX512F__
      if constexpr (sizeof(T) == 64) return __builtin_ia32_rndscaleps_mask(x, nearest_even, x, -1, 4);
#endif
#endif
    }
#endif
  return other_way;
}

/// All bits set where the sign bit is.
template <ieee_value T> [[nodiscard, gnu::always_inline]] constexpr bits_of<T> sign_mask(T x) noexcept {
  return bits_of<T>{} - (to_bits(x) >> (is_binary32<T> ? 31 : 63));
}

}  // namespace detail
}  // namespace math
}  // namespace ctnn::inline CTNN_ABI
