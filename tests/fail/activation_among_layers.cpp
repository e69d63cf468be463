// SPDX-License-Identifier: BSL-1.0
// EXPECT-GCC: layer 1 is not a layer: ctnn::v1::logistic
// EXPECT-CLANG: layer 1 is not a layer: ctnn::logistic
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<3, ctnn::logistic>>;
#else
using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<3>, ctnn::logistic>;
#endif

static_assert(net::parameter_count == 9);
