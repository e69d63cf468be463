// SPDX-License-Identifier: BSL-1.0
/// \file Learning without memory for a gradient: the same bits as with it, and what is refused.
#include <ctnn.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <support/exact.hpp>

namespace {

using ctnn::dense;
using ctnn::frozen;
using ctnn::input;
using ctnn::network;
using ctnn::status;

template <class T>
using small = network<T, input<2>, dense<3, ctnn::tanh>, frozen<dense<5, ctnn::gelu>>, dense<2, ctnn::softmax>>;
template <class T> using wide = network<T, input<9>, dense<17, ctnn::relu>, dense<33, ctnn::relu>, dense<3>>;
template <class T>
using without_biases =
    network<T, input<5>, dense<6, ctnn::leaky_relu, ctnn::bias::none>, dense<4, ctnn::logistic, ctnn::bias::frozen>>;

template <class Net> constexpr ctnn::sample<Net> sample_for(std::size_t step) {
  ctnn::sample<Net> s{};
  for (std::size_t i = 0; i < s.input.size(); ++i)
    s.input[i] = static_cast<typename Net::scalar_type>(static_cast<int>((i * 7 + step * 3) % 11) - 5) / 4;
  s.target[step % s.target.size()] = 1;
  return s;
}

template <class Net, class Loss, class Schedule = ctnn::constant_rate>
void learns_as_trainer_does(ctnn::sgd const& rate, Schedule const& schedule = {}) {
  constexpr Net initial = ctnn::initialize<Net>(ctnn::he{.seed = 5});
  ctnn::online_trainer<Net, Loss, ctnn::sgd, Schedule> online{initial, rate, schedule};
  ctnn::trainer<Net, Loss, ctnn::sgd, Schedule> trainer{initial, rate, schedule};
  for (std::size_t step = 0; step < 40; ++step) {
    auto const s = sample_for<Net>(step);
    REQUIRE(online.step(s.input, s.target) == status::ok);
    REQUIRE(trainer.step(s.input, s.target) == status::ok);
    REQUIRE(ctnn_test::difference(online.network(), trainer.network()) == "");
    CHECK(ctnn_test::difference(online.loss(), trainer.loss()) == "");
  }
  CHECK(online.updates() == 40);
  CHECK(!(online.network() == initial));
}

template <class T> void learns_as_trainer_does() {
  learns_as_trainer_does<small<T>, ctnn::cross_entropy>({.learning_rate = .25});
  learns_as_trainer_does<wide<T>, ctnn::half_squared_error>({.learning_rate = .01, .weight_decay = .1});
  learns_as_trainer_does<wide<T>, ctnn::half_squared_error>({.learning_rate = .01}, ctnn::cosine{.steps = 30});
  learns_as_trainer_does<without_biases<T>, ctnn::mean_squared_error>({.learning_rate = .5});
}

/// y = w x + b.
using line = network<float, input<1>, dense<1>>;
using line_trainer = ctnn::online_trainer<line>;
constexpr float largest = std::numeric_limits<float>::max();

// By hand: y = 0, e = -1, w = 0 + .5 * 1 * 2, b = 0 + .5 * 1.
constexpr line moved = [] {
  line_trainer trainer{line{{0.F, 0.F}}, {.learning_rate = .5}};
  return trainer.step({2.F}, {1.F}) == status::ok ? trainer.network() : line{};
}();
static_assert(moved == line{{1.F, .5F}});

static_assert(ctnn::summary_of<wide<float>>.training_ram - ctnn::summary_of<wide<float>>.online_ram ==
              sizeof(float) * wide<float>::trainable_count);
static_assert(sizeof(ctnn::online_trainer<wide<float>>) <=
              ctnn::summary_of<wide<float>>.flash + ctnn::summary_of<wide<float>>.online_ram + 64);

}  // namespace

TEST_CASE("learning online gives the bits of the trainer with a gradient", "[train][online_trainer]") {
  learns_as_trainer_does<float>();
  learns_as_trainer_does<double>();
}

TEST_CASE("an online step that would not stay finite is not made", "[train][online_trainer]") {
  line_trainer from_zero{line{{0.F, 0.F}}, {.learning_rate = .5}};
  CHECK(from_zero.step({0.F}, {-largest}) == status::loss_not_finite);
  // The error is 1e18, so the loss is 5e35 and the weight's slope 1e43.
  CHECK(from_zero.step({1e25F}, {-1e18F}) == status::step_not_finite);
  CHECK(from_zero.state() == status::step_not_finite);
  CHECK(from_zero.updates() == 0);
  CHECK(from_zero.network() == line{{0.F, 0.F}});
  // And it goes on as if nothing had been.
  CHECK(from_zero.step({2.F}, {1.F}) == status::ok);
  CHECK(from_zero.network() == moved);
}

TEST_CASE("an online step that only a look at every parameter allows is made", "[train][online_trainer]") {
  line_trainer trainer{line{{largest, 0.F}}, {.learning_rate = .5}};
  CHECK(trainer.step({0.F}, {1.F}) == status::ok);
  CHECK(trainer.network() == line{{largest, .5F}});
}

TEST_CASE("an option out of its range is refused online too", "[train][online_trainer]") {
  line_trainer trainer{moved, {.learning_rate = -1}};
  CHECK(trainer.step({2.F}, {1.F}) == status::bad_option);
  trainer.restart(line{});
  CHECK(trainer.state() == status::bad_option);
}
