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
#elif defined(CTNN_CHECKED_MVE)
#define CTNN_INSTRUCTION_SET _mve
#else
#define CTNN_INSTRUCTION_SET
#endif

// Whoever allows other bits gets them from other functions.
#ifdef CTNN_ALLOW_INEXACT_ARITHMETIC
#define CTNN_ARITHMETIC _inexact
#else
#define CTNN_ARITHMETIC
#endif

#define CTNN_JOIN_EXPANDED(a, b, c) a##b##c
#define CTNN_JOIN(a, b, c) CTNN_JOIN_EXPANDED(a, b, c)
#define CTNN_ABI CTNN_JOIN(v1, CTNN_INSTRUCTION_SET, CTNN_ARITHMETIC)
