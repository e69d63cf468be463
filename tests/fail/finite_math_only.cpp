// SPDX-License-Identifier: BSL-1.0
// FLAGS: -ffinite-math-only
// EXPECT: ctnn has to see infinities and NaNs, which -ffinite-math-only assumes away
// The twin has the same flags.
#ifdef CTNN_TWIN
#define CTNN_ALLOW_INEXACT_ARITHMETIC
#endif
#include <ctnn.hpp>

static_assert(sizeof(ctnn::network<float, ctnn::input<2>, ctnn::dense<1>>) == 3 * sizeof(float));
