// SPDX-License-Identifier: BSL-1.0
/// \file Outputs, losses and gradients have the bits that docs/arithmetic.md says, over random shapes.
#include "describe.hpp"

namespace {

using namespace arithmetic_test;
using ctnn::dense, ctnn::frozen, ctnn::bias;

template <class A, class Loss> struct ending {
  using activation = A;
  using loss = Loss;
};
template <std::size_t I, class... Choice>
using choose = std::tuple_element_t<I % sizeof...(Choice), std::tuple<Choice...>>;

template <std::size_t I>
using hidden = choose<I, ctnn::linear, ctnn::relu, ctnn::leaky_relu, ctnn::elu, ctnn::logistic, ctnn::tanh,
                      ctnn::softplus, ctnn::silu, ctnn::gelu, ctnn::softmax>;
template <std::size_t I>
using last =
    choose<I, ending<ctnn::tanh, ctnn::half_squared_error>, ending<ctnn::gelu, ctnn::mean_squared_error>,
           ending<ctnn::elu_with<.7>, ctnn::huber>, ending<ctnn::logistic, ctnn::binary_cross_entropy>,
           ending<ctnn::linear, ctnn::binary_cross_entropy_with_logits>, ending<ctnn::softmax, ctnn::cross_entropy>,
           ending<ctnn::linear, ctnn::cross_entropy_with_logits>, ending<ctnn::silu, ctnn::huber_with<.3>>,
           ending<ctnn::leaky_relu_with<.2>, ctnn::mean_squared_error>>;

template <class T, std::size_t A, std::size_t B, std::size_t C, std::size_t I> struct subject {
  using net = ctnn::network<T, ctnn::input<A>, dense<B, hidden<I>>, dense<C, typename last<I>::activation>>;
  using loss = typename last<I>::loss;
};

template <class Net, class Loss> void compare(std::uint64_t seed) {
  source random{seed};
  for (int round = 0; round < 6; ++round) {
    bool const wild = round >= 4;
    static Net net;  // large ones would not do on the stack
    typename Net::input_type x;
    typename Net::output_type target;
    random.fill(net.parameters, wild);
    random.fill(x, wild);
    random.fill_target(target);
    INFO("seed " << seed << ", round " << round << ", " << Net::input_count << " inputs, " << Net::output_count
                 << " outputs, " << Net::parameter_count << " parameters");

    auto machine = described(net);
    CHECK(difference(net(x), machine.forward(listed(x)).out.back()) == "");
    CHECK(difference(ctnn::loss<Loss>(net, x, target), machine.loss(loss_of<Loss>, listed(x), listed(target))) == "");

    in::numbers<typename Net::scalar_type> expected(Net::parameter_count, 0);
    machine.learn(loss_of<Loss>, listed(x), listed(target), [&](std::size_t k, auto const& g) {
      for (std::size_t i = 0; i < g.size(); ++i) expected[machine.start(k) + i] += g[i];
    });
    static Net gradient;
    gradient = ctnn::gradient<Loss>(net, x, target);
    CHECK(difference(gradient.parameters, expected) == "");
  }
}

/// Every length as a number of inputs, of hidden neurons and of outputs, in combinations without order.
constexpr std::size_t lengths[]{1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 20, 31, 33, 64, 100, 257};
constexpr std::size_t count = std::size(lengths);

template <class T, std::size_t Turn, std::size_t I> void compare_lengths() {
  using s = subject<T, lengths[I], lengths[(I * 5 + 3 + Turn * 7) % count], lengths[(I * 7 + 11 + Turn * 5) % count],
                    I + Turn * 3>;
  compare<typename s::net, typename s::loss>(100 * Turn + I);
}
template <class T, std::size_t Turn> void compare_all_lengths() {
  [&]<std::size_t... I>(std::index_sequence<I...>) { (compare_lengths<T, Turn, I>(), ...); }
  (std::make_index_sequence<count>{});
}

/// Layers of at most 16 weights, which have code of their own.
constexpr std::size_t small[][3]{{1, 1, 1}, {2, 2, 2}, {3, 5, 3}, {4, 4, 4}, {16, 1, 16}, {1, 16, 1}, {8, 2, 8},
                                 {5, 3, 5}, {2, 7, 2}, {7, 2, 7}, {2, 8, 2}, {15, 1, 15}, {1, 13, 1}, {3, 3, 5},
                                 {4, 3, 2}, {1, 9, 1}, {2, 4, 4}, {3, 1, 7}, {2, 3, 4},   {1, 5, 2}};

template <class T> void compare_small() {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (compare<typename subject<T, small[I][0], small[I][1], small[I][2], I>::net,
             typename subject<T, small[I][0], small[I][1], small[I][2], I>::loss>(1000 + I),
     ...);
  }
  (std::make_index_sequence<std::size(small)>{});
}

template <class T, class... Layers> using from_six = ctnn::network<T, ctnn::input<6>, Layers...>;

template <class T> void compare_kept_parameters() {
  using ctnn::relu, ctnn::tanh, ctnn::softmax;
  compare<from_six<T, dense<9, relu, bias::none>, dense<20, tanh, bias::frozen>, dense<3, softmax>>,
          ctnn::cross_entropy>(1);
  compare<from_six<T, frozen<dense<9, relu>>, dense<20, tanh>, frozen<dense<4>>>, ctnn::huber>(2);
  compare<from_six<T, dense<2, tanh, bias::none>, frozen<dense<5, softmax>>, dense<2, tanh, bias::frozen>>,
          ctnn::half_squared_error>(3);
  compare<from_six<T, dense<1>, dense<7, tanh, bias::none>, dense<2, ctnn::logistic, bias::none>>,
          ctnn::binary_cross_entropy>(4);
}

}  // namespace

TEST_CASE("float networks of all lengths follow the specification", "[arithmetic]") { compare_all_lengths<float, 0>(); }
TEST_CASE("double networks of all lengths follow the specification", "[arithmetic]") {
  compare_all_lengths<double, 1>();
}
TEST_CASE("float networks of tiny layers follow the specification", "[arithmetic]") { compare_small<float>(); }
TEST_CASE("double networks of tiny layers follow the specification", "[arithmetic]") { compare_small<double>(); }
TEST_CASE("networks with parameters that are kept follow the specification", "[arithmetic]") {
  compare_kept_parameters<float>();
  compare_kept_parameters<double>();
}

namespace {

/// Each activation by itself, which says more if something is wrong, and meets more numbers.
template <class T, class A> void compare_activation(std::uint64_t seed) {
  source random{seed};
  for (int i = 0; i < 5000; ++i) {
    T const x = random.number<T>(true) * (i % 2 == 0 ? T(1) : T(30));
    INFO(A::name << "(" << ctnn_test::detail::text(x) << ")");
    using f = function_of<A>;
    T const y = A::apply(x);
    if (difference(y, in::apply(f::f, f::option, x)) != "") CHECK(difference(y, in::apply(f::f, f::option, x)) == "");
    auto const slope = difference(A::derivative(x, y), in::derivative(f::f, f::option, x, y));
    if (slope != "") CHECK(slope == "");
  }
}
template <class T, class... A> void compare_activations() { (compare_activation<T, A>(7), ...); }

}  // namespace

TEMPLATE_TEST_CASE("activations follow the specification, special numbers too", "[arithmetic]", float, double) {
  using T = TestType;
  compare_activations<T, ctnn::linear, ctnn::relu, ctnn::leaky_relu, ctnn::elu, ctnn::elu_with<.3>, ctnn::logistic,
                      ctnn::tanh, ctnn::softplus, ctnn::silu, ctnn::gelu>();
  CHECK(std::signbit(ctnn::relu::apply(T(-0.0))));
  CHECK(std::signbit(ctnn::leaky_relu::apply(T(-0.0))));
  CHECK(std::signbit(ctnn::elu::apply(T(-0.0))));
}

TEMPLATE_TEST_CASE("the loss of samples is their mean as specified", "[arithmetic]", float, double) {
  using net_type = ctnn::network<TestType, ctnn::input<3>, dense<5, ctnn::tanh>, dense<2>>;
  source random{11};
  net_type net;
  random.fill(net.parameters);
  std::array<ctnn::sample<net_type>, 7> samples{};
  TestType total(0);
  for (auto& s : samples) {
    random.fill(s.input);
    random.fill_target(s.target);
    total = total + described(net).loss(loss_of<ctnn::huber>, listed(s.input), listed(s.target));
  }
  CHECK(difference(ctnn::loss<ctnn::huber>(net, samples), total / TestType(7)) == "");
}
