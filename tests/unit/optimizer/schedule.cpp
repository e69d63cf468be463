// SPDX-License-Identifier: BSL-1.0
/// \file Learning-rate schedules: endpoints, monotonicity, and the same bits in the compiler and at run time.
#include <ctnn.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <support/exact.hpp>
#include <tuple>

namespace {

template <auto Schedule> struct factors {
  constexpr auto operator()(std::size_t first) const {
    std::array<double, 40> in_double{};
    std::array<float, 40> in_float{};
    for (std::size_t i = 0; i < in_double.size(); ++i) {
      in_double[i] = Schedule.template factor<double>(first + i);
      in_float[i] = Schedule.template factor<float>(first + i);
    }
    return std::tuple{in_double, in_float};
  }
};
constexpr std::size_t begin = 0, late = 1'000'000;

}  // namespace

TEST_CASE("a schedule has the same bits in the compiler and at run time", "[optimizer][schedule]") {
  ctnn_test::exact<factors<ctnn::constant_rate{}>{}, begin>();
  ctnn_test::exact<factors<ctnn::step_decay{.every = 3, .decay = .7}>{}, begin>();
  ctnn_test::exact<factors<ctnn::step_decay{.every = 3, .decay = .7}>{}, late>();
  ctnn_test::exact<factors<ctnn::cosine{.steps = 37, .last = .1}>{}, begin>();
  ctnn_test::exact<factors<ctnn::cosine{.steps = 1'000'020, .last = .1}>{}, late>();
  ctnn_test::exact<factors<ctnn::warm_up<ctnn::cosine>{.steps = 7, .after = {.steps = 20}}>{}, begin>();
}

TEST_CASE("a constant rate is 1 throughout", "[optimizer][schedule]") {
  CHECK(ctnn::constant_rate{}.factor<double>(0) == 1);
  CHECK(ctnn::constant_rate{}.factor<double>(late) == 1);
}

TEST_CASE("step decay multiplies after every so many updates", "[optimizer][schedule]") {
  constexpr ctnn::step_decay schedule{.every = 10, .decay = .5};
  double expected = 1;
  for (std::size_t step = 0; step < 100; ++step) {
    if (step != 0 && step % 10 == 0) expected /= 2;
    CHECK(schedule.factor<double>(step) == expected);
  }
  CHECK(ctnn::near(ctnn::step_decay{.every = 1, .decay = .9}.factor<double>(33), std::pow(.9, 33), 1e-15));
}

TEST_CASE("cosine goes from 1 to last, never up, and stays there", "[optimizer][schedule]") {
  constexpr ctnn::cosine schedule{.steps = 100, .last = .2};
  CHECK(schedule.factor<double>(0) == 1);
  CHECK(ctnn::near(schedule.factor<double>(50), .6, 1e-15));
  CHECK(schedule.factor<double>(100) == .2);
  CHECK(schedule.factor<double>(late) == .2);
  for (std::size_t step = 0; step < 100; ++step) {
    CHECK(schedule.factor<double>(step + 1) < schedule.factor<double>(step));
    CHECK(schedule.factor<float>(step + 1) < schedule.factor<float>(step));
    double const angle = std::numbers::pi * static_cast<double>(step) / 100;
    CHECK(ctnn::near(schedule.factor<double>(step), .2 + .8 * (1 + std::cos(angle)) / 2, 1e-15));
  }
}

TEST_CASE("warm-up rises from 1/steps to 1, and what comes after counts from there", "[optimizer][schedule]") {
  constexpr ctnn::warm_up<ctnn::cosine> schedule{.steps = 8, .after = {.steps = 10}};
  for (std::size_t step = 0; step < 8; ++step)
    CHECK(schedule.factor<double>(step) == static_cast<double>(step + 1) / 8);
  for (std::size_t step = 8; step < 30; ++step)
    CHECK(schedule.factor<double>(step) == ctnn::cosine{.steps = 10}.factor<double>(step - 8));
  CHECK(ctnn::warm_up<>{.steps = 4}.factor<double>(late) == 1);
}

TEST_CASE("the factor multiplies the learning rate", "[optimizer][schedule]") {
  // E = p^2 / 2: each step multiplies p by 1 - learning_rate * factor.
  using net = ctnn::network<double, ctnn::input<1>, ctnn::dense<1, ctnn::linear, ctnn::bias::none>>;
  ctnn::trainer<net, ctnn::half_squared_error, ctnn::sgd, ctnn::step_decay> trainer{
      net{{64.}}, {.learning_rate = .5}, {.every = 2, .decay = .5}};
  for (double expected : {32., 16., 12., 9., 7.875}) {
    REQUIRE(trainer.step({1.}, {0.}) == ctnn::status::ok);
    CHECK(trainer.network().parameters[0] == expected);
  }
}
