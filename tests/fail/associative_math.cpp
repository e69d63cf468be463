// SPDX-License-Identifier: BSL-1.0
// FLAGS-GCC: -funsafe-math-optimizations
// EXPECT-GCC: ctnn adds in a fixed order, which -fassociative-math (also in -funsafe-math-optimizations) gives up
// Clang tells of this option only as a part of -ffast-math:
// FLAGS-CLANG: -ffast-math
// EXPECT-CLANG: define CTNN_ALLOW_INEXACT_ARITHMETIC
// The twin has the same flags.
#ifdef CTNN_TWIN
#define CTNN_ALLOW_INEXACT_ARITHMETIC
#endif
#include <ctnn.hpp>

static_assert(sizeof(ctnn::network<float, ctnn::input<2>, ctnn::dense<1>>) == 3 * sizeof(float));
