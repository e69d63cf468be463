// SPDX-License-Identifier: BSL-1.0
// EXPECT: binary_cross_entropy wants logistic outputs (binary_cross_entropy_with_logits takes linear ones); layer 1 (dense<3, softmax>) is the last one
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using activation = ctnn::logistic;
#else
using activation = ctnn::softmax;
#endif

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::tanh>, ctnn::dense<3, activation>>;
static_assert(ctnn::loss<ctnn::binary_cross_entropy>(net{}, {1, 0}, {1, 0, 0}) > 0);
