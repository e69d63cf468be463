// SPDX-License-Identifier: BSL-1.0
/// \file A network's sizes, counted by hand, and what kind of type and value it is.
#include <ctnn.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace {

using ctnn::bias, ctnn::dense, ctnn::frozen, ctnn::input, ctnn::network;

template <class T>
using all_kinds = network<T, input<5>, dense<4, ctnn::tanh>, dense<3, ctnn::relu, bias::frozen>,
                          frozen<dense<6, ctnn::gelu>>, dense<2, ctnn::softmax, bias::none>>;

// weights 20 + 12 + 18 + 12, biases 4 + 3 + 6 + 0
static_assert(all_kinds<double>::parameter_count == 75);
static_assert(all_kinds<double>::trainable_count == 20 + 4 + 12 + 0 + 12);
static_assert(all_kinds<double>::mac_count == 20 + 12 + 18 + 12);
static_assert(all_kinds<double>::layer_count == 4);
static_assert(all_kinds<double>::input_count == 5 && all_kinds<double>::output_count == 2);

using one_layer = network<double, input<3>, dense<2>>;
static_assert(one_layer::parameter_count == 8 && one_layer::trainable_count == 8 && one_layer::mac_count == 6);
static_assert(network<float, input<784>, dense<128>, dense<10>>::parameter_count == 784 * 128 + 128 + 128 * 10 + 10);
static_assert(network<float, input<2>, frozen<dense<2>>>::trainable_count == 0);
static_assert(network<float, input<2>, frozen<dense<2>>>::parameter_count == 6);

// Inference keeps one hidden layer beside the next: the widest with an even index and the widest with an odd one.
static_assert(one_layer::workspace_bytes.inference == 0);
static_assert(all_kinds<double>::workspace_bytes.inference == (6 + 3) * sizeof(double));
static_assert(all_kinds<float>::workspace_bytes.inference == (6 + 3) * sizeof(float));
static_assert(network<float, input<9>, dense<8>, dense<7>, dense<20>, dense<1>>::workspace_bytes.inference ==
              (20 + 7) * sizeof(float));
// Training holds at least every layer's outputs, the errors of two layers and the gradient.
static_assert(all_kinds<double>::workspace_bytes.training >= (4 + 3 + 6 + 2 + 2 * 6 + 48) * sizeof(double));
static_assert(all_kinds<float>::workspace_bytes.training * 2 == all_kinds<double>::workspace_bytes.training);

// Only parameters: the type is the topology.
static_assert(sizeof(all_kinds<double>) == 75 * sizeof(double) && sizeof(all_kinds<float>) == 75 * sizeof(float));
static_assert(std::is_trivially_copyable_v<all_kinds<float>> && std::is_standard_layout_v<all_kinds<float>>);
static_assert(std::is_same_v<decltype(all_kinds<float>::parameters), std::array<float, 75>>);
static_assert(std::is_same_v<all_kinds<float>::input_type, std::array<float, 5>>);
static_assert(std::is_same_v<all_kinds<float>::output_type, std::array<float, 2>>);
static_assert(!std::is_convertible_v<std::array<double, 8>, one_layer>);

// y0 = x0 + 2 x1 + 3 x2 + 7, y1 = -x0 + x2 / 2 - 1
constexpr one_layer line{{1, 2, 3, -1, 0, .5, 7, -1}};
static_assert(line({1, 10, 100}) == std::array{328., 48.});
static_assert(line(std::array{1., 10., 100.}) == std::array{328., 48.});
static_assert(one_layer{}({1, 10, 100}) == std::array{0., 0.});

// As a template argument.
template <one_layer Net> struct holder { static constexpr auto y = Net({1, 10, 100}); };
static_assert(holder<line>::y == std::array{328., 48.});
static_assert(std::is_same_v<holder<line>, holder<one_layer{{1, 2, 3, -1, 0, .5, 7, -1}}>>);
static_assert(!std::is_same_v<holder<line>, holder<one_layer{}>>);

// Views are of the parameters, by layer, row and column.
static_assert(line.weights<0>().rows == 2 && line.weights<0>().columns == 3 && line.biases<0>().size() == 2);
static_assert(line.weights<0>()[0][2] == 3 && line.weights<0>()[1][0] == -1 && line.biases<0>()[0] == 7);
static_assert(line.weights<0>().data() == line.parameters.data() &&
              line.biases<0>().end() == line.parameters.data() + 8);
constexpr one_layer written = [] {
  one_layer net;
  net.weights<0>()[1][2] = 4;
  for (double& b : net.biases<0>()) b = 5;
  return net;
}();
static_assert(written == one_layer{{0, 0, 0, 0, 0, 4, 5, 5}} && written != line);
constexpr all_kinds<float> zero{};
static_assert(zero.weights<1>().data() == zero.parameters.data() + 24 &&
              zero.biases<1>().data() == zero.parameters.data() + 36);
static_assert(zero.weights<3>().data() == zero.parameters.data() + 63 && zero.biases<3>().size() == 0);
static_assert(zero.weights<2>().rows == 6 && zero.weights<2>().columns == 3);

// Constant initialisation: it goes to flash.
[[maybe_unused]] constinit one_layer in_static_storage{{1, 2, 3, -1, 0, .5, 7, -1}};

// Samples: networks of the same outer shape share them.
static_assert(std::is_same_v<ctnn::sample<one_layer>, ctnn::sample<network<double, input<3>, dense<9>, dense<2>>>>);
static_assert(ctnn::sample<one_layer>{{1, 2, 3}, {4, 5}}.target[1] == 5);
static_assert(std::is_trivially_copyable_v<ctnn::sample<one_layer>>);
static_assert(sizeof(ctnn::sample<one_layer>) == 5 * sizeof(double));

}  // namespace
