// SPDX-License-Identifier: BSL-1.0
// EXPECT: a network needs at least one layer after its input
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<1>>;
#else
using net = ctnn::network<double, ctnn::input<2>>;
#endif

static_assert(net::parameter_count == 3);
