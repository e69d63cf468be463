// SPDX-License-Identifier: BSL-1.0
// EXPECT: train starts from a network; its first argument is this: int
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}};

#ifdef CTNN_TWIN
constexpr auto trained = ctnn::train<net{}, samples, ctnn::sgd{}>;
#else
constexpr auto trained = ctnn::train<0, samples, ctnn::sgd{}>;
#endif

static_assert(trained.parameters[0] > 0);
