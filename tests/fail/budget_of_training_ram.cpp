// SPDX-License-Identifier: BSL-1.0
// EXPECT: bytes of RAM for training, 1 more than the
// EXPECT: of the budget; layer 1 (
#include <ctnn.hpp>

using net =
    ctnn::network<float, ctnn::input<4>, ctnn::dense<16, ctnn::relu>, ctnn::dense<16, ctnn::relu>, ctnn::dense<3>>;

#ifdef CTNN_TWIN
constexpr std::size_t allowed = net::workspace_bytes.training;
#else
constexpr std::size_t allowed = net::workspace_bytes.training - 1;
#endif

static_assert(ctnn::fits<net, ctnn::budget{.training_ram = allowed}>());
