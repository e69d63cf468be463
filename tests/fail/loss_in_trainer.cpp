// SPDX-License-Identifier: BSL-1.0
// EXPECT: cross_entropy wants a softmax output layer (cross_entropy_with_logits takes a linear one); layer 0 (dense<2, linear>) is the last one
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<2>>;

#ifdef CTNN_TWIN
ctnn::trainer<net, ctnn::cross_entropy_with_logits> trainer{net{}};
#else
ctnn::trainer<net, ctnn::cross_entropy> trainer{net{}};
#endif
