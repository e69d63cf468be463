// SPDX-License-Identifier: BSL-1.0
// EXPECT-GCC: required for the satisfaction of 'activation<A>' [with A = not_an_activation]
// EXPECT-CLANG: because 'not_an_activation' does not satisfy 'activation'
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using not_an_activation = ctnn::relu;
#else
struct not_an_activation {};
#endif

static_assert(ctnn::network<double, ctnn::input<2>, ctnn::dense<1, not_an_activation>>::parameter_count == 3);
