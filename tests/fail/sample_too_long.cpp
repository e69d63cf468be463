// SPDX-License-Identifier: BSL-1.0
// EXPECT: this sample has 2 inputs and 3 targets, its network wants 2 inputs and 2 targets
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2>>;

#ifdef CTNN_TWIN
constexpr ctnn::sample<net> sample{{.05, .10}, {.01, .99}};
#else
constexpr ctnn::sample<net> sample{{.05, .10}, {.01, .99, .5}};
#endif

static_assert(sample.input[0] == .05);
