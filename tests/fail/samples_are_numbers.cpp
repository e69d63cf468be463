// SPDX-License-Identifier: BSL-1.0
// EXPECT: samples are wanted here, an array or the like of sample<network>; not of this: double
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;

#ifdef CTNN_TWIN
constexpr std::array samples{ctnn::sample<net>{{.05}, {.01}}};
#else
constexpr std::array samples{.05, .01};
#endif

constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}>;
static_assert(trained.parameters[0] != 0);
