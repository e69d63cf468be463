// SPDX-License-Identifier: BSL-1.0
// EXPECT: the arithmetic of packed is ctnn::canonical or ctnn::fast
#include <ctnn.hpp>

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<3>>;

#ifdef CTNN_TWIN
using quick = ctnn::packed<net, ctnn::fast>;
#else
using quick = ctnn::packed<net, float>;
#endif

constexpr quick model{net{}};
static_assert(model({})[0] == 0);
