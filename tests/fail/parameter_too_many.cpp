// SPDX-License-Identifier: BSL-1.0
// EXPECT: this network has 3 parameters, 4 are given
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<1>>;

#ifdef CTNN_TWIN
constexpr net initial{{.5, .25, 0.}};
#else
constexpr net initial{{.5, .25, 0., 0.}};
#endif

static_assert(initial.parameters[0] == .5);
