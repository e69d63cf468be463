// SPDX-License-Identifier: BSL-1.0
// EXPECT: step_decay: decay is 2, it must lie in [0, 1]
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::step_decay{.decay = .5}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::step_decay{.decay = 2}>;
#endif

static_assert(trained.parameters[0] > 0);
