// SPDX-License-Identifier: BSL-1.0
/// \file The law of backpropagation, for every layer and activation: the gradient is that of central differences.
#include <ctnn.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <support/exact.hpp>
#include <tuple>

namespace {

using ctnn::bias, ctnn::dense, ctnn::frozen, ctnn::input;
template <class... Parts> using network = ctnn::network<double, Parts...>;

template <class A>
using kinds_of_bias = std::tuple<network<input<3>, dense<4, A>, dense<2, ctnn::tanh>>,
                                 network<input<3>, dense<4, A, bias::frozen>, dense<2, ctnn::tanh, bias::frozen>>,
                                 network<input<3>, dense<4, A, bias::none>, dense<2, ctnn::tanh, bias::none>>>;

using activations = std::tuple<ctnn::linear, ctnn::logistic, ctnn::tanh, ctnn::relu, ctnn::leaky_relu, ctnn::elu,
                               ctnn::softplus, ctnn::silu, ctnn::gelu, ctnn::softmax>;

using topologies =
    std::tuple<network<input<1>, dense<1>>, network<input<17>, dense<3, ctnn::logistic>>,
               network<input<5>, dense<16, ctnn::tanh>, dense<17, ctnn::gelu>, dense<2>>,
               network<input<2>, dense<3, ctnn::silu>, dense<1, ctnn::elu>, dense<4, ctnn::softplus>,
                       dense<3, ctnn::softmax>, dense<2, ctnn::tanh>, dense<2, ctnn::logistic>>,
               network<input<3>, frozen<dense<4, ctnn::tanh>>, dense<2>>,
               network<input<3>, dense<4, ctnn::tanh>, frozen<dense<5, ctnn::silu>>, dense<2, ctnn::logistic>>,
               network<input<3>, dense<4, ctnn::tanh>, frozen<dense<2>>>,
               network<input<2>, frozen<dense<3, ctnn::softmax>>, frozen<dense<3, ctnn::gelu, bias::none>>,
                       dense<2, ctnn::tanh, bias::frozen>>>;

template <class Net> constexpr Net start = ctnn::initialize<Net>(ctnn::uniform{.low = -.9, .high = .9, .seed = 7});

template <class Net>
constexpr auto sample_of = [] {
  ctnn::sample<Net> s{typename Net::input_type{}, typename Net::output_type{}};
  ctnn::math::rng random{11};
  for (auto& x : s.input) x = 2 * random.uniform<double>() - 1;
  for (auto& t : s.target) t = random.uniform<double>();
  return s;
}();

/// Whether a parameter is trained, as the layout says; how many are is counted by hand in tests/static.
template <class Net>
constexpr auto trained = [] {
  std::array<bool, Net::parameter_count> is{};
  for (auto const& place : Net::layers::sizes.places)
    for (std::size_t i = 0; i < place.sizes.trainable; ++i) is[place.parameters + i] = true;
  return is;
}();

template <class Net, class Loss = ctnn::half_squared_error> void gradient_is_central_difference() {
  constexpr auto const& net = start<Net>;
  constexpr auto const& sample = sample_of<Net>;
  // Off by h^2 E'''/6, about 1e-10, and by the rounding of E over h, about 1e-11.
  constexpr double h = 1e-5, tolerance = 2e-9;
  auto const gradient = ctnn::gradient<Loss>(net, sample.input, sample.target);
  std::size_t count = 0;
  for (std::size_t i = 0; i < Net::parameter_count; ++i) {
    INFO("parameter " << i);
    if (!trained<Net>[i]) {
      CHECK(gradient.parameters[i] == 0);
      continue;
    }
    ++count;
    auto above = net, below = net;
    above.parameters[i] += h;
    below.parameters[i] -= h;
    double const difference =
        (ctnn::loss<Loss>(above, sample.input, sample.target) - ctnn::loss<Loss>(below, sample.input, sample.target)) /
        (2 * h);
    CHECK(ctnn::near(gradient.parameters[i], difference, tolerance));
  }
  CHECK(count == Net::trainable_count);
}

struct gradient_of {
  constexpr auto operator()(auto const& net, auto const& sample) const {
    return std::tuple{net(sample.input), ctnn::gradient<ctnn::half_squared_error>(net, sample.input, sample.target)};
  }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("a dense layer's gradient is its central difference, for each kind of bias", "[layer]",
                        activations) {
  INFO(TestType::name);
  [&]<class... Net>(std::tuple<Net...> const*) {
    (gradient_is_central_difference<Net>(), ...);
  }(static_cast<kinds_of_bias<TestType> const*>(nullptr));
}

TEMPLATE_LIST_TEST_CASE("a dense layer has the same bits in the compiler and at run time", "[layer]", activations) {
  using net = std::tuple_element_t<0, kinds_of_bias<TestType>>;
  ctnn_test::exact<gradient_of{}, start<net>, sample_of<net>>();
}

TEMPLATE_LIST_TEST_CASE("a network's gradient is its central difference, deep, wide or frozen", "[layer]", topologies) {
  gradient_is_central_difference<TestType>();
}

TEMPLATE_LIST_TEST_CASE("a network has the same bits in the compiler and at run time", "[layer]", topologies) {
  ctnn_test::exact<gradient_of{}, start<TestType>, sample_of<TestType>>();
}

TEST_CASE("backpropagation of the losses by logits is their central difference", "[layer]") {
  gradient_is_central_difference<network<input<3>, dense<4, ctnn::tanh>, dense<3, ctnn::softmax>>,
                                 ctnn::cross_entropy>();
  gradient_is_central_difference<network<input<3>, dense<4, ctnn::tanh>, dense<3>>, ctnn::cross_entropy_with_logits>();
  gradient_is_central_difference<network<input<3>, dense<4, ctnn::tanh>, dense<3, ctnn::logistic>>,
                                 ctnn::binary_cross_entropy>();
  gradient_is_central_difference<network<input<3>, dense<4, ctnn::tanh>, frozen<dense<3>>>,
                                 ctnn::binary_cross_entropy_with_logits>();
}

TEST_CASE("training leaves a frozen layer's parameters alone", "[layer]") {
  using net =
      network<input<3>, dense<4, ctnn::tanh>, frozen<dense<5, ctnn::silu>>, dense<2, ctnn::logistic, bias::frozen>>;
  constexpr auto const& initial = start<net>;
  ctnn::trainer<net, ctnn::half_squared_error, ctnn::adamw> trainer{initial, {.learning_rate = .1, .weight_decay = .1}};
  for (int i = 0; i < 20; ++i) REQUIRE(trainer.step(sample_of<net>.input, sample_of<net>.target) == ctnn::status::ok);
  for (std::size_t i = 0; i < net::parameter_count; ++i) {
    INFO("parameter " << i);
    CHECK((trainer.network().parameters[i] == initial.parameters[i]) == !trained<net>[i]);
  }
  CHECK(net::trainable_count == 4 * 3 + 4 + 2 * 5);
}
