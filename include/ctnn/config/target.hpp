// SPDX-License-Identifier: BSL-1.0
/// \file What the target computes with, and what the compiler was asked for.
#pragma once
#include <ctnn/config/abi.hpp>

#include <cstddef>

namespace ctnn::inline CTNN_ABI {

/// Bytes of a vector register whose float arithmetic is IEEE 754's; 0 if there are none. AArch32's NEON is left out as
/// it flushes subnormals to zero.
#if defined(__AVX512F__)
inline constexpr std::size_t vector_bytes = 64;
#elif defined(__AVX__)
inline constexpr std::size_t vector_bytes = 32;
#elif defined(__SSE2__) || defined(__aarch64__) || defined(__wasm_simd128__)
inline constexpr std::size_t vector_bytes = 16;
#else
inline constexpr std::size_t vector_bytes = 0;
#endif

/// Whether there are Armv8.1-M's vectors of floats (MVE), which the compiler must not use by itself; see
/// ctnn/tensor/mve.hpp.
#ifdef CTNN_CHECKED_MVE
#if !defined(__ARM_FEATURE_MVE) || !defined(__ARM_FP)
#error "CTNN_CHECKED_MVE is for cores with MVE and a floating-point unit, as with -mcpu=cortex-m55+nomve.fp"
#endif
inline constexpr bool has_checked_mve = true;

/// An instruction of these vectors, which the compiler's options leave out.
#define CTNN_MVE(instruction) ".arch_extension mve.fp\n\t" instruction "\n\t.arch_extension nomve.fp"

/// A function that is called when something was flushed: small rather than fast. Clang would unroll a cold function
/// too.
#ifdef __clang__
#define CTNN_WHEN_FLUSHED [[gnu::noinline, gnu::cold, clang::minsize]]
#else
#define CTNN_WHEN_FLUSHED [[gnu::noinline, gnu::cold]]
#endif
#else
inline constexpr bool has_checked_mve = false;
#endif

/// Vector registers.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr std::size_t vector_registers = 32;
#else
inline constexpr std::size_t vector_registers = 16;
#endif

/// Whether numbers are computed by functions, as there is no floating-point unit.
#if defined(__AVR__) || (defined(__arm__) && !defined(__ARM_FP)) || (defined(__riscv) && !defined(__riscv_flen))
inline constexpr bool floats_are_soft = true;
#else
inline constexpr bool floats_are_soft = false;
#endif

/// Whether the compiler was asked for small code (-Os, -Oz): then less is written out in place of loops.
#ifdef __OPTIMIZE_SIZE__
inline constexpr bool wants_small_code = true;
#else
inline constexpr bool wants_small_code = false;
#endif

}  // namespace ctnn::inline CTNN_ABI
