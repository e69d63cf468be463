// SPDX-License-Identifier: BSL-1.0
// EXPECT: the third argument of train is an optimizer, such as sgd{.learning_rate = .5}; not this: ctnn::
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::epochs{10}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::epochs{10}>;
#endif

static_assert(trained.parameters[0] > 0);
