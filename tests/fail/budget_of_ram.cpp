// SPDX-License-Identifier: BSL-1.0
// EXPECT: this network needs 128 bytes of RAM for an inference, 1 more than the 127 of the budget; layer 0 (
// EXPECT: takes most, 64
#include <ctnn.hpp>

using net =
    ctnn::network<float, ctnn::input<4>, ctnn::dense<16, ctnn::relu>, ctnn::dense<16, ctnn::relu>, ctnn::dense<3>>;

#ifdef CTNN_TWIN
constexpr std::size_t allowed = 128;
#else
constexpr std::size_t allowed = 128 - 1;
#endif

static_assert(ctnn::fits<net, ctnn::budget{.ram = allowed}>());
