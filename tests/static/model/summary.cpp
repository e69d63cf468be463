// SPDX-License-Identifier: BSL-1.0
/// \file What networks cost, counted by hand.
#include <ctnn.hpp>

#include <string_view>

namespace {

using ctnn::bias, ctnn::dense, ctnn::frozen, ctnn::input, ctnn::network;

using classifier = network<float, input<64>, dense<32, ctnn::relu>, dense<10, ctnn::softmax>>;
constexpr auto const& costs = ctnn::summary_of<classifier>;

static_assert(costs.inputs == 64 && costs.outputs == 10);
static_assert(costs.parameters == 2'410 && costs.trainable == 2'410 && costs.flash == 9'640);
static_assert(costs.macs == 64 * 32 + 32 * 10);
static_assert(costs.inference_ram == 32 * 4);
static_assert(costs.training_ram == classifier::workspace_bytes.training);

static_assert(costs.layers.size() == 2);
static_assert(costs.layers[0].index == 0 && costs.layers[0].inputs == 64 && costs.layers[0].outputs == 32);
static_assert(costs.layers[0].parameters == 2'080 && costs.layers[0].flash == 8'320);
static_assert(costs.layers[0].output_ram == 128 && costs.layers[0].macs == 2'048);
static_assert(costs.layers[0].activation == std::string_view{"relu"});
static_assert(costs.layers[1].index == 1 && costs.layers[1].inputs == 32 && costs.layers[1].outputs == 10);
static_assert(costs.layers[1].parameters == 330 && costs.layers[1].flash == 1'320 && costs.layers[1].macs == 320);
static_assert(costs.layers[1].output_ram == 40 && costs.layers[1].activation == std::string_view{"softmax"});

// Frozen parameters take flash and are not trained.
using partly =
    network<double, input<2>, frozen<dense<3>>, dense<4, ctnn::tanh, bias::frozen>, dense<1, ctnn::linear, bias::none>>;
constexpr auto const& part = ctnn::summary_of<partly>;
static_assert(part.parameters == 9 + 16 + 4 && part.trainable == 12 + 4 && part.flash == 29 * 8);
static_assert(part.layers[0].parameters == 9 && part.layers[0].trainable == 0);
static_assert(part.layers[1].parameters == 16 && part.layers[1].trainable == 12);
static_assert(part.layers[2].parameters == 4 && part.layers[2].trainable == 4 && part.layers[2].macs == 4);
static_assert(part.inference_ram == (3 + 4) * 8);

}  // namespace
