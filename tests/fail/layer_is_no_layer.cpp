// SPDX-License-Identifier: BSL-1.0
// EXPECT: layer 1 is not a layer: int
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using last = ctnn::dense<1>;
#else
using last = int;
#endif

static_assert(ctnn::network<double, ctnn::input<2>, ctnn::dense<1>, last>::parameter_count == 5);
