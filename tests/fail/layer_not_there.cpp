// SPDX-License-Identifier: BSL-1.0
// EXPECT: this network has the layers 0 to 1, layer 7 was asked for
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2>, ctnn::dense<1>>;

#ifdef CTNN_TWIN
constexpr double sum(net const& n) { return n.weights<1>()[0][0]; }
#else
constexpr double sum(net const& n) { return n.weights<7>()[0][0]; }
#endif

static_assert(sum(net{}) == 0);
