// SPDX-License-Identifier: BSL-1.0
/// \file Steps from one sample each, in which hosts leave out neurons without an error, have the bits specified.
#include "recipes.hpp"

namespace {

using namespace arithmetic_test;
using ctnn::dense, ctnn::input, ctnn::frozen, ctnn::relu;

/// Numbers among which every `nth` is a zero, and all zeros are `zero`.
template <class T, class Array> void fill(source& random, Array& x, T scale, std::size_t nth, T zero) {
  random.fill(x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] *= scale;
    if (i % nth == 0 || x[i] == T(0)) x[i] = zero;
  }
}

/// Some steps from random samples, by the trainers and by the interpreter.
template <class Net, class Loss>
void compare(ctnn::sgd const& optimizer, std::size_t nth, typename Net::scalar_type zero) {
  using T = typename Net::scalar_type;
  INFO("every " << nth << "th " << zero << ", weight decay " << optimizer.weight_decay);
  source random{nth};
  Net start;
  fill(random, start.parameters, T(.2), nth, zero);
  auto samples = random_samples<Net>(random, 6);
  for (auto& s : samples) fill(random, s.input, T(1), nth, T(-0.0));

  ctnn::trainer<Net, Loss> trainer{start, optimizer};
  ctnn::online_trainer<Net, Loss> online{start, optimizer};
  in::school<T> school{described(start), loss_of<Loss>, recipe_of(optimizer), rates_of<T>(ctnn::constant_rate{})};
  for (auto const& s : samples) {
    REQUIRE(trainer.step(s.input, s.target) == ctnn::status::ok);
    REQUIRE(online.step(s.input, s.target) == ctnn::status::ok);
    CHECK(difference(trainer.loss(), school.epoch(lessons_of<Net>({s}), {}, 0)) == "");
    CHECK(difference(trainer.network().parameters, school.net().parameters) == "");
    CHECK(difference(online.network().parameters, school.net().parameters) == "");
  }
}

template <class Net, class Loss> void compare() {
  using T = typename Net::scalar_type;
  for (std::size_t nth : {11U, 3U})
    for (T zero : {T(0), T(-0.0)}) {
      compare<Net, Loss>({.learning_rate = .01}, nth, zero);
      compare<Net, Loss>({.learning_rate = .01, .weight_decay = .01}, nth, zero);
    }
}

template <class T> using middle = ctnn::network<T, input<13>, dense<64, relu>, dense<64, relu>, dense<4>>;
/// More neurons than there are bits in a word, and lengths that no vector divides.
template <class T> using odd = ctnn::network<T, input<37>, dense<18, relu>, dense<131, relu>, dense<5, ctnn::softmax>>;
template <class T>
using partly_frozen = ctnn::network<T, input<9>, dense<21, relu, ctnn::bias::none>, frozen<dense<70, relu>>,
                                    dense<6, ctnn::tanh>, dense<33, relu, ctnn::bias::frozen>, dense<3>>;

}  // namespace

TEMPLATE_TEST_CASE("steps of networks with neurons that are off are as specified", "[arithmetic]", float, double) {
  compare<middle<TestType>, ctnn::half_squared_error>();
  compare<odd<TestType>, ctnn::cross_entropy>();
  compare<partly_frozen<TestType>, ctnn::mean_squared_error>();
}

TEST_CASE("steps with neurons that are off are refused if they overflow, and go on", "[arithmetic][trainer]") {
  using net = middle<float>;
  source random{5};
  net start;
  fill(random, start.parameters, .2F, 11, 0.F);
  auto samples = random_samples<net>(random, 2);
  ctnn::trainer<net> trainer{start, {.learning_rate = .01}}, undisturbed{start, {.learning_rate = .01}};
  auto const step = [](auto& t, auto const& s) { return t.step(s.input, s.target); };
  CHECK(step(trainer, samples[0]) == ctnn::status::ok);
  CHECK(step(undisturbed, samples[0]) == ctnn::status::ok);
  for (float wrong : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    auto bad = samples[1];
    bad.input[3] = wrong;
    CHECK(step(trainer, bad) != ctnn::status::ok);
    CHECK(difference(trainer.network().parameters, listed(undisturbed.network().parameters)) == "");
  }
  CHECK(step(trainer, samples[1]) == ctnn::status::ok);
  CHECK(step(undisturbed, samples[1]) == ctnn::status::ok);
  CHECK(difference(trainer.network().parameters, listed(undisturbed.network().parameters)) == "");
}
