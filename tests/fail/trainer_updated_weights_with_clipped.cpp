// SPDX-License-Identifier: BSL-1.0
// EXPECT: clipped needs the whole gradient before any weight moves, which updated_weights does not wait for
#include <ctnn.hpp>

#ifdef CTNN_TWIN
using chosen = ctnn::sgd;
#else
using chosen = ctnn::clipped<ctnn::sgd>;
#endif

using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1>>;
ctnn::trainer<net, ctnn::half_squared_error, chosen, ctnn::constant_rate, ctnn::update_order::updated_weights>
    trainer{net{}};
