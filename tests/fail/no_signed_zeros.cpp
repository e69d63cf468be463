// SPDX-License-Identifier: BSL-1.0
// FLAGS-GCC: -fno-signed-zeros
// EXPECT-GCC: ctnn tells 0 from -0, which -fno-signed-zeros does not
// Clang tells of this option only as a part of -ffast-math:
// FLAGS-CLANG: -ffast-math
// EXPECT-CLANG: define CTNN_ALLOW_INEXACT_ARITHMETIC
// The twin has the same flags.
#ifdef CTNN_TWIN
#define CTNN_ALLOW_INEXACT_ARITHMETIC
#endif
#include <ctnn.hpp>

static_assert(sizeof(ctnn::network<float, ctnn::input<2>, ctnn::dense<1>>) == 3 * sizeof(float));
