// SPDX-License-Identifier: BSL-1.0
/// \file Every optimizer takes the steps that docs/arithmetic.md says: batches, clipping, both orders of an update.
#include "recipes.hpp"

namespace {

using namespace arithmetic_test;
using ctnn::dense, ctnn::input, ctnn::update_order;

/// Trains with the library and the interpreter, some epochs each, and compares parameters and losses.
template <class Net, class Loss, update_order Order = update_order::original_weights, class Optimizer,
          class Schedule = ctnn::constant_rate>
void compare(Optimizer const& optimizer, in::course const& way, Schedule const& rates = {}) {
  using T = typename Net::scalar_type;
  source random{42};
  Net start;
  random.fill(start.parameters);
  auto const samples = random_samples<Net>(random, 11);
  constexpr std::size_t epochs = 7;
  INFO(Optimizer::name << ", batch " << way.batch << ", seed " << way.seed << ", replacement " << way.replacement);

  ctnn::trainer<Net, Loss, Optimizer, Schedule, Order> trainer{start, optimizer, rates};
  in::school<T> school{described(start), loss_of<Loss>, recipe_of(optimizer), rates_of<T>(rates)};
  auto const lessons = lessons_of<Net>(samples);
  std::vector<T> losses;
  auto const on_epoch = [&](ctnn::epoch_report<T> const& report) {
    losses.push_back(report.loss);
    return true;
  };
  auto const result = trainer.fit(samples, {.epochs = epochs,
                                            .batch = way.batch,
                                            .shuffle_seed = way.seed,
                                            .replacement = way.replacement,
                                            .on_epoch = on_epoch});
  REQUIRE(result.state == ctnn::status::ok);
  REQUIRE(losses.size() == epochs);
  for (std::size_t e = 0; e < epochs; ++e) CHECK(difference(losses[e], school.epoch(lessons, way, e)) == "");
  CHECK(difference(trainer.network().parameters, school.net().parameters) == "");
}

constexpr ctnn::sgd sgd{.learning_rate = .1}, sgd_decay{.learning_rate = .1, .weight_decay = .01};
constexpr ctnn::sgd_momentum momentum{.learning_rate = .05}, heavy{.learning_rate = .05, .weight_decay = .01},
    nesterov{.learning_rate = .05, .nesterov = true, .weight_decay = .003};
constexpr ctnn::rmsprop rmsprop{}, rmsprop_decay{.smoothing = .9, .weight_decay = .01};
constexpr ctnn::adam adam{.learning_rate = .01}, adam_decay{.learning_rate = .01, .beta2 = .99, .weight_decay = .01};
constexpr ctnn::adamw adamw{.learning_rate = .01}, adamw_plain{.learning_rate = .01, .weight_decay = 0};
constexpr ctnn::clipped<ctnn::sgd> clipped{.optimizer = sgd_decay, .max_norm = .2},
    wide{.optimizer = sgd, .max_norm = 90};
constexpr ctnn::clipped<ctnn::adamw> clipped_adamw{.optimizer = adamw, .max_norm = .1};

constexpr in::course one_by_one{}, shuffled{.seed = 5}, drawn{.batch = 4, .seed = 6, .replacement = true},
    by_three{.batch = 3, .seed = 7}, by_five{.batch = 5, .seed = 8}, all{.batch = 11}, more{.batch = 20};

template <class Net, class Loss> void compare_optimizers() {
  for (auto const& way : {one_by_one, shuffled, drawn, by_three, by_five, all, more}) {
    for (auto const& o : {sgd, sgd_decay}) compare<Net, Loss>(o, way);
    for (auto const& o : {momentum, heavy, nesterov}) compare<Net, Loss>(o, way);
    for (auto const& o : {rmsprop, rmsprop_decay}) compare<Net, Loss>(o, way);
    for (auto const& o : {adam, adam_decay}) compare<Net, Loss>(o, way);
    for (auto const& o : {adamw, adamw_plain}) compare<Net, Loss>(o, way);
    for (auto const& o : {clipped, wide}) compare<Net, Loss>(o, way);
    compare<Net, Loss>(clipped_adamw, way);
  }
}

template <class Net, class Loss> void compare_updated_weights() {
  constexpr auto order = update_order::updated_weights;
  in::course const way{.seed = 3, .updated_weights = true};
  for (auto const& o : {sgd, sgd_decay}) compare<Net, Loss, order>(o, way);
  for (auto const& o : {momentum, nesterov}) compare<Net, Loss, order>(o, way);
  compare<Net, Loss, order>(rmsprop, way);
  compare<Net, Loss, order>(adam_decay, way);
  compare<Net, Loss, order>(adamw, way);
}

template <class T> using tiny = ctnn::network<T, input<2>, dense<3, ctnn::tanh>, dense<2, ctnn::logistic>>;
template <class T>
using mixed = ctnn::network<T, input<5>, dense<9, ctnn::gelu>, ctnn::frozen<dense<2, ctnn::tanh>>,
                            dense<17, ctnn::leaky_relu, ctnn::bias::frozen>, dense<3, ctnn::softmax>>;

}  // namespace

TEMPLATE_TEST_CASE("optimizers move a tiny network as specified", "[arithmetic]", float, double) {
  compare_optimizers<tiny<TestType>, ctnn::half_squared_error>();
}
TEMPLATE_TEST_CASE("optimizers move a network of larger layers as specified", "[arithmetic]", float, double) {
  compare_optimizers<mixed<TestType>, ctnn::cross_entropy>();
}
TEMPLATE_TEST_CASE("weights that move before they carry errors back do so as specified", "[arithmetic]", float,
                   double) {
  compare_updated_weights<tiny<TestType>, ctnn::half_squared_error>();
  compare_updated_weights<mixed<TestType>, ctnn::cross_entropy>();
}

TEMPLATE_TEST_CASE("schedules have the factors specified", "[arithmetic]", float, double) {
  using T = TestType;
  ctnn::step_decay const steps{.every = 3, .decay = .7};
  ctnn::cosine const wave{.steps = 97, .last = .03};
  ctnn::warm_up<ctnn::cosine> const warm{.steps = 7, .after = wave};
  for (std::size_t u = 0; u < 300; ++u) {
    INFO("update " << u);
    CHECK(difference(steps.factor<T>(u), rates_of<T>(steps)(u)) == "");
    CHECK(difference(wave.factor<T>(u), rates_of<T>(wave)(u)) == "");
    CHECK(difference(warm.factor<T>(u), rates_of<T>(warm)(u)) == "");
  }
  compare<tiny<T>, ctnn::huber>(sgd, by_three, steps);
  compare<tiny<T>, ctnn::huber>(adamw, by_three, warm);
}

namespace {

/// The compiler's training, from weights of -0, whose sign shows how gradients of -0 and +0 were added up.
template <class T> struct constants {
  using net = ctnn::network<T, input<2>, dense<2, ctnn::relu>, dense<1>>;
  static constexpr net start{{T(-0.0), T(-0.0), T(.5), T(-0.0), T(-0.0), T(.25), T(.3), T(-0.0), T(.1)}};
  static constexpr std::array<ctnn::sample<net>, 5> samples{{{{T(.5), T(-0.0)}, {T(.3)}},
                                                             {{T(-.7), T(.2)}, {T(-.4)}},
                                                             {{T(.1), T(.9)}, {T(.8)}},
                                                             {{T(-0.0), T(-.3)}, {T(.2)}},
                                                             {{T(-.6), T(-.5)}, {T(-.1)}}}};

  template <class Optimizer> static in::numbers<T> expected(Optimizer const& o, in::course const& way) {
    in::school<T> school{described(start), loss_of<ctnn::half_squared_error>, recipe_of(o),
                         rates_of<T>(ctnn::constant_rate{})};
    std::vector<in::sample<T>> lessons;
    for (auto const& s : samples) lessons.push_back({listed(s.input), listed(s.target)});
    for (std::size_t e = 0; e < 3; ++e) school.epoch(lessons, way, e);
    return school.net().parameters;
  }

  template <std::size_t Batch, std::uint64_t Seed, auto Optimizer> static void compare() {
    INFO("batch " << Batch << ", seed " << Seed << ", " << decltype(Optimizer)::name);
    constexpr auto trained =
        ctnn::train<start, samples, Optimizer, ctnn::epochs{3}, ctnn::batch{Batch}, ctnn::shuffle{Seed}>;
    auto const wanted = expected(Optimizer, {.batch = Batch, .seed = Seed});
    CHECK(difference(trained.parameters, wanted) == "");
    ctnn::trainer<net, ctnn::half_squared_error, std::remove_cv_t<decltype(Optimizer)>> trainer{start, Optimizer};
    (void)trainer.fit(samples, {.epochs = 3, .batch = Batch, .shuffle_seed = Seed});
    CHECK(difference(trainer.network().parameters, wanted) == "");
  }
};

}  // namespace

TEMPLATE_TEST_CASE("the compiler trains as specified, zeros of either sign too", "[arithmetic]", float, double) {
  using c = constants<TestType>;
  c::template compare<1, 0, sgd>();
  c::template compare<1, 9, sgd_decay>();
  c::template compare<2, 0, sgd>();  // the last batch has one sample
  c::template compare<2, 9, nesterov>();
  c::template compare<3, 9, adam>();
  c::template compare<4, 0, sgd_decay>();
  c::template compare<1, 9, clipped>();
  c::template compare<2, 9, clipped_adamw>();
}

namespace {

/// One input of -0 and weights of -0: every gradient is a zero, and its sign decides on the weight's.
template <std::size_t Batch, auto Optimizer> void compare_zeros() {
  using net = ctnn::network<float, input<1>, dense<1, ctnn::linear, ctnn::bias::none>>;
  static constexpr net start{{-0.F}};
  static constexpr std::array<ctnn::sample<net>, 3> samples{{{{0.F}, {-1.F}}, {{0.F}, {-1.F}}, {{-0.F}, {-1.F}}}};
  constexpr auto trained = ctnn::train<start, samples, Optimizer, ctnn::batch{Batch}>;
  in::school<float> school{described(start), loss_of<ctnn::half_squared_error>, recipe_of(Optimizer),
                           rates_of<float>(ctnn::constant_rate{})};
  std::vector<in::sample<float>> lessons;
  for (auto const& s : samples) lessons.push_back({listed(s.input), listed(s.target)});
  school.epoch(lessons, {.batch = Batch}, 0);
  ctnn::trainer<net, ctnn::half_squared_error, std::remove_cv_t<decltype(Optimizer)>> trainer{start, Optimizer};
  REQUIRE(trainer.fit(samples, {.batch = Batch}).state == ctnn::status::ok);
  CHECK(difference(trained.parameters, school.net().parameters) == "");
  CHECK(difference(trainer.network().parameters, school.net().parameters) == "");
}

}  // namespace

TEST_CASE("gradients of -0 and +0 move a weight of -0 as specified", "[arithmetic]") {
  compare_zeros<1, sgd>();
  compare_zeros<2, sgd>();
  compare_zeros<3, sgd>();
  compare_zeros<2, clipped>();
  compare_zeros<2, momentum>();
}

TEMPLATE_TEST_CASE("layers that are kept after trained ones carry errors back as specified", "[arithmetic]", float,
                   double) {
  using net = ctnn::network<TestType, input<4>, dense<9, ctnn::tanh>, ctnn::frozen<dense<20, ctnn::relu>>,
                            ctnn::frozen<dense<2>>>;
  for (auto const& way : {shuffled, by_five}) {
    compare<net, ctnn::huber>(sgd, way);
    compare<net, ctnn::huber>(adam, way);
  }
}

TEST_CASE("a network without trained parameters stays as it is, clipped or not", "[arithmetic]") {
  using net = ctnn::network<float, input<2>, ctnn::frozen<dense<2>>>;
  net const start{{1, 2, 3, 4, 5, 6}};
  ctnn::trainer<net, ctnn::half_squared_error, ctnn::clipped<ctnn::sgd>> trainer{start, clipped};
  CHECK(trainer.step({1, 2}, {3, 4}) == ctnn::status::ok);
  CHECK(trainer.network() == start);
}
