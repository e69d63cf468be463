// SPDX-License-Identifier: BSL-1.0
// EXPECT: sgd: max_norm is 0, it must be above 0
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::clipped<ctnn::sgd>{.max_norm = 1}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::clipped<ctnn::sgd>{.max_norm = 0}>;
#endif

static_assert(trained.parameters[0] > 0);
