// SPDX-License-Identifier: BSL-1.0
// EXPECT: this network needs 1612 bytes of flash, 1 more than the 1611 of the budget; layer 1 (
// EXPECT: takes most, 1088
#include <ctnn.hpp>

using net =
    ctnn::network<float, ctnn::input<4>, ctnn::dense<16, ctnn::relu>, ctnn::dense<16, ctnn::relu>, ctnn::dense<3>>;

#ifdef CTNN_TWIN
constexpr std::size_t allowed = 1612;
#else
constexpr std::size_t allowed = 1612 - 1;
#endif

static_assert(ctnn::fits<net, ctnn::budget{.flash = allowed}>());
