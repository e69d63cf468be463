// SPDX-License-Identifier: BSL-1.0
// EXPECT: a network needs at least one input: input<0> has none
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using input = ctnn::input<1>;
#else
using input = ctnn::input<0>;
#endif

static_assert(ctnn::network<float, input, ctnn::dense<1>>::parameter_count == 2);
