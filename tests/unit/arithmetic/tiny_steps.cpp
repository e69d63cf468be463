// SPDX-License-Identifier: BSL-1.0
/// \file Steps of networks that fit into registers are those that docs/arithmetic.md says, whatever their shape.
#include "recipes.hpp"

#include <limits>

namespace {

using namespace arithmetic_test;
using ctnn::dense, ctnn::input;

constexpr ctnn::sgd optimizer{.learning_rate = .3};

/// Some epochs, sample by sample, by the library and by the interpreter.
template <class Loss, class Net> void compare() {
  using T = typename Net::scalar_type;
  source random{7};
  Net start;
  random.fill(start.parameters);
  start.parameters[0] = T(-0.0);
  auto const samples = random_samples<Net>(random, 9);
  INFO(Loss::name << ", " << Net::parameter_count << " parameters, " << Net::input_count << " inputs");

  ctnn::trainer<Net, Loss> trainer{start, optimizer};
  in::school<T> school{described(start), loss_of<Loss>, recipe_of(optimizer), rates_of<T>(ctnn::constant_rate{})};
  auto const lessons = lessons_of<Net>(samples);
  for (std::size_t e = 0; e < 5; ++e) {
    auto const result = trainer.fit(samples, {.epochs = 1});
    REQUIRE(result.state == ctnn::status::ok);
    CHECK(difference(result.loss, school.epoch(lessons, in::course{}, e)) == "");
    CHECK(difference(trainer.network().parameters, school.net().parameters) == "");
  }
}

template <class T, std::size_t In, class... Layers> using net = ctnn::network<T, input<In>, Layers...>;
using ctnn::binary_cross_entropy_with_logits, ctnn::half_squared_error, ctnn::huber, ctnn::mean_squared_error;
using ctnn::gelu, ctnn::leaky_relu, ctnn::relu, ctnn::silu;

template <class T, std::size_t In> void compare_single_layers() {
  compare<half_squared_error, net<T, In, dense<1, ctnn::logistic>>>();
  compare<binary_cross_entropy_with_logits, net<T, In, dense<2>>>();
  compare<huber, net<T, In, dense<3, gelu>>>();
  compare<mean_squared_error, net<T, In, dense<4, ctnn::tanh>>>();
}

using small = net<float, 2, dense<2, ctnn::logistic>, dense<2, ctnn::logistic>>;

}  // namespace

TEMPLATE_TEST_CASE("steps of a tiny layer have the bits specified", "[arithmetic]", float, double) {
  compare_single_layers<TestType, 1>();
  compare_single_layers<TestType, 2>();
  compare_single_layers<TestType, 3>();
  compare_single_layers<TestType, 4>();
}

TEMPLATE_TEST_CASE("steps of a tiny network have the bits specified", "[arithmetic]", float, double) {
  using T = TestType;
  compare<half_squared_error, net<T, 2, dense<2, ctnn::logistic>, dense<2, ctnn::logistic>>>();
  compare<half_squared_error, net<T, 2, dense<3, ctnn::tanh>, dense<1, ctnn::logistic>>>();
  compare<mean_squared_error, net<T, 3, dense<2, silu>, dense<3, ctnn::tanh>>>();
  compare<huber, net<T, 1, dense<4, leaky_relu>, dense<1>>>();
  compare<binary_cross_entropy_with_logits, net<T, 4, dense<3, gelu>, dense<2>>>();
  compare<half_squared_error, net<T, 2, dense<4, relu>, dense<2, ctnn::logistic>>>();
  compare<mean_squared_error, net<T, 2, dense<2, ctnn::tanh>, dense<2, gelu>, dense<2>>>();
  compare<half_squared_error, net<T, 1, dense<1, ctnn::tanh>, dense<1, silu>, dense<1>>>();
  compare<half_squared_error, net<T, 5, dense<2, ctnn::tanh>, dense<2>>>();  // too many inputs, another way
}

TEST_CASE("a tiny network refuses what is not finite and learns on", "[arithmetic]") {
  float const nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity(),
              huge = std::numeric_limits<float>::max();
  small const start{{.1F, .2F, -.3F, .4F, .5F, -.6F, .7F, .8F, -.9F, 1, -.1F, .2F}};
  ctnn::trainer<small> trainer{start, optimizer};
  CHECK(trainer.step({nan, 0}, {0, 1}) == ctnn::status::loss_not_finite);
  CHECK(trainer.step({0, 1}, {infinity, 1}) == ctnn::status::loss_not_finite);
  CHECK(trainer.network() == start);
  // The loss is finite, 1e36, but not the errors of the hidden layer: infinite, or infinity less infinity.
  using linear_net = net<float, 2, dense<2>, dense<2>>;
  for (float const last : {1e21F, -1e21F}) {
    linear_net const steep{{0, 0, 0, 0, 0, 0, 1e21F, 1e21F, last, last, 0, 0}};
    ctnn::trainer<linear_net> steep_trainer{steep, optimizer};
    CHECK(steep_trainer.step({.5F, .25F}, {1e18F, 1e18F}) == ctnn::status::step_not_finite);
    CHECK(steep_trainer.network() == steep);
  }
  // A large input that no error meets: nothing overflows, so the step is made.
  linear_net const level{{0, 0, 0, 0, 1, 2, 1, 0, 0, 1, 0, 0}};
  ctnn::trainer<linear_net> level_trainer{level, optimizer};
  CHECK(level_trainer.step({huge, huge}, {1, 2}) == ctnn::status::ok);
  CHECK(level_trainer.network() == level);
  CHECK(trainer.step({.5F, 1}, {0, 1}) == ctnn::status::ok);
  CHECK(trainer.network() != start);
}
