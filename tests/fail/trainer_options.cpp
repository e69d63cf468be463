// SPDX-License-Identifier: BSL-1.0
// EXPECT: an_option_of_the_optimizer_or_schedule_is_out_of_range
// EXPECT-CLANG: refuse({&"learning_rate"[0], &"must be above 0"[0], -5.000000e-01})
// EXPECT-GCC: sgd{-5.0e-1
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;

#ifdef CTNN_TWIN
constinit ctnn::trainer<net> trainer{net{}, {.learning_rate = .5}};
#else
constinit ctnn::trainer<net> trainer{net{}, {.learning_rate = -.5}};
#endif
