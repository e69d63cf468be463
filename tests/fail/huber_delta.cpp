// SPDX-License-Identifier: BSL-1.0
// EXPECT: the delta of huber_with must be positive
#include <ctnn.hpp>

#ifdef CTNN_TWIN
constexpr double delta = .5;
#else
constexpr double delta = 0;
#endif

static_assert(ctnn::huber_with<delta>::term<1>(1., 1., 1.) == 0.);
