// SPDX-License-Identifier: BSL-1.0
// EXPECT: batch{0} has no samples in it; one is the least
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::batch{2}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::batch{0}>;
#endif

static_assert(trained.parameters[0] > 0);
