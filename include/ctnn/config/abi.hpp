// SPDX-License-Identifier: BSL-1.0
/// \file The name of the inline namespace that everything is in.
///
/// A program may have files compiled for other instruction sets, of which it picks at run time. A linker keeps one of
/// all functions of a name, so functions for different instruction sets must have different names: else the one that
/// is kept may need AVX-512 and be called without. So types have different names too; such files pass each other arrays
/// of numbers, whose bits are the same.
#pragma once

#if defined(__AVX512F__)
#define CTNN_INSTRUCTION_SET _avx512
#elif defined(__AVX2__)
#define CTNN_INSTRUCTION_SET _avx2
#elif defined(__AVX__)
#define CTNN_INSTRUCTION_SET _avx
#elif defined(__SSE4_1__)
#define CTNN_INSTRUCTION_SET _sse4
#elif defined(CTNN_CHECKED_MVE)
#define CTNN_INSTRUCTION_SET _mve
#else
#define CTNN_INSTRUCTION_SET
#endif

// An option of its own, which -mavx2 does not bring along.
#ifdef __FMA__
#define CTNN_FUSED _fma
#else
#define CTNN_FUSED
#endif

// Whoever allows other bits gets them from other functions.
#ifdef CTNN_ALLOW_INEXACT_ARITHMETIC
#define CTNN_ARITHMETIC _inexact
#else
#define CTNN_ARITHMETIC
#endif

#define CTNN_JOIN_EXPANDED(a, b, c, d) a##b##c##d
#define CTNN_JOIN(a, b, c, d) CTNN_JOIN_EXPANDED(a, b, c, d)
#define CTNN_ABI CTNN_JOIN(v1, CTNN_INSTRUCTION_SET, CTNN_FUSED, CTNN_ARITHMETIC)
