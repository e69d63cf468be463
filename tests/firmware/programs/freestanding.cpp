// SPDX-License-Identifier: BSL-1.0
// Everything of ctnn.hpp compiles without a hosted C++ library. Only compiled: with -ffreestanding.
#include <ctnn.hpp>

#include <array>

static_assert(__STDC_HOSTED__ == 0, "this file is compiled with -ffreestanding");

namespace {

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<3, ctnn::gelu>, ctnn::dense<2, ctnn::softmax>>;
constexpr std::array samples{ctnn::sample<net>{{0, 1}, {0, 1}}, ctnn::sample<net>{{1, 0}, {1, 0}}};
constexpr net initial = ctnn::initialize<net>(ctnn::he{.seed = 1});
constexpr net trained =
    ctnn::train<initial, samples, ctnn::adamw{}, ctnn::epochs{3}, ctnn::batch{2}, ctnn::cross_entropy{}>;

constinit ctnn::trainer<net, ctnn::cross_entropy, ctnn::rmsprop> trainer{trained};

}  // namespace

ctnn::status learn() { return trainer.fit(samples, {.epochs = 2, .shuffle_seed = 1}).state; }
float classify(net::input_type const& x) { return trained(x)[0]; }
