// SPDX-License-Identifier: BSL-1.0
/// \file W x + b by vectors of four outputs; see mve.hpp.
#pragma once
#include <ctnn/config/target.hpp>
#include <ctnn/tensor/simd.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ctnn::inline CTNN_ABI::kernel::mve {

/// Whether packed networks of T use these kernels, and are laid out for them: blocks of four outputs.
template <class T> inline constexpr bool serves = has_checked_mve&& std::is_same_v<T, float>;

inline constexpr std::size_t lanes = 4;

#ifdef CTNN_CHECKED_MVE

/// FPSCR's flags that tell of flushing: IDC and UFC.
inline constexpr std::uint32_t flushed = 1U << 7 | 1U << 3;

/// Judges the status after something was computed, which began with these flags clear, and sets those again that were
/// set before it. If something was flushed, the status is what it was before, as if nothing had been computed.
/// \return  0 if nothing was flushed
[[nodiscard, gnu::always_inline]] inline std::uint32_t end_checked(std::uint32_t before, std::uint32_t after) noexcept {
  auto const seen = (before | after) & flushed;
  if (seen != 0) [[unlikely]] {
    auto const lost = after & flushed;
    asm volatile("vmsr fpscr, %0" : : "r"(lost == 0 ? after | before : before) : "memory");
    return lost;
  }
  return seen;
}

/// What is done with the sums, and how many blocks of them there are, in one number: the lower 23 bits are the blocks,
/// and as bits of floats, sums above the number become 0. These are, for relu, negative ones: -0 stays, and there is
/// nothing subnormal in between. Otherwise they are NaNs with a sign, which these instructions do not make.
[[nodiscard]] constexpr std::uint32_t after_sum(std::size_t blocks, bool negative_to_0) noexcept {
  return (negative_to_0 ? 0x8000'0000U : 0xFF80'0000U) | static_cast<std::uint32_t>(blocks);
}

/// How In inputs are taken: four (a group) by four, two groups a load, some loads a round.
template <std::size_t In> struct rounds_of {
  static constexpr std::size_t groups = In / 4;
  static constexpr std::size_t rest = In % 4;
  /// Loads of eight inputs after the first one.
  static constexpr std::size_t eights = groups < 2 ? 0 : groups / 2 - 1;
  static constexpr std::size_t most_unrolled = wants_small_code ? 2 : 6;
  /// In a round, so that little is left beside the rounds, of which there are two at least.
  static constexpr std::size_t per_round = [] {
    if (eights <= most_unrolled) return std::size_t{0};
    std::size_t best = eights / 2 < most_unrolled ? eights / 2 : most_unrolled;
    for (std::size_t n = best; 2 * n >= most_unrolled; --n)
      if (eights % n < eights % best) best = n;
    return best;
  }();
  static constexpr std::size_t rounds = per_round == 0 ? 0 : eights / per_round;
  static constexpr std::size_t beside = eights - rounds * per_round;
};

/// y = W x + b for blocks of four outputs, with the library's order of additions. Not inlined: layers with as many
/// inputs share it.
///
/// The partial sums are q0 to q3, the weights of a group q4 to q7, so that one instruction loads them; the inputs are
/// in core registers. A group takes nine instructions for 16 multiply-accumulates. The first one has the bias in front
/// and begins the sums.
/// \shape   w[blocks][1 + In][4], x[In] -> y[blocks][4]
/// \return  0 if nothing was flushed; else y is of no use
template <std::size_t In>
[[nodiscard, gnu::noinline]] std::uint32_t affine(float const* w, float const* x, float* y,
                                                  std::uint32_t after) noexcept {
  using R = rounds_of<In>;
  register float const* r0 asm("r0") = w;
  register float const* r1 asm("r1") = x;
  register float* r2 asm("r2") = y;
  register std::uint32_t r3 asm("r3") = after;
  register std::uint32_t status_after asm("r0");
  register std::uint32_t status_before asm("r12");
  // It saves what it uses itself, with the status: in a few instructions, and whatever the compiler keeps in r7.
  asm volatile(
      R"(
    .arch_extension mve.fp
    .macro ctnn_group x0, x1, x2, x3
    vldmia r0!, {d8-d15}
    vmul.f32 q4, q4, \x0
    vmul.f32 q5, q5, \x1
    vmul.f32 q6, q6, \x2
    vmul.f32 q7, q7, \x3
    vadd.f32 q0, q0, q4
    vadd.f32 q1, q1, q5
    vadd.f32 q2, q2, q6
    vadd.f32 q3, q3, q7
    .endm
    .macro ctnn_eight
    ldmia r1!, {r4, r5, r6, r8, r9, r10, r11, r12}
    ctnn_group r4, r5, r6, r8
    ctnn_group r9, r10, r11, r12
    .endm

    vmrs r12, fpscr
    push {r4-r12, lr}
    vpush {d8-d15}
    bic r12, r12, #%c[flushed]
    vmsr fpscr, r12

    @ Blocks are counted in lr, or in r7 where lr counts rounds.
    .if %c[rounds]
    ubfx r7, r3, #0, #23
    .else
    ubfx r4, r3, #0, #23
    dls lr, r4
    .endif

    @ Up to eight inputs stay in registers.
    .if %c[groups] == 1 && %c[rest] == 0
    ldmia r1, {r4, r5, r6, r8}
    .endif
    .if %c[groups] == 2 && %c[rest] == 0
    ldmia r1, {r4, r5, r6, r8, r9, r10, r11, r12}
    .endif
1:
    .if %c[groups] >= 2 && (%c[groups] > 2 || %c[rest])
    ldmia r1!, {r4, r5, r6, r8, r9, r10, r11, r12}
    .endif
    .if %c[groups] == 1 && %c[rest]
    ldmia r1!, {r4, r5, r6, r8}
    .endif

    .if %c[groups]
    vldmia r0!, {d6-d15}
    vmul.f32 q4, q4, r4
    vadd.f32 q0, q3, q4
    vmul.f32 q1, q5, r5
    vmul.f32 q2, q6, r6
    vmul.f32 q3, q7, r8
    .endif
    .if %c[groups] >= 2
    ctnn_group r9, r10, r11, r12
    .endif

    .if %c[rounds]
    mov r4, #%c[rounds]
    dls lr, r4
2:
    .rept %c[per_round]
    ctnn_eight
    .endr
    le lr, 2b
    .endif
    .rept %c[beside]
    ctnn_eight
    .endr
    .if %c[groups] > 2 && %c[groups] %% 2
    ldmia r1!, {r4, r5, r6, r8}
    ctnn_group r4, r5, r6, r8
    .endif

    @ One to three inputs more, which are all if there is no group.
    .if %c[groups] && %c[rest] == 1
    vldmia r0!, {d8-d9}
    ldr r4, [r1], #4
    .endif
    .if %c[groups] && %c[rest] == 2
    vldmia r0!, {d8-d11}
    ldmia r1!, {r4, r5}
    .endif
    .if %c[groups] && %c[rest] == 3
    vldmia r0!, {d8-d13}
    ldmia r1!, {r4, r5, r6}
    .endif
    .if %c[groups] && %c[rest] >= 1
    vmul.f32 q4, q4, r4
    vadd.f32 q0, q0, q4
    .endif
    .if %c[groups] && %c[rest] >= 2
    vmul.f32 q5, q5, r5
    vadd.f32 q1, q1, q5
    .endif
    .if %c[groups] && %c[rest] >= 3
    vmul.f32 q6, q6, r6
    vadd.f32 q2, q2, q6
    .endif
    .if %c[groups] == 0 && %c[rest] == 1
    vldmia r0!, {d6-d9}
    ldr r4, [r1], #4
    .endif
    .if %c[groups] == 0 && %c[rest] == 2
    vldmia r0!, {d6-d11}
    ldmia r1!, {r4, r5}
    .endif
    .if %c[groups] == 0 && %c[rest] == 3
    vldmia r0!, {d6-d13}
    ldmia r1!, {r4, r5, r6}
    .endif
    .if %c[groups] == 0
    vmul.f32 q4, q4, r4
    vadd.f32 q0, q3, q4
    .endif
    .if %c[groups] == 0 && %c[rest] >= 2
    vmul.f32 q1, q5, r5
    .endif
    .if %c[groups] == 0 && %c[rest] == 3
    vmul.f32 q2, q6, r6
    .endif

    @ (s0 + s2) + (s1 + s3), without those that are absent.
    .if %c[groups] || %c[rest] >= 3
    vadd.f32 q0, q0, q2
    .endif
    .if %c[groups]
    vadd.f32 q1, q1, q3
    .endif
    .if %c[groups] || %c[rest] >= 2
    vadd.f32 q0, q0, q1
    .endif
    vpt.u32 hi, q0, r3
    vmovt.i32 q0, #0
    vstrw.32 q0, [r2], #16

    @ Back to the first input.
    .if %c[rest] || %c[groups] > 2
    .if %c[bytes] < 4096
    subw r1, r1, #%c[bytes]
    .else
    movw r4, #(%c[bytes] & 0xFFFF)
    movt r4, #(%c[bytes] >> 16)
    sub r1, r1, r4
    .endif
    .endif
    .if %c[rounds]
    subs r7, r7, #1
    bne 1b
    .else
    le lr, 1b
    .endif

    vmrs r0, fpscr
    vpop {d8-d15}
    pop {r4-r12, lr}
    .purgem ctnn_group
    .purgem ctnn_eight
    .arch_extension nomve.fp
)"
      : "=r"(status_after), "=r"(status_before), "+r"(r1), "+r"(r2)
      : "r"(r0), "r"(r3), [flushed] "i"(flushed), [groups] "i"(R::groups), [rest] "i"(R::rest), [rounds] "i"(R::rounds),
        [per_round] "i"(R::per_round), [beside] "i"(R::beside), [bytes] "i"(In * sizeof(float))
      : "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "cc", "memory");
  return end_checked(status_before, status_after);
}

/// The same by scalar instructions, one output after the other.
/// \shape   w[outputs / 4][1 + inputs][4], x[inputs] -> y[outputs]
CTNN_WHEN_FLUSHED inline void plain_affine(float const* w, float const* x, std::size_t inputs, float* y,
                                           std::size_t outputs) noexcept {
  for (std::size_t o = 0; o < outputs; ++o) {
    float const* from = w + o / lanes * lanes * (inputs + 1) + o % lanes;
    float s0 = *from, s1 = absent<float>, s2 = absent<float>, s3 = absent<float>;
    std::size_t i = 0;
    for (; i + 4 <= inputs; i += 4) {
      s0 += from[lanes] * x[i];
      s1 += from[2 * lanes] * x[i + 1];
      s2 += from[3 * lanes] * x[i + 2];
      s3 += from[4 * lanes] * x[i + 3];
      from += 4 * lanes;
    }
    if (i < inputs) s0 += from[lanes] * x[i];
    if (i + 1 < inputs) s1 += from[2 * lanes] * x[i + 1];
    if (i + 2 < inputs) s2 += from[3 * lanes] * x[i + 2];
    y[o] = (s0 + s2) + (s1 + s3);
  }
}

#endif

}  // namespace ctnn::inline CTNN_ABI::kernel::mve
