// SPDX-License-Identifier: BSL-1.0
// EXPECT: this network needs 368 multiply-accumulates, 1 more than the 367 of the budget; layer 1 (
// EXPECT: takes most, 256
#include <ctnn.hpp>

using net =
    ctnn::network<float, ctnn::input<4>, ctnn::dense<16, ctnn::relu>, ctnn::dense<16, ctnn::relu>, ctnn::dense<3>>;

#ifdef CTNN_TWIN
constexpr std::size_t allowed = 368;
#else
constexpr std::size_t allowed = 368 - 1;
#endif

static_assert(ctnn::fits<net, ctnn::budget{.macs = allowed}>());
