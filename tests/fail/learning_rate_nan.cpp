// SPDX-License-Identifier: BSL-1.0
// EXPECT: adam: learning_rate is NaN, it must be above 0
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
constexpr std::array samples{ctnn::sample<net>{{.5}, {1}}, ctnn::sample<net>{{-.5}, {-1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::adam{.learning_rate = .5}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::adam{.learning_rate = __builtin_nan("")}>;
#endif

static_assert(trained.parameters[0] > 0);
