// SPDX-License-Identifier: BSL-1.0
// EXPECT: bytes_of_flash_are_too_many
// EXPECT: most_in_layer<1,
// EXPECT-CLANG: ({1612, 1024, 588})
// EXPECT-GCC: excess{1612,
// EXPECT-GCC: budget{1024, 128,
#include <ctnn.hpp>

using namespace ctnn::literals;
using net =
    ctnn::network<float, ctnn::input<4>, ctnn::dense<16, ctnn::relu>, ctnn::dense<16, ctnn::relu>, ctnn::dense<3>>;

#ifdef CTNN_TWIN
static_assert(ctnn::fits<net>({.flash = 2_KiB, .ram = 128, .macs = 400}));
#else
static_assert(ctnn::fits<net>({.flash = 1_KiB, .ram = 128, .macs = 400}));
#endif
