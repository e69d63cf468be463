// SPDX-License-Identifier: BSL-1.0
/// \file Refuses compiler options under which arithmetic is not that of IEEE 754.
///
/// The library promises the same bits from every compiler and target. Whoever does without that promise defines
/// CTNN_ALLOW_INEXACT_ARITHMETIC before including the library; results then vary with compiler, level and target.
///
/// Not every such option shows here. No compiler tells of contraction to FMA (-ffp-contract=fast, GCC's default), and
/// Clang not of -fassociative-math, -freciprocal-math or -fno-signed-zeros by themselves; ctnn::self_test() finds them.
#pragma once

#ifndef CTNN_ALLOW_INEXACT_ARITHMETIC

#ifdef __FAST_MATH__
#error "ctnn computes the same bits everywhere, which -ffast-math (also in -Ofast) does not allow: \
take it out, or define CTNN_ALLOW_INEXACT_ARITHMETIC"
#elif defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ != 0
#error "ctnn has to see infinities and NaNs, which -ffinite-math-only assumes away: \
take it out, or define CTNN_ALLOW_INEXACT_ARITHMETIC"
#elif defined(__ASSOCIATIVE_MATH__)
#error "ctnn adds in a fixed order, which -fassociative-math (also in -funsafe-math-optimizations) gives up: \
take it out, or define CTNN_ALLOW_INEXACT_ARITHMETIC"
#elif defined(__RECIPROCAL_MATH__)
#error "ctnn divides with one rounding, which -freciprocal-math turns into two: \
take it out, or define CTNN_ALLOW_INEXACT_ARITHMETIC"
#elif defined(__NO_SIGNED_ZEROS__)
#error "ctnn tells 0 from -0, which -fno-signed-zeros does not: \
take it out, or define CTNN_ALLOW_INEXACT_ARITHMETIC"
#endif

// GCC's value 16 concerns _Float16 alone: float and double are what they are, as with 0. Negative: it depends.
#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0 && __FLT_EVAL_METHOD__ != 16
#error "ctnn rounds each operation to its own type, but here intermediate results are kept in another one \
(FLT_EVAL_METHOD is not 0); on 32-bit x86 compile with -msse2 -mfpmath=sse, or define CTNN_ALLOW_INEXACT_ARITHMETIC"
#endif

// Compilers vectorise loops of floats with it.
#if defined(__ARM_FEATURE_MVE) && (__ARM_FEATURE_MVE & 2) != 0
#error "ctnn keeps subnormal numbers, which vectors of floats (MVE, Helium) take for 0: \
compile with +nomve.fp, as in -mcpu=cortex-m55+nomve.fp, or define CTNN_ALLOW_INEXACT_ARITHMETIC"
#endif

#endif
