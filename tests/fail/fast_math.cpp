// SPDX-License-Identifier: BSL-1.0
// FLAGS: -ffast-math
// EXPECT: ctnn computes the same bits everywhere, which -ffast-math (also in -Ofast) does not allow
// The twin has the same flags.
#ifdef CTNN_TWIN
#define CTNN_ALLOW_INEXACT_ARITHMETIC
#endif
#include <ctnn.hpp>

static_assert(sizeof(ctnn::network<float, ctnn::input<2>, ctnn::dense<1>>) == 3 * sizeof(float));
