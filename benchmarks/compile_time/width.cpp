// SPDX-License-Identifier: BSL-1.0
// A hidden layer of WIDTH neurons between WIDTH inputs and one output.
#include "uses.hpp"

using net = ctnn::network<float, ctnn::input<WIDTH>, ctnn::dense<WIDTH, ctnn::tanh>, ctnn::dense<1>>;
template struct uses<net, ctnn::half_squared_error, ctnn::adam>;
