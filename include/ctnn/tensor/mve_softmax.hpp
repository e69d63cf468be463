// SPDX-License-Identifier: BSL-1.0
/// \file Softmax by vectors of four numbers; see mve.hpp.
#pragma once
#include <ctnn/math/exp.hpp>
#include <ctnn/tensor/mve_affine.hpp>
#include <ctnn/tensor/sum.hpp>

#include <cstddef>
#include <cstdint>

#ifdef CTNN_CHECKED_MVE

namespace ctnn::inline CTNN_ABI {
namespace kernel::mve {

typedef std::uint32_t words __attribute__((vector_size(16)));

/// Four floats, which the compiler knows as integers only. The instructions are volatile: none may leave the stretch of
/// code whose flags are looked at.
struct floats {
  words bits;

  [[gnu::always_inline]] friend floats operator+(floats a, floats b) noexcept {
    asm volatile(CTNN_MVE("vadd.f32 %q0, %q1, %q2") : "=w"(a.bits) : "w"(a.bits), "w"(b.bits));
    return a;
  }
  [[gnu::always_inline]] friend floats operator-(floats a, floats b) noexcept {
    asm volatile(CTNN_MVE("vsub.f32 %q0, %q1, %q2") : "=w"(a.bits) : "w"(a.bits), "w"(b.bits));
    return a;
  }
  [[gnu::always_inline]] friend floats operator*(floats a, floats b) noexcept {
    asm volatile(CTNN_MVE("vmul.f32 %q0, %q1, %q2") : "=w"(a.bits) : "w"(a.bits), "w"(b.bits));
    return a;
  }
  [[gnu::always_inline]] friend floats operator+(floats a, float b) noexcept {
    asm volatile(CTNN_MVE("vadd.f32 %q0, %q1, %2") : "=w"(a.bits) : "w"(a.bits), "r"(word(b)));
    return a;
  }
  [[gnu::always_inline]] friend floats operator-(floats a, float b) noexcept {
    asm volatile(CTNN_MVE("vsub.f32 %q0, %q1, %2") : "=w"(a.bits) : "w"(a.bits), "r"(word(b)));
    return a;
  }
  [[gnu::always_inline]] friend floats operator*(floats a, float b) noexcept {
    asm volatile(CTNN_MVE("vmul.f32 %q0, %q1, %2") : "=w"(a.bits) : "w"(a.bits), "r"(word(b)));
    return a;
  }
  [[gnu::always_inline]] friend floats operator+(float a, floats b) noexcept { return b + a; }

  /// An element, for its type.
  float operator[](std::size_t) const noexcept;

  [[gnu::always_inline]] static std::uint32_t word(float x) noexcept { return __builtin_bit_cast(std::uint32_t, x); }
};

}  // namespace kernel::mve

namespace math::detail {
template <> inline constexpr bool is_vector_class<kernel::mve::floats> = true;
template <> struct bits_type<kernel::mve::floats> { using type = kernel::mve::words; };
}  // namespace math::detail

namespace kernel::mve {

// GCC would move vectors by core registers.
[[nodiscard, gnu::always_inline]] inline floats load(float const* p) noexcept {
  floats v;
  asm volatile("vldrw.u32 %q0, [%1]" : "=w"(v.bits) : "r"(p), "m"(*reinterpret_cast<float const(*)[lanes]>(p)));
  return v;
}
[[gnu::always_inline]] inline void store(floats v, float* p) noexcept {
  asm volatile("vstrw.32 %q1, [%2]" : "=m"(*reinterpret_cast<float(*)[lanes]>(p)) : "w"(v.bits), "r"(p));
}

/// The largest number of v, or m if it is larger; NaNs are passed over.
[[nodiscard, gnu::always_inline]] inline std::uint32_t larger(std::uint32_t m, floats v) noexcept {
  asm volatile(CTNN_MVE("vmaxnmv.f32 %0, %q1") : "+r"(m) : "w"(v.bits));
  return m;
}

/// e^(x - m) for m >= x. A NaN needs no care: it goes through all operations.
[[nodiscard, gnu::always_inline]] inline floats exponential(floats x, float m) noexcept {
  words const least = words{} + floats::word(-math::detail::exp_constants<float>::limit);
  floats d = x - m;
  d.bits = d.bits < least ? d.bits : least;  // negative numbers order like their bits, and 0 and NaN are below them
  return math::detail::exp_limited(d);
}

/// y = softmax(y); the last vector overlaps the one before if N is no multiple of four.
/// \return  0 if nothing was flushed; else y is of no use
template <std::size_t N> [[nodiscard, gnu::noinline]] std::uint32_t apply_softmax(float* y) noexcept {
  static_assert(N >= lanes);
  constexpr std::size_t whole = N / lanes * lanes, last = N - lanes;
  std::uint32_t before, after;
  asm volatile("vmrs %0, fpscr\n\tbic %1, %0, %2\n\tvmsr fpscr, %1"
               : "=&r"(before), "=&r"(after)
               : "i"(flushed)
               : "memory");
  floats end = load(y + last);
  std::uint32_t most = larger(floats::word(-math::detail::ieee<float>::infinity), end);
  for (std::size_t i = 0; i < whole; i += lanes) most = larger(most, load(y + i));
  float const m = __builtin_bit_cast(float, most);
  end = exponential(end, m);
  for (std::size_t i = 0; i < whole; i += lanes) store(exponential(load(y + i), m), y + i);
  store(end, y + last);
  floats total = load(y);
  for (std::size_t i = lanes; i < whole; i += lanes) total = total + load(y + i);
  float sums[lanes];
  store(total, sums);
  for (std::size_t j = 0; j < N % lanes; ++j) sums[j] += y[whole + j];
  float const scale = 1 / combine<N>(sums);
  for (std::size_t i = 0; i < whole; i += lanes) store(load(y + i) * scale, y + i);
  store(end * scale, y + last);
  asm volatile("vmrs %0, fpscr" : "=r"(after) : : "memory");
  return end_checked(before, after);
}

}  // namespace kernel::mve
}  // namespace ctnn::inline CTNN_ABI

#endif
