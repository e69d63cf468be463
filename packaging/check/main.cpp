// SPDX-License-Identifier: BSL-1.0
// A user of a package: sees the header, and compiles it with the flag that it needs.
#include <ctnn.hpp>

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<2, ctnn::relu>>;
constexpr net doubled{{2, 0, 0, 2, 0, 0}};
static_assert(doubled({1, 3}) == std::array{2.F, 6.F});

float answer(net::input_type const& x) { return doubled(x)[0]; }
