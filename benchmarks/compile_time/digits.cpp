// SPDX-License-Identifier: BSL-1.0
// A 784-128-10 classifier.
#include "uses.hpp"

using net = ctnn::network<float, ctnn::input<784>, ctnn::dense<128, ctnn::relu>, ctnn::dense<10, ctnn::softmax>>;
template struct uses<net, ctnn::cross_entropy, ctnn::adam>;
