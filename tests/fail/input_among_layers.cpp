// SPDX-License-Identifier: BSL-1.0
// EXPECT: layer 1 is an input; a network has one, in front of its layers
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<1>, ctnn::dense<3>>;
#else
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<1>, ctnn::input<3>>;
#endif

static_assert(net::parameter_count == 9);
