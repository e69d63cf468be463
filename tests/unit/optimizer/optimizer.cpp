// SPDX-License-Identifier: BSL-1.0
/// \file Laws of every optimizer: the same bits in the compiler and at run time, and an elementary property each.
#include <ctnn.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <support/exact.hpp>
#include <tuple>

namespace {

template <class T> using net_of = ctnn::network<T, ctnn::input<2>, ctnn::dense<3, ctnn::tanh>, ctnn::dense<1>>;
template <class T>
constexpr net_of<T> initial = ctnn::initialize<net_of<T>>(ctnn::uniform{.low = -1, .high = 1, .seed = 5});
template <class T>
constexpr std::array samples{ctnn::sample<net_of<T>>{{T(.5), T(-1)}, {T(.25)}},
                             ctnn::sample<net_of<T>>{{T(-.75), T(2)}, {T(-1.5)}}};

/// Ten steps of the optimizer with these options.
template <auto Options> struct ten_steps {
  template <class Net, class Samples> constexpr Net operator()(Net const& net, Samples const& given) const {
    ctnn::trainer<Net, ctnn::half_squared_error, std::remove_const_t<decltype(Options)>> trainer{net, Options};
    for (std::size_t i = 0; i < 10; ++i) {
      auto const& s = given[i % given.size()];
      (void)trainer.step(s.input, s.target);
    }
    return trainer.network();
  }
};

template <auto... Options> struct list {};
using every =
    std::tuple<list<ctnn::sgd{.learning_rate = .1}>, list<ctnn::sgd{.learning_rate = .1, .weight_decay = .1}>,
               list<ctnn::sgd_momentum{.learning_rate = .1}>,
               list<ctnn::sgd_momentum{.learning_rate = .1, .nesterov = true, .weight_decay = .1}>,
               list<ctnn::rmsprop{.weight_decay = .1}>, list<ctnn::adam{.learning_rate = .1}>,
               list<ctnn::adam{.learning_rate = .1, .weight_decay = .1}>, list<ctnn::adamw{.learning_rate = .1}>,
               list<ctnn::clipped<ctnn::sgd>{.optimizer = {.learning_rate = .1}, .max_norm = .1}>,
               list<ctnn::clipped<ctnn::adam>{.optimizer = {.learning_rate = .1}, .max_norm = .1}>>;

// One weight p, input 1 and target t: E = (p - t)^2 / 2, dE/dp = p - t.
using quadratic = ctnn::network<double, ctnn::input<1>, ctnn::dense<1, ctnn::linear, ctnn::bias::none>>;

/// The weight after each of Count steps.
template <std::size_t Count, class Optimizer>
std::array<double, Count> path(Optimizer const& options, double p, double target) {
  ctnn::trainer<quadratic, ctnn::half_squared_error, Optimizer> trainer{quadratic{{p}}, options};
  std::array<double, Count> result{};
  for (double& weight : result) {
    REQUIRE(trainer.step({1.}, {target}) == ctnn::status::ok);
    weight = trainer.network().parameters[0];
  }
  return result;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("an optimizer has the same bits in the compiler and at run time", "[optimizer]", every) {
  []<auto Options>(list<Options>) {
    ctnn_test::exact<ten_steps<Options>{}, initial<double>, samples<double>>();
    ctnn_test::exact<ten_steps<Options>{}, initial<float>, samples<float>>();
  }
  (TestType{});
}

TEMPLATE_LIST_TEST_CASE("an optimizer lowers the loss", "[optimizer]", every) {
  []<auto Options>(list<Options>) {
    using loss = ctnn::half_squared_error;
    auto const trained = ten_steps<Options>{}(initial<double>, samples<double>);
    CHECK(ctnn::loss<loss>(trained, samples<double>) < ctnn::loss<loss>(initial<double>, samples<double>));
  }
  (TestType{});
}

TEST_CASE("sgd shrinks the error of a quadratic by 1 - learning_rate a step", "[optimizer]") {
  auto const p = path<5>(ctnn::sgd{.learning_rate = .25}, 3., 1.);
  CHECK(p == std::array{2.5, 2.125, 1.84375, 1.6328125, 1.474609375});
}

TEST_CASE("weight decay pulls towards 0, and 0 of it is none", "[optimizer]") {
  // At the minimum the gradient is 0, so only decay moves the weight: by 1 - learning_rate * weight_decay.
  CHECK(path<1>(ctnn::sgd{.learning_rate = .5, .weight_decay = .25}, 2., 2.)[0] == 1.75);
  CHECK(path<1>(ctnn::sgd_momentum{.learning_rate = .5, .weight_decay = .25}, 2., 2.)[0] == 1.75);
  CHECK(path<1>(ctnn::adamw{.learning_rate = .5, .weight_decay = .25}, 2., 2.)[0] == 1.75);
  CHECK(path<3>(ctnn::sgd{.weight_decay = 0}, 2., 2.)[2] == 2);
  CHECK(path<3>(ctnn::sgd_momentum{.weight_decay = 0}, 2., 2.)[2] == 2);
  CHECK(path<3>(ctnn::rmsprop{.weight_decay = 0}, 2., 2.)[2] == 2);
  CHECK(path<3>(ctnn::adam{.weight_decay = 0}, 2., 2.)[2] == 2);
  CHECK(path<3>(ctnn::adamw{.weight_decay = 0}, 2., 2.)[2] == 2);
  CHECK(path<9>(ctnn::adamw{.weight_decay = 0}, 2., 1.) == path<9>(ctnn::adam{}, 2., 1.));
}

TEST_CASE("the first step with momentum is that of sgd, and momentum 0 is sgd", "[optimizer]") {
  auto const plain = path<6>(ctnn::sgd{.learning_rate = .1}, 3., 1.);
  CHECK(path<1>(ctnn::sgd_momentum{.learning_rate = .1, .momentum = .9}, 3., 1.)[0] == plain[0]);
  CHECK(path<6>(ctnn::sgd_momentum{.learning_rate = .1, .momentum = 0}, 3., 1.) == plain);
  CHECK(path<6>(ctnn::sgd_momentum{.learning_rate = .1, .momentum = 0, .nesterov = true}, 3., 1.) == plain);
}

TEST_CASE("momentum follows its recurrence on a quadratic", "[optimizer]") {
  // v <- v/2 + e, e <- e - v/4 (Nesterov: e - (e + v/2) / 4) for the error e = p - 0, from e = 1 and v = 0; by hand:
  CHECK(path<3>(ctnn::sgd_momentum{.learning_rate = .25, .momentum = .5}, 1., 0.) == std::array{.75, .4375, .171875});
  CHECK(path<3>(ctnn::sgd_momentum{.learning_rate = .25, .momentum = .5, .nesterov = true}, 1., 0.) ==
        std::array{.625, .328125, .134765625});
}

TEST_CASE("Nesterov's steps on a quadratic are the closed form's", "[optimizer]") {
  // (e, v) <- (e - r (e + m v'), v'), v' = m v + e: a linear map with trace 1 + m - r (1 + m) and determinant
  // m (1 - r), so e_{k+2} = trace e_{k+1} - determinant e_k.
  constexpr double r = .1, m = .8, trace = (1 + m) * (1 - r), determinant = m * (1 - r);
  auto const e = path<20>(ctnn::sgd_momentum{.learning_rate = r, .momentum = m, .nesterov = true}, 1., 0.);
  for (std::size_t k = 0; k + 2 < e.size(); ++k)
    CHECK(ctnn::near(e[k + 2], trace * e[k + 1] - determinant * e[k], 1e-15));
}

TEST_CASE("the first step of adam has the size of the learning rate, whatever the gradient's", "[optimizer]") {
  for (double distance : {1e-3, 1., 1e6}) {
    CHECK(ctnn::near(path<1>(ctnn::adam{.learning_rate = .25}, distance, 0.)[0], distance - .25, 1e-5));
    CHECK(ctnn::near(path<1>(ctnn::adam{.learning_rate = .25}, -distance, 0.)[0], -distance + .25, 1e-5));
    CHECK(ctnn::near(path<1>(ctnn::adamw{.learning_rate = .25, .weight_decay = 0}, distance, 0.)[0], distance - .25,
                     1e-5));
  }
}

TEST_CASE("the first step of rmsprop has the size of learning_rate / sqrt(1 - smoothing)", "[optimizer]") {
  for (double distance : {1., 1e6})
    CHECK(ctnn::near(path<1>(ctnn::rmsprop{.learning_rate = .01, .smoothing = .75}, distance, 0.)[0], distance - .02,
                     1e-7));
}

TEST_CASE("clipping leaves a short gradient alone and shortens a long one to max_norm", "[optimizer]") {
  using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<1, ctnn::linear, ctnn::bias::none>>;
  // The gradient is (out - target) x = 5 (3, 4), of norm 25.
  constexpr net start{{0, 0}};
  auto const moved = [&](double max_norm) {
    ctnn::trainer<net, ctnn::half_squared_error, ctnn::clipped<ctnn::sgd>> trainer{
        start, {.optimizer = {.learning_rate = 1}, .max_norm = max_norm}};
    REQUIRE(trainer.step({3., 4.}, {-5.}) == ctnn::status::ok);
    return trainer.network().parameters;
  };
  CHECK(moved(26) == std::array{-15., -20.});
  CHECK(moved(1e9) == std::array{-15., -20.});
  auto const clipped = moved(2);
  CHECK(ctnn::near(std::hypot(clipped[0], clipped[1]), 2., 1e-6));
  CHECK(ctnn::near(clipped[0] / clipped[1], .75, 1e-15));
}
