// SPDX-License-Identifier: BSL-1.0
// EXPECT: the slope of leaky_relu_with must lie between 0 and 1
#include <ctnn.hpp>

#ifdef CTNN_TWIN
constexpr double slope = .2;
#else
constexpr double slope = 2.;
#endif

static_assert(ctnn::leaky_relu_with<slope>::apply(1.) == 1.);
