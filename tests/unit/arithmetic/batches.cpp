// SPDX-License-Identifier: BSL-1.0
/// \file Batches of all sizes, which hosts learn from by groups of samples, have the bits of samples one by one.
#include "recipes.hpp"

namespace {

using namespace arithmetic_test;
using ctnn::dense, ctnn::input, ctnn::frozen;

template <class T> bool finite(std::vector<T> const& x) {
  for (T v : x)
    if (!(v - v == 0)) return false;
  return true;
}

/// Two updates from random samples, by a trainer and by the interpreter.
template <class Net, class Loss, class Optimizer>
void compare(Optimizer const& optimizer, std::size_t size, std::uint64_t seed) {
  using T = typename Net::scalar_type;
  INFO(Optimizer::name << ", batch of " << size);
  source random{seed};
  Net start;
  random.fill(start.parameters);
  ctnn::trainer<Net, Loss, Optimizer> trainer{start, optimizer};
  in::school<T> school{described(start), loss_of<Loss>, recipe_of(optimizer), rates_of<T>(ctnn::constant_rate{})};
  for (std::size_t update = 0; update < 2; ++update) {
    auto const samples = random_samples<Net>(random, size);
    REQUIRE(trainer.step(samples) == ctnn::status::ok);
    T const of_epoch = trainer.loss() * T(size) / T(size);
    CHECK(difference(of_epoch, school.epoch(lessons_of<Net>(samples), {.batch = size}, 0)) == "");
  }
  CHECK(difference(trainer.network().parameters, school.net().parameters) == "");
}

template <class Net, class Loss> void compare_sizes() {
  std::uint64_t seed = 0;
  auto const both = [&](std::size_t size) {
    compare<Net, Loss>(ctnn::sgd{.learning_rate = .1}, size, ++seed);
    compare<Net, Loss>(ctnn::adam{.learning_rate = .01}, size, ++seed);
  };
  for (std::size_t size = 1; size <= 17; ++size) both(size);
  for (std::size_t size : {31U, 32U, 33U, 40U, 64U, 71U}) both(size);
}
template <class Net, class Loss> void compare_optimizers() {
  for (std::size_t size : {3U, 9U, 32U, 45U}) {
    compare<Net, Loss>(ctnn::sgd{.learning_rate = .1, .weight_decay = .01}, size, size);
    compare<Net, Loss>(ctnn::sgd_momentum{.learning_rate = .05, .nesterov = true}, size, size);
    compare<Net, Loss>(ctnn::rmsprop{}, size, size);
    compare<Net, Loss>(ctnn::adamw{.learning_rate = .01}, size, size);
    compare<Net, Loss>(ctnn::clipped<ctnn::sgd>{.optimizer = {.learning_rate = .1}, .max_norm = .2}, size, size);
    compare<Net, Loss>(ctnn::clipped<ctnn::adam>{.optimizer = {.learning_rate = .1}, .max_norm = .3}, size, size);
  }
}

/// Numbers of neurons from 1 on, around multiples of vectors.
template <class T> using narrow = ctnn::network<T, input<1>, dense<1, ctnn::tanh>, dense<1>>;
template <class T> using odd = ctnn::network<T, input<3>, dense<7, ctnn::silu>, dense<21, ctnn::relu>, dense<2>>;
template <class T>
using wide = ctnn::network<T, input<37>, dense<18, ctnn::relu>, dense<16, ctnn::elu>, dense<5, ctnn::logistic>>;
template <class T>
using partly_frozen = ctnn::network<T, input<13>, frozen<dense<20, ctnn::tanh>>,
                                    dense<6, ctnn::gelu, ctnn::bias::frozen>, frozen<dense<9, ctnn::softplus>>,
                                    dense<33, ctnn::leaky_relu, ctnn::bias::none>, dense<10, ctnn::softmax>>;
template <class T> using squeezed = ctnn::network<T, input<20>, dense<4, ctnn::softmax>, dense<19>>;
/// Too large for a group of 32.
template <class T> using large = ctnn::network<T, input<3000>, dense<9, ctnn::relu>, dense<4, ctnn::softmax>>;

/// Rows shorter than vectors, and layers that are not.
template <class T>
using tiny = ctnn::network<T, input<2>, dense<2, ctnn::logistic>, dense<3, ctnn::tanh, ctnn::bias::none>,
                           dense<5, ctnn::relu, ctnn::bias::frozen>, dense<1, ctnn::logistic>, dense<4>>;
/// Where samples are left out of the gradient, as half of the neurons are off.
template <class T>
using often_off = ctnn::network<T, input<70>, dense<66, ctnn::relu>, dense<19, ctnn::relu>, dense<2>>;

/// What the trainer has to say of a batch, and the parameters then.
template <class Net> struct verdict {
  ctnn::status state;
  Net network;
};

template <class Net, class Loss, class Optimizer>
verdict<Net> judge(Net const& start, Optimizer const& optimizer, std::vector<ctnn::sample<Net>> const& samples) {
  using T = typename Net::scalar_type;
  auto const lessons = lessons_of<Net>(samples);
  in::school<T> school{described(start), loss_of<Loss>, recipe_of(optimizer), rates_of<T>(ctnn::constant_rate{})};
  (void)school.epoch(lessons, {.batch = samples.size()}, 0);
  T sum(0);
  for (auto const& lesson : lessons) {
    in::school<T> other{described(start), loss_of<Loss>, recipe_of(optimizer), rates_of<T>(ctnn::constant_rate{})};
    sum = sum + other.epoch({lesson}, {}, 0);
  }
  if (!finite<T>({sum})) return {ctnn::status::loss_not_finite, start};
  if (!finite(school.net().parameters)) return {ctnn::status::step_not_finite, start};
  Net after = start;
  for (std::size_t i = 0; i < after.parameters.size(); ++i) after.parameters[i] = school.net().parameters[i];
  return {ctnn::status::ok, after};
}

}  // namespace

TEMPLATE_TEST_CASE("batches of networks of odd sizes are learned from as specified", "[arithmetic]", float, double) {
  compare_sizes<odd<TestType>, ctnn::huber>();
}
TEST_CASE("batches of networks of one neuron a layer are learned from as specified", "[arithmetic]") {
  compare_sizes<narrow<float>, ctnn::half_squared_error>();
}
TEST_CASE("batches of tiny networks are learned from as specified", "[arithmetic]") {
  compare_sizes<tiny<float>, ctnn::half_squared_error>();
  compare_optimizers<tiny<float>, ctnn::half_squared_error>();
}
TEST_CASE("batches of networks wider than a vector are learned from as specified", "[arithmetic]") {
  compare_sizes<wide<float>, ctnn::binary_cross_entropy>();
}
TEST_CASE("batches of networks with a softmax inside are learned from as specified", "[arithmetic]") {
  compare_sizes<squeezed<double>, ctnn::cross_entropy_with_logits>();
}
TEST_CASE("batches of partly frozen networks are learned from as specified", "[arithmetic]") {
  compare_sizes<partly_frozen<float>, ctnn::cross_entropy>();
  compare_optimizers<partly_frozen<float>, ctnn::cross_entropy>();
}
TEST_CASE("batches of large networks are learned from as specified", "[arithmetic]") {
  for (std::size_t size : {2U, 5U, 16U, 19U, 32U, 35U})
    compare<large<float>, ctnn::cross_entropy>(ctnn::sgd{.learning_rate = .001}, size, size);
}

TEMPLATE_TEST_CASE("batches of which many neurons are off are learned from as specified", "[arithmetic]", float,
                   double) {
  using net = often_off<TestType>;
  std::uint64_t seed = 0;
  for (std::size_t size : {2U, 6U, 7U, 16U, 31U, 32U, 33U, 45U, 100U})
    compare<net, ctnn::huber>(ctnn::sgd{.learning_rate = 1e-4}, size, ++seed);
  for (std::size_t size : {7U, 40U}) {
    compare<net, ctnn::huber>(ctnn::sgd{.learning_rate = 1e-4, .weight_decay = .01}, size, ++seed);
    compare<net, ctnn::huber>(ctnn::sgd_momentum{.learning_rate = 1e-4, .nesterov = true}, size, ++seed);
    compare<net, ctnn::huber>(ctnn::adam{.learning_rate = 1e-4}, size, ++seed);
    compare<net, ctnn::huber>(ctnn::clipped<ctnn::sgd>{.optimizer = {.learning_rate = .1}, .max_norm = .2}, size,
                              ++seed);
  }
}

TEST_CASE("batches with an infinite input of neurons that are all off are refused", "[arithmetic][trainer]") {
  // The sample's net inputs are all -infinity, so its loss is finite and its errors are 0; but 0 times infinity is NaN.
  using net = ctnn::network<float, input<70>, dense<8, ctnn::relu>, dense<2>>;
  using loss = ctnn::half_squared_error;
  constexpr std::size_t place = 41;
  source random{7};
  net start;
  random.fill(start.parameters);
  for (std::size_t o = 0; o < 8; ++o) start.parameters[o * 70 + place] = -1.F - static_cast<float>(o);
  auto const refuses = [&](auto const& optimizer) {
    for (std::size_t size : {2U, 5U, 9U, 32U, 45U, 70U})
      for (std::size_t at : {std::size_t{0}, size - 1}) {
        INFO(std::remove_cvref_t<decltype(optimizer)>::name << ", sample " << at << " of " << size);
        auto samples = random_samples<net>(random, size);
        ctnn::trainer<net, loss, std::remove_cvref_t<decltype(optimizer)>> trainer{start, optimizer};
        samples[at].input[place] = std::numeric_limits<float>::infinity();
        CHECK(judge<net, loss>(start, optimizer, samples).state == ctnn::status::step_not_finite);
        CHECK(trainer.step(samples) == ctnn::status::step_not_finite);
        CHECK(ctnn_test::difference(trainer.network(), start) == "");
        samples[at].input[place] = std::numeric_limits<float>::quiet_NaN();
        CHECK(trainer.step(samples) == ctnn::status::loss_not_finite);
        samples[at].input[place] = std::numeric_limits<float>::max();
        auto const expected = judge<net, loss>(start, optimizer, samples);
        CHECK(trainer.step(samples) == expected.state);
        CHECK(difference(trainer.network().parameters, listed(expected.network.parameters)) == "");
      }
  };
  refuses(ctnn::sgd{.learning_rate = 1e-3});
  refuses(ctnn::sgd_momentum{.learning_rate = 1e-3});
  refuses(ctnn::adam{.learning_rate = 1e-3});
  refuses(ctnn::clipped<ctnn::sgd>{.optimizer = {.learning_rate = 1e-3}, .max_norm = 1});
}

TEST_CASE("batches that overflow are refused, and only those", "[arithmetic][trainer]") {
  using T = float;
  using net = ctnn::network<T, input<3>, dense<5, ctnn::leaky_relu>, dense<2>>;
  using loss = ctnn::half_squared_error;
  constexpr T large_number = std::numeric_limits<T>::max();
  std::size_t refused_losses = 0, refused_steps = 0, made = 0;
  source random{99};
  for (std::size_t round = 0; round < 3000; ++round) {
    net start;
    random.fill(start.parameters);
    auto samples = random_samples<net>(random, 2 + round % 41);
    // One number is so large that its square, its gradient or the next parameters may overflow, or just do not.
    auto const at = round % samples.size();
    T const magnitude = std::sqrt(large_number) * std::pow(T(2), T(round % 23) - T(14));
    if (round % 3 == 0) samples[at].target[1] = magnitude;
    if (round % 3 == 1) samples[at].input[round / 3 % 3] = magnitude;
    if (round % 3 == 2)
      for (auto& p : start.parameters) p *= std::sqrt(magnitude);
    ctnn::sgd const rule{.learning_rate = round % 2 == 0 ? .1 : 1e25};
    auto const expected = judge<net, loss>(start, rule, samples);
    ctnn::trainer<net, loss> trainer{start, rule};
    INFO("round " << round << ", batch of " << samples.size());
    CHECK(trainer.step(samples) == expected.state);
    CHECK(difference(trainer.network().parameters, listed(expected.network.parameters)) == "");
    ++(expected.state == ctnn::status::ok                ? made
       : expected.state == ctnn::status::loss_not_finite ? refused_losses
                                                         : refused_steps);
    // What was refused leaves no trace: a step from there is that of a new trainer.
    ctnn::trainer<net, loss> fresh{expected.network, rule};
    auto const next = random_samples<net>(random, 8);
    CHECK(trainer.step(next) == fresh.step(next));
    CHECK(difference(trainer.network().parameters, listed(fresh.network().parameters)) == "");
  }
  // Or the test would be one of something else.
  CHECK(made > 100);
  CHECK(refused_losses > 100);
  CHECK(refused_steps > 100);
}
