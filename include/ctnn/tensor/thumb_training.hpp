// SPDX-License-Identifier: BSL-1.0
/// \file The way back through a dense layer on cores with Thumb-2 and a floating-point unit; see thumb.hpp. At run time
/// only.
///
/// Training is where instructions are many and registers few, so here VMLA and VMLS do all sums. They round each
/// product.
#pragma once
#include <ctnn/tensor/sum.hpp>
#include <ctnn/tensor/thumb.hpp>

#include <cstddef>
#include <cstdint>

namespace ctnn::inline CTNN_ABI::kernel {

/// Whether the kernels of this file are there for a layer.
template <std::size_t In, class T> inline constexpr bool trains_by_thumb = has_thumb_kernels<T>&& In >= 4;

/// y = W^T d.
/// \shape   weights[Out][In], d[Out] -> y[In]
template <std::size_t Out, std::size_t In>
void transposed_by_thumb(float const* weights, float const* d, float* y) noexcept;

/// W -= rate (d x^T): plain gradient descent. For the biases, let d be 1 and x be the errors.
/// \shape   d[rows], x[In], w[rows][In]
template <std::size_t In>
void descend_by_thumb(float rate, float const* d, float const* x, float* w, std::size_t rows) noexcept;

/// The largest |x[i]| as twice its bit pattern; a NaN counts as larger than infinity.
/// \shape   x[n], n > 0
template <class T> std::uint32_t largest_magnitude_by_thumb(T const* x, std::size_t n) noexcept;

/// error *= F'(y), for an F whose derivative needs the output alone.
/// \shape   y[N], error[N]
template <std::size_t N, class F> void chain_by_thumb(float const* y, float* error) noexcept;

#if defined(__thumb2__) && defined(__ARM_FP) && (__ARM_FP & 4) != 0
template <std::size_t Out, std::size_t In>
[[gnu::noinline]] void transposed_by_thumb(float const* weights, float const* d, float* y) noexcept {
  float const* const end = weights + In / 4 * 4;
  float* to = y;
  do {
    float const *w = weights, *e = d;
    std::size_t more;
    // The partial sums s_0 of the four columns are in s0 to s3, s_1 in s4 to s7, and so on.
    // clang-format off
    asm volatile(
        ".if %c[rows] > 3; vldmia %[e]!, {s20-s23}; .endif; .if %c[rows] == 3; vldmia %[e], {s20-s22}; .endif\n\t"
        ".if %c[rows] == 2; vldmia %[e], {s20-s21}; .endif; .if %c[rows] == 1; vldmia %[e], {s20}; .endif\n\t"
        "vldmia %[w], {s0-s3}; add %[w], %[w], %[stride]\n\t"
        "vmul.f32 s0, s0, s20; vmul.f32 s1, s1, s20; vmul.f32 s2, s2, s20; vmul.f32 s3, s3, s20\n\t"
        ".if %c[rows] > 1\n\t"
        "vldmia %[w], {s4-s7}; add %[w], %[w], %[stride]\n\t"
        "vmul.f32 s4, s4, s21; vmul.f32 s5, s5, s21; vmul.f32 s6, s6, s21; vmul.f32 s7, s7, s21\n\t"
        ".if %c[rows] > 2\n\t"
        "vldmia %[w], {s8-s11}; add %[w], %[w], %[stride]\n\t"
        "vmul.f32 s8, s8, s22; vmul.f32 s9, s9, s22; vmul.f32 s10, s10, s22; vmul.f32 s11, s11, s22\n\t"
        ".if %c[rows] > 3\n\t"
        "vldmia %[w], {s12-s15}; add %[w], %[w], %[stride]\n\t"
        "vmul.f32 s12, s12, s23; vmul.f32 s13, s13, s23; vmul.f32 s14, s14, s23; vmul.f32 s15, s15, s23\n\t"
        ".endif; .endif; .endif\n\t"
        ".if %c[rows] > 7; mov %[more], %[rounds]\n"
        "1:\n\t"
        "vldmia %[e]!, {s20-s23}\n\t"
        "vldmia %[w], {s16-s19}; add %[w], %[w], %[stride]\n\t"
        "vmla.f32 s0, s16, s20; vmla.f32 s1, s17, s20; vmla.f32 s2, s18, s20; vmla.f32 s3, s19, s20\n\t"
        "vldmia %[w], {s16-s19}; add %[w], %[w], %[stride]\n\t"
        "vmla.f32 s4, s16, s21; vmla.f32 s5, s17, s21; vmla.f32 s6, s18, s21; vmla.f32 s7, s19, s21\n\t"
        "vldmia %[w], {s16-s19}; add %[w], %[w], %[stride]\n\t"
        "vmla.f32 s8, s16, s22; vmla.f32 s9, s17, s22; vmla.f32 s10, s18, s22; vmla.f32 s11, s19, s22\n\t"
        "vldmia %[w], {s16-s19}; add %[w], %[w], %[stride]\n\t"
        "vmla.f32 s12, s16, s23; vmla.f32 s13, s17, s23; vmla.f32 s14, s18, s23; vmla.f32 s15, s19, s23\n\t"
        "subs %[more], %[more], #1; bne 1b; .endif\n\t"
        ".if %c[rows] > 4 && %c[rows] %% 4 > 0; vldmia %[e]!, {s20}\n\t"
        "vldmia %[w], {s16-s19}; add %[w], %[w], %[stride]\n\t"
        "vmla.f32 s0, s16, s20; vmla.f32 s1, s17, s20; vmla.f32 s2, s18, s20; vmla.f32 s3, s19, s20; .endif\n\t"
        ".if %c[rows] > 4 && %c[rows] %% 4 > 1; vldmia %[e]!, {s20}\n\t"
        "vldmia %[w], {s16-s19}; add %[w], %[w], %[stride]\n\t"
        "vmla.f32 s4, s16, s20; vmla.f32 s5, s17, s20; vmla.f32 s6, s18, s20; vmla.f32 s7, s19, s20; .endif\n\t"
        ".if %c[rows] > 4 && %c[rows] %% 4 > 2; vldmia %[e]!, {s20}\n\t"
        "vldmia %[w], {s16-s19}; add %[w], %[w], %[stride]\n\t"
        "vmla.f32 s8, s16, s20; vmla.f32 s9, s17, s20; vmla.f32 s10, s18, s20; vmla.f32 s11, s19, s20; .endif\n\t"
        ".if %c[rows] > 2; vadd.f32 s0, s0, s8; vadd.f32 s1, s1, s9\n\t"
        "vadd.f32 s2, s2, s10; vadd.f32 s3, s3, s11; .endif\n\t"
        ".if %c[rows] > 3; vadd.f32 s4, s4, s12; vadd.f32 s5, s5, s13\n\t"
        "vadd.f32 s6, s6, s14; vadd.f32 s7, s7, s15; .endif\n\t"
        ".if %c[rows] > 1; vadd.f32 s0, s0, s4; vadd.f32 s1, s1, s5\n\t"
        "vadd.f32 s2, s2, s6; vadd.f32 s3, s3, s7; .endif\n\t"
        "vstmia %[y]!, {s0-s3}"
        : [w] "+r"(w), [e] "+r"(e), [y] "+r"(to), [more] "=&l"(more)
        : [stride] "rI"(In * 4), [rounds] "rI"(Out / 4 - 1), [rows] "i"(Out)
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
          "s17", "s18", "s19", "s20", "s21", "s22", "s23", "cc", "memory");
    // clang-format on
    weights += 4;
  } while (weights != end);
  for (std::size_t i = 0; i < In % 4; ++i) to[i] = dot<Out, In>(weights + i, d);
}

template <std::size_t In>
[[gnu::noinline]] void descend_by_thumb(float rate, float const* d, float const* x, float* w,
                                        std::size_t rows) noexcept {
  float const* at;
  std::size_t more;
  // clang-format off
  asm volatile(
      "1:\n\t"
      "vldmia %[e]!, {s16}; mov %[x], %[xs]\n\t"
      ".if %c[in] > 7; .if %c[copies] == 1; mov %[more], %[rounds]; .endif\n"
      "2:\n\t"
      ".rept %c[copies]\n\t"
      "vldmia %[w], {s0-s7}; vldmia %[x]!, {s8-s15}\n\t"
      "vmul.f32 s8, s8, s16; vmul.f32 s9, s9, s16; vmul.f32 s10, s10, s16; vmul.f32 s11, s11, s16\n\t"
      "vmul.f32 s12, s12, s16; vmul.f32 s13, s13, s16; vmul.f32 s14, s14, s16; vmul.f32 s15, s15, s16\n\t"
      "vmls.f32 s0, s8, %[rate]; vmls.f32 s1, s9, %[rate]; vmls.f32 s2, s10, %[rate]; vmls.f32 s3, s11, %[rate]\n\t"
      "vmls.f32 s4, s12, %[rate]; vmls.f32 s5, s13, %[rate]; vmls.f32 s6, s14, %[rate]; vmls.f32 s7, s15, %[rate]\n\t"
      "vstmia %[w]!, {s0-s7}\n\t"
      ".endr\n\t"
      ".if %c[copies] == 1; subs %[more], %[more], #1; bne 2b; .endif; .endif\n\t"
      ".if %c[in] %% 8 > 3\n\t"
      "vldmia %[w], {s0-s3}; vldmia %[x]!, {s8-s11}\n\t"
      "vmul.f32 s8, s8, s16; vmul.f32 s9, s9, s16; vmul.f32 s10, s10, s16; vmul.f32 s11, s11, s16\n\t"
      "vmls.f32 s0, s8, %[rate]; vmls.f32 s1, s9, %[rate]; vmls.f32 s2, s10, %[rate]; vmls.f32 s3, s11, %[rate]\n\t"
      "vstmia %[w]!, {s0-s3}\n\t"
      ".endif\n\t"
      ".if %c[in] %% 4 == 1\n\t"
      "vldmia %[w], {s0}; vldmia %[x]!, {s8}\n\t"
      "vmul.f32 s8, s8, s16\n\t"
      "vmls.f32 s0, s8, %[rate]\n\t"
      "vstmia %[w]!, {s0}\n\t"
      ".endif\n\t"
      ".if %c[in] %% 4 == 2\n\t"
      "vldmia %[w], {s0-s1}; vldmia %[x]!, {s8-s9}\n\t"
      "vmul.f32 s8, s8, s16; vmul.f32 s9, s9, s16\n\t"
      "vmls.f32 s0, s8, %[rate]; vmls.f32 s1, s9, %[rate]\n\t"
      "vstmia %[w]!, {s0-s1}\n\t"
      ".endif\n\t"
      ".if %c[in] %% 4 == 3\n\t"
      "vldmia %[w], {s0-s2}; vldmia %[x]!, {s8-s10}\n\t"
      "vmul.f32 s8, s8, s16; vmul.f32 s9, s9, s16; vmul.f32 s10, s10, s16\n\t"
      "vmls.f32 s0, s8, %[rate]; vmls.f32 s1, s9, %[rate]; vmls.f32 s2, s10, %[rate]\n\t"
      "vstmia %[w]!, {s0-s2}\n\t"
      ".endif\n\t"
      "subs %[out], %[out], #1; bne 1b"
      : [w] "+r"(w), [e] "+r"(d), [out] "+l"(rows), [x] "=&r"(at), [more] "=&l"(more)
      : [xs] "r"(x), [rounds] "rI"(In / 8), [in] "i"(In), [copies] "i"(In / 8 == 2 ? 2 : 1), [rate] "t"(rate)
      : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
        "cc", "memory");
  // clang-format on
}

template <class T> [[gnu::noinline]] std::uint32_t largest_magnitude_by_thumb(T const* x, std::size_t n) noexcept {
  std::uint32_t largest = 0;
  if (auto fours = n / 4; fours != 0)
    asm volatile("1:\n\t"
                 "ldmia %[x]!, {r3-r6}\n\t"
                 "cmp %[largest], r3, lsl #1; it cc; lslcc %[largest], r3, #1\n\t"
                 "cmp %[largest], r4, lsl #1; it cc; lslcc %[largest], r4, #1\n\t"
                 "cmp %[largest], r5, lsl #1; it cc; lslcc %[largest], r5, #1\n\t"
                 "cmp %[largest], r6, lsl #1; it cc; lslcc %[largest], r6, #1\n\t"
                 "subs %[fours], %[fours], #1; bne 1b"
                 : [x] "+r"(x), [fours] "+l"(fours), [largest] "+r"(largest)
                 :
                 : "r3", "r4", "r5", "r6", "cc", "memory");
  for (n %= 4; n != 0; --n) {
    auto const twice = __builtin_bit_cast(std::uint32_t, *x++) << 1;
    largest = largest < twice ? twice : largest;
  }
  return largest;
}

template <std::size_t N, class F> [[gnu::noinline]] void chain_by_thumb(float const* y, float* error) noexcept {
  for (auto fours = N / 4; fours != 0; --fours) {
    register float y0 asm("s0"), y1 asm("s1"), y2 asm("s2"), y3 asm("s3"), e0 asm("s4"), e1 asm("s5"), e2 asm("s6"),
        e3 asm("s7");
    asm volatile("vldmia %0!, {s0-s3}; vldmia %1, {s4-s7}"
                 : "+r"(y), "+r"(error), "=t"(y0), "=t"(y1), "=t"(y2), "=t"(y3), "=t"(e0), "=t"(e1), "=t"(e2), "=t"(e3)
                 :
                 : "memory");
    // Copies, as a call of F, where it is one, does not keep these registers.
    float const o0 = y0, o1 = y1, o2 = y2, o3 = y3, d0 = e0, d1 = e1, d2 = e2, d3 = e3;
    float const p0 = d0 * F::derivative(0.F, o0), p1 = d1 * F::derivative(0.F, o1), p2 = d2 * F::derivative(0.F, o2),
                p3 = d3 * F::derivative(0.F, o3);
    e0 = p0, e1 = p1, e2 = p2, e3 = p3;
    asm volatile("vstmia %0!, {s4-s7}" : "+r"(error) : "t"(e0), "t"(e1), "t"(e2), "t"(e3) : "memory");
  }
  for (std::size_t i = 0; i < N % 4; ++i) error[i] *= F::derivative(0.F, y[i]);
}
#endif

}  // namespace ctnn::inline CTNN_ABI::kernel
