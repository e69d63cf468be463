// SPDX-License-Identifier: BSL-1.0
// EXPECT: clipped needs the whole gradient before any weight moves, which updated_weights does not wait for
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::clipped<ctnn::sgd>{}, ctnn::update_order::original_weights>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::clipped<ctnn::sgd>{}, ctnn::update_order::updated_weights>;
#endif

static_assert(trained.parameters[0] > 0);
