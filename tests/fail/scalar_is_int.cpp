// SPDX-License-Identifier: BSL-1.0
// EXPECT: a network computes in float, double or another type of which is_scalar is true, not in int
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using number = float;
#else
using number = int;
#endif

static_assert(ctnn::network<number, ctnn::input<2>, ctnn::dense<1>>::parameter_count == 3);
