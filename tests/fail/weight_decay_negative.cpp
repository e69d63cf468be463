// SPDX-License-Identifier: BSL-1.0
// EXPECT: sgd: weight_decay is -0.000001, it must be 0 or more
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{.weight_decay = 1e-6}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{.weight_decay = -1e-6}>;
#endif

static_assert(trained.parameters[0] > 0);
