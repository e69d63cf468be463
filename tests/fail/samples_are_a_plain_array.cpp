// SPDX-License-Identifier: BSL-1.0
// EXPECT: train learns from an array, or the like, of sample<network>; its second argument is this: ctnn::
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;

#ifdef CTNN_TWIN
constexpr std::array samples{ctnn::sample<net>{{.05}, {.01}}};
#else
constexpr ctnn::sample<net> samples[]{{{.05}, {.01}}};
#endif

constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}>;
static_assert(trained.parameters[0] != 0);
