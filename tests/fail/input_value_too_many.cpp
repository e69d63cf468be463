// SPDX-License-Identifier: BSL-1.0
// EXPECT: this network wants 2 inputs, 3 are given
#include <ctnn.hpp>

constexpr ctnn::network<double, ctnn::input<2>, ctnn::dense<1>> net{{.5, .25, 0.}};

#ifdef CTNN_TWIN
static_assert(net({2., 0.})[0] == 1.);
#else
static_assert(net({2., 0., 0.})[0] == 1.);
#endif
