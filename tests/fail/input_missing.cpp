// SPDX-License-Identifier: BSL-1.0
// EXPECT: a network reads network<Scalar, input<N>, Layer, Layer, ...>; in the place of input<N> stands ctnn::
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<1>>;
#else
using net = ctnn::network<double, ctnn::dense<2>, ctnn::dense<1>>;
#endif

static_assert(net::parameter_count == 3);
