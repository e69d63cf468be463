// SPDX-License-Identifier: BSL-1.0
// EXPECT: half_squared_error wants an element-wise activation; layer 0 (dense<2, softmax>) is the last one
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<2, ctnn::softmax>>;
constexpr std::array samples{ctnn::sample<net>{{.05}, {0, 1}}};

#ifdef CTNN_TWIN
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}, ctnn::cross_entropy{}>;
#else
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{}>;
#endif

static_assert(trained.parameters[0] != 2);
