// SPDX-License-Identifier: BSL-1.0
/// \file Products of a dense layer on cores with Thumb-2 and a floating-point unit, such as the Cortex-M4F. At run time
/// only.
///
/// No compiler forms a VLDM of several weights, which takes one instruction where VLDR takes four. So the sums of four
/// rows, 16 partial sums, are assembly: a round of the loop has 4 inputs and 4 weights of each row, and works for
/// weights in the network's own order. The activation is C++.
///
/// VMLA rounds the product before it adds, as VMUL and VADD do; it is not the fused VFMA. It is one instruction in the
/// place of two, but on a Cortex-M4 three cycles in the place of two. Three products of four are added by VMLA here:
/// for net (iii) of benchmarks/firmware that is 457,000 instructions and, by the rough model there, 1,197,000 cycles.
/// With two of four it would be 522,000 and 1,134,000, and net (i) would miss its goal at -O3; with all four 393,000
/// and 1,263,000.
#pragma once
#include <ctnn/config/target.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ctnn::inline CTNN_ABI {
struct relu;
}

namespace ctnn::inline CTNN_ABI::kernel {

#if defined(__thumb2__) && defined(__ARM_FP) && (__ARM_FP & 4) != 0
/// Whether the kernels of this file are there for T.
template <class T> inline constexpr bool has_thumb_kernels = std::is_same_v<T, float>;

namespace thumb {

/// For a layer without biases: x + absent = x for every x.
inline constexpr float no_bias[4]{-0.F, -0.F, -0.F, -0.F};

/// f of four numbers.
template <class F> [[gnu::always_inline]] inline void apply(float& a, float& b, float& c, float& d) noexcept {
  if constexpr (std::is_same_v<F, relu>) {
    // Its zero is in a core register: compilers keep it in a register of floats, which is saved on the stack by pairs.
#if __ARM_ARCH >= 8  // FPv5 for sure; its VMAXNM would lose a NaN
    asm("vmov s16, %[zero]; vcmp.f32 s16, %[a]; vmrs APSR_nzcv, fpscr\n\t"
        "vcmp.f32 s16, %[b]; vselgt.f32 %[a], s16, %[a]; vmrs APSR_nzcv, fpscr\n\t"
        "vcmp.f32 s16, %[c]; vselgt.f32 %[b], s16, %[b]; vmrs APSR_nzcv, fpscr\n\t"
        "vcmp.f32 s16, %[d]; vselgt.f32 %[c], s16, %[c]; vmrs APSR_nzcv, fpscr; vselgt.f32 %[d], s16, %[d]"
        : [a] "+t"(a), [b] "+t"(b), [c] "+t"(c), [d] "+t"(d)
        : [zero] "r"(0)
        : "s16", "cc");
#else
    asm("vcmp.f32 %[a], #0; vmrs APSR_nzcv, fpscr\n\t"
        "vcmp.f32 %[b], #0; it mi; vmovmi %[a], %[zero]; vmrs APSR_nzcv, fpscr\n\t"
        "vcmp.f32 %[c], #0; it mi; vmovmi %[b], %[zero]; vmrs APSR_nzcv, fpscr\n\t"
        "vcmp.f32 %[d], #0; it mi; vmovmi %[c], %[zero]; vmrs APSR_nzcv, fpscr; it mi; vmovmi %[d], %[zero]"
        : [a] "+t"(a), [b] "+t"(b), [c] "+t"(c), [d] "+t"(d)
        : [zero] "r"(0)
        : "cc");
#endif
  } else {
    a = F::apply(a), b = F::apply(b), c = F::apply(c), d = F::apply(d);
  }
}

/// y = f(W x + b) for four rows at a time, Rest of whose columns are beyond a multiple of 4. At the end rows are
/// computed again, so that there are four, unless their number is Whole; a layer of Three is a case of its own.
/// Least <= in <= Most is what the compiler knows of in.
/// \shape   w[out][in], behind it bias[out], x[in] -> y[out]; in >= 4, out >= 3
template <std::size_t Rest, bool HasBias, bool Three, bool Whole, std::size_t Least, std::size_t Most, class F>
[[gnu::always_inline]] inline void affine(float const* w, float const* x, float* y, std::size_t in,
                                          std::size_t out) noexcept {
  // Few variables, as each is a register that is saved on the stack.
  float const* bias = w + in * out;
  auto const end = Most < 8 ? 0 : reinterpret_cast<std::uintptr_t>(x + (in - Rest));
#ifdef __clang__
#pragma clang loop unroll(disable)  // three times the code for 1 % fewer instructions
#endif
  for (;;) {
    float const *w0 = w, *w1 = w0 + in, *w2 = w1 + in, *w3 = Three ? w0 : w2 + in;
    if constexpr (!HasBias) bias = no_bias;
    register float a asm("s0"), b asm("s1"), c asm("s2"), d asm("s3");
    // The partial sums s_0 of the four rows are in s0 to s3, s_1 in s4 to s7, and so on.
    // clang-format off
    asm volatile(
      ".if %c[three]; vldmia %[bias], {s0-s2}; .else; vldmia %[bias]!, {s0-s3}; .endif\n\t"
      ".if %c[most] > 4; vldmia %[x]!, {s20-s23}; .else; vldmia %[x], {s20-s23}; .endif\n\t"
      "vldmia %[w0]!, {s16-s19}; vmla.f32 s0, s16, s20; vmul.f32 s4, s17, s21\n\t"
      "vmul.f32 s8, s18, s22; vmul.f32 s12, s19, s23\n\t"
      "vldmia %[w1]!, {s16-s19}; vmla.f32 s1, s16, s20; vmul.f32 s5, s17, s21\n\t"
      "vmul.f32 s9, s18, s22; vmul.f32 s13, s19, s23\n\t"
      "vldmia %[w2]!, {s16-s19}; vmla.f32 s2, s16, s20; vmul.f32 s6, s17, s21\n\t"
      "vmul.f32 s10, s18, s22; vmul.f32 s14, s19, s23\n\t"
      ".if !%c[three]; vldmia %[w3]!, {s16-s19}; vmla.f32 s3, s16, s20; vmul.f32 s7, s17, s21\n\t"
      "vmul.f32 s11, s18, s22; vmul.f32 s15, s19, s23; .endif\n\t"
      ".if %c[most] > 7; .if %c[least] < 8; cmp %[x], %[end]; beq 2f; .endif\n"
      "1:\n\t"
      "vldmia %[x]!, {s20-s23}\n\t"
      "vldmia %[w0]!, {s16-s19}; vmul.f32 s19, s19, s23; vmla.f32 s0, s16, s20\n\t"
      "vmla.f32 s4, s17, s21; vmla.f32 s8, s18, s22; vadd.f32 s12, s12, s19\n\t"
      "vldmia %[w1]!, {s16-s19}; vmul.f32 s19, s19, s23; vmla.f32 s1, s16, s20\n\t"
      "vmla.f32 s5, s17, s21; vmla.f32 s9, s18, s22; vadd.f32 s13, s13, s19\n\t"
      "vldmia %[w2]!, {s16-s19}; vmul.f32 s19, s19, s23; vmla.f32 s2, s16, s20\n\t"
      "vmla.f32 s6, s17, s21; vmla.f32 s10, s18, s22; vadd.f32 s14, s14, s19\n\t"
      ".if !%c[three]; vldmia %[w3]!, {s16-s19}; vmul.f32 s19, s19, s23; vmla.f32 s3, s16, s20\n\t"
      "vmla.f32 s7, s17, s21; vmla.f32 s11, s18, s22; vadd.f32 s15, s15, s19; .endif\n\t"
      "cmp %[x], %[end]; bne 1b\n"
      "2:; .endif\n\t"
      ".if %c[rest] > 0; vldmia %[x]!, {s20}\n\t"
      "vldmia %[w0]!, {s16}; vmla.f32 s0, s16, s20\n\t"
      "vldmia %[w1]!, {s16}; vmla.f32 s1, s16, s20\n\t"
      "vldmia %[w2]!, {s16}; vmla.f32 s2, s16, s20\n\t"
      ".if !%c[three]; vldmia %[w3]!, {s16}; vmla.f32 s3, s16, s20; .endif\n\t"
      ".if %c[rest] > 1; vldmia %[x]!, {s20}\n\t"
      "vldmia %[w0]!, {s16}; vmla.f32 s4, s16, s20\n\t"
      "vldmia %[w1]!, {s16}; vmla.f32 s5, s16, s20\n\t"
      "vldmia %[w2]!, {s16}; vmla.f32 s6, s16, s20\n\t"
      ".if !%c[three]; vldmia %[w3]!, {s16}; vmla.f32 s7, s16, s20; .endif\n\t"
      ".if %c[rest] > 2; vldmia %[x]!, {s20}\n\t"
      "vldmia %[w0]!, {s16}; vmla.f32 s8, s16, s20\n\t"
      "vldmia %[w1]!, {s16}; vmla.f32 s9, s16, s20\n\t"
      "vldmia %[w2]!, {s16}; vmla.f32 s10, s16, s20\n\t"
      ".if !%c[three]; vldmia %[w3]!, {s16}; vmla.f32 s11, s16, s20; .endif\n\t"
      ".endif; .endif; .endif\n\t"
      "vadd.f32 s0, s0, s8; vadd.f32 s4, s4, s12\n\t"
      "vadd.f32 s1, s1, s9; vadd.f32 s5, s5, s13\n\t"
      "vadd.f32 s2, s2, s10; vadd.f32 s6, s6, s14\n\t"
      "vadd.f32 s0, s0, s4; vadd.f32 s1, s1, s5; vadd.f32 s2, s2, s6\n\t"
      ".if !%c[three]; vadd.f32 s3, s3, s11; vadd.f32 s7, s7, s15; vadd.f32 s3, s3, s7; .endif"
        : [w0] "+r"(w0), [w1] "+r"(w1), [w2] "+r"(w2), [w3] "+r"(w3), [x] "+r"(x), [bias] "+r"(bias), "=&t"(a),
          "=&t"(b), "=&t"(c), "=&t"(d)
        : [end] "rI"(end), [least] "i"(Least), [most] "i"(Most), [rest] "i"(Rest), [three] "i"(Three)
        : "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19",
          "s20", "s21", "s22", "s23", "cc", "memory");
    // clang-format on
    // Copies, as a call of F, where it is one, does not keep these registers.
    float ya = a, yb = b, yc = c, yd = Three ? c : d;
    thumb::apply<F>(ya, yb, yc, yd);
    a = ya, b = yb, c = yc, d = yd;
    if constexpr (Three) {
      asm volatile("vstmia %0, {s0-s2}" : : "r"(y), "t"(a), "t"(b), "t"(c) : "memory");
      return;
    }
    asm volatile("vstmia %0!, {s0-s3}" : "+r"(y) : "t"(a), "t"(b), "t"(c), "t"(d) : "memory");
    out -= 4;
    if (out == 0) return;
    w = w3;
    if constexpr (Least < Most) asm("" : "+r"(in));  // Clang would keep -in in a register too
    if constexpr (Most > 4) x -= in;
    if constexpr (!Whole)
      if (out < 4) {
        auto const again = 4 - out;
        w -= again * in;
        bias -= again;
        y -= again;
        out = 4;
      }
  }
}

/// For layers of any size, as a call of its own: small code. The shape is one number, in 2^16 + out, since four
/// arguments are registers.
template <std::size_t Rest, bool HasBias, bool Three, bool Whole, class F>
[[gnu::noinline]] void affine_of_any_size(float const* w, float const* x, float* y, std::uint32_t shape) noexcept {
  affine<Rest, HasBias, Three, Whole, 4, std::size_t(-1) / 8, F>(w, x, y, shape >> 16, shape & 0xFFFFU);
}

/// For layers of one size: a call too, as layers would spill each other's registers.
template <std::size_t Out, std::size_t In, bool HasBias, class F>
[[gnu::noinline]] void affine_of_size(float const* w, float const* x, float* y) noexcept {
  affine<In % 4, HasBias, Out == 3, Out % 4 == 0, In, In, F>(w, x, y, In, Out);
}

}  // namespace thumb
#else
template <class T> inline constexpr bool has_thumb_kernels = false;
#endif

/// Whether affine_by_thumb is there for a layer. Of two rows and fewer, half the work would be in vain.
template <std::size_t Out, std::size_t In, class T>
inline constexpr bool suits_thumb = has_thumb_kernels<T>&& Out >= 3 && In >= 4;

/// y = f(W x + b), or f(W x).
/// \shape   weights[Out][In], behind it bias[Out], x[In] -> y[Out]
template <std::size_t Out, std::size_t In, bool HasBias, class F>
inline void affine_by_thumb(float const* weights, float const* x, float* y) noexcept;

/// affine_by_thumb with biases, not as a call. For layers that are small.
template <std::size_t Out, std::size_t In, class F>
inline void affine_by_thumb_in_place(float const* weights, float const* x, float* y) noexcept;

#if defined(__thumb2__) && defined(__ARM_FP) && (__ARM_FP & 4) != 0
template <std::size_t Out, std::size_t In, class F>
[[gnu::always_inline]] inline void affine_by_thumb_in_place(float const* weights, float const* x, float* y) noexcept {
  thumb::affine<In % 4, true, Out == 3, Out % 4 == 0, In, In, F>(weights, x, y, In, Out);
}

template <std::size_t Out, std::size_t In, bool HasBias, class F>
[[gnu::always_inline]] inline void affine_by_thumb(float const* weights, float const* x, float* y) noexcept {
  if constexpr (wants_small_code && Out < 65536 && In < 65536)
    thumb::affine_of_any_size<In % 4, HasBias, Out == 3, Out % 4 == 0, F>(weights, x, y, In << 16 | Out);
  else
    thumb::affine_of_size<Out, In, HasBias, F>(weights, x, y);
}
#endif

}  // namespace ctnn::inline CTNN_ABI::kernel
