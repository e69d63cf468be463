// SPDX-License-Identifier: BSL-1.0
// EXPECT: rmsprop: learning_rate is above 1e12, it must not exceed 1e30
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::rmsprop{.learning_rate = .5}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::rmsprop{.learning_rate = __builtin_inf()}>;
#endif

static_assert(trained.parameters[0] > 0);
