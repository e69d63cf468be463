// SPDX-License-Identifier: BSL-1.0
/// \file Contracts on what a network costs; how they fail is in tests/fail.
#include <ctnn.hpp>

namespace {

using namespace ctnn::literals;
using ctnn::budget, ctnn::dense, ctnn::fits, ctnn::input, ctnn::network, ctnn::relu;

// 4-16-16-3: 403 parameters, 368 multiply-accumulates, two hidden layers of 16.
using net = network<float, input<4>, dense<16, relu>, dense<16, relu>, dense<3>>;

static_assert(2_KiB == 2'048 && 0_KiB == 0);

static_assert(fits<net>({.flash = 2_KiB, .ram = 128, .macs = 400}));
static_assert(fits<net>({}));
static_assert(fits<net, budget{.flash = 2_KiB, .ram = 128, .macs = 400}>());
static_assert(fits<net, budget{}>());

// To the byte.
static_assert(fits<net>({.flash = 1'612, .ram = 128, .training_ram = net::workspace_bytes.training, .macs = 368}));
static_assert(fits<net, budget{.flash = 1'612, .ram = 128, .macs = 368}>());

// A network without hidden layers keeps nothing.
static_assert(fits<network<double, input<8>, dense<1>>>({.flash = 72, .ram = 0, .macs = 8}));

}  // namespace
