// SPDX-License-Identifier: BSL-1.0
// EXPECT: cross_entropy wants a softmax output layer (cross_entropy_with_logits takes a linear one); layer 1 (dense<3, logistic>) is the last one
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using activation = ctnn::softmax;
#else
using activation = ctnn::logistic;
#endif

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::tanh>, ctnn::dense<3, activation>>;
static_assert(ctnn::loss<ctnn::cross_entropy>(net{}, {1, 0}, {1, 0, 0}) > 0);
