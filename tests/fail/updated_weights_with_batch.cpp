// SPDX-License-Identifier: BSL-1.0
// EXPECT: update_order::updated_weights moves weights while errors travel back, so it takes one sample an update, not a batch of 2
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::update_order::updated_weights>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::update_order::updated_weights, ctnn::batch{2}>;
#endif

static_assert(trained.parameters[0] > 0);
