// SPDX-License-Identifier: BSL-1.0
// EXPECT: these samples have 3 inputs and 1 targets, of type float; the network wants 2 inputs and 1 targets, of type double
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<1>>;

#ifdef CTNN_TWIN
using other = net;
constexpr std::array samples{ctnn::sample<other>{{.05, .10}, {.01}}};
#else
using other = ctnn::network<float, ctnn::input<3>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<other>{{.05F, .10F, .15F}, {.01F}}};
#endif

static_assert(ctnn::loss<ctnn::half_squared_error>(net{}, samples) < 1);
