// SPDX-License-Identifier: BSL-1.0
// FLAGS-GCC: -mfpmath=387
// FLAGS-CLANG: -ffp-eval-method=double
// EXPECT: ctnn rounds each operation to its own type, but here intermediate results are kept in another one
// The twin has the same flags.
#ifdef CTNN_TWIN
#define CTNN_ALLOW_INEXACT_ARITHMETIC
#endif
#include <ctnn.hpp>

static_assert(sizeof(ctnn::network<float, ctnn::input<2>, ctnn::dense<1>>) == 3 * sizeof(float));
