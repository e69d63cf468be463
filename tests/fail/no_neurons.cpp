// SPDX-License-Identifier: BSL-1.0
// EXPECT: a dense layer needs at least one neuron: dense<0> has none
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using hidden = ctnn::dense<1>;
#else
using hidden = ctnn::dense<0>;
#endif

static_assert(ctnn::network<float, ctnn::input<1>, hidden, ctnn::dense<1>>::parameter_count == 4);
