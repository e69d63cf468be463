// SPDX-License-Identifier: BSL-1.0
// EXPECT: cross_entropy_with_logits wants a linear output layer (cross_entropy takes a softmax one); layer 1 (dense<3, softmax>) is the last one
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using activation = ctnn::linear;
#else
using activation = ctnn::softmax;
#endif

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::tanh>, ctnn::dense<3, activation>>;
static_assert(ctnn::loss<ctnn::cross_entropy_with_logits>(net{}, {1, 0}, {1, 0, 0}) > 0);
