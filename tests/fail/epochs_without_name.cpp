// SPDX-License-Identifier: BSL-1.0
// EXPECT: after network, samples and optimizer train takes epochs{}, batch{}, shuffle{}, a loss, a schedule or an update_order, each a value; not this: int
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::epochs{10}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, 10'000>;
#endif

static_assert(trained.parameters[0] > 0);
