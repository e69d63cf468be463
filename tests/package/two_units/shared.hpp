// SPDX-License-Identifier: BSL-1.0
/// \file A network that two translation units share.
#pragma once
#include <ctnn.hpp>

#include <array>

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<2, ctnn::logistic>, ctnn::dense<1>>;

inline constexpr net initial{{.5F, -.25F, .125F, .75F, .1F, -.1F, 1.F, -1.F, .5F}};
inline constexpr std::array samples{ctnn::sample<net>{{.5F, .25F}, {1.F}}, ctnn::sample<net>{{-.5F, 1.F}, {-1.F}}};

// What main.cpp compares with its own view of the same things.
struct view {
  net const* initial;
  net const* trained;
  net::output_type output;
};

view from_the_other_unit(net::input_type const& x);
