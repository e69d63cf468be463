// SPDX-License-Identifier: BSL-1.0
/// \file What the trainer refuses, and that a refused step leaves no trace.
#include <ctnn.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <support/exact.hpp>

namespace {

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<3, ctnn::tanh>, ctnn::dense<1>>;
constexpr net initial = ctnn::initialize<net>(ctnn::glorot{.seed = 4});
constexpr std::array samples{ctnn::sample<net>{{.5F, -1.F}, {.25F}}, ctnn::sample<net>{{-.75F, 2.F}, {-1.5F}},
                             ctnn::sample<net>{{1.F, 1.F}, {1.F}}};
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN(),
                infinity = std::numeric_limits<float>::infinity();

using loss = ctnn::half_squared_error;
template <class Optimizer, ctnn::update_order Order = ctnn::update_order::original_weights>
using trainer_with = ctnn::trainer<net, loss, Optimizer, ctnn::constant_rate, Order>;
using ctnn::status;

/// A few good steps, then each of the bad batches, then good steps again; and the same without the bad ones.
template <class Trainer> void refused_steps_leave_no_trace(Trainer const& fresh, auto const& bad_batches) {
  Trainer with = fresh, without = fresh;
  for (auto const& bad : bad_batches) {
    for (auto const& s : samples) {
      CHECK(with.step(s.input, s.target) == status::ok);
      CHECK(without.step(s.input, s.target) == status::ok);
    }
    CHECK(with.step(bad) == status::loss_not_finite);
    CHECK(with.state() == status::loss_not_finite);
    CHECK(with.updates() == without.updates());
    CHECK(ctnn_test::difference(with.network(), without.network()) == "");
  }
}

template <class Trainer> void refuses_what_is_not_finite(Trainer const& fresh) {
  using one = std::array<ctnn::sample<net>, 1>;
  refused_steps_leave_no_trace(
      fresh, std::array{one{{{{not_a_number, 0.F}, {0.F}}}}, one{{{{0.F, infinity}, {not_a_number}}}},
                        one{{{{0.F, 1.F}, {infinity}}}}, one{{{{0.F, 1.F}, {3e38F}}}},  // its square overflows
                        one{{{{0.F, not_a_number}, {0.F}}}}});
}

}  // namespace

TEST_CASE("a step on what is not finite is refused and leaves no trace", "[train][trainer]") {
  refuses_what_is_not_finite(trainer_with<ctnn::sgd>{initial});
  refuses_what_is_not_finite(trainer_with<ctnn::sgd_momentum>{initial});
  refuses_what_is_not_finite(trainer_with<ctnn::adam>{initial});
  refuses_what_is_not_finite(trainer_with<ctnn::clipped<ctnn::adamw>>{initial});
  refuses_what_is_not_finite(trainer_with<ctnn::adam, ctnn::update_order::updated_weights>{initial});
}

TEST_CASE("a batch with one bad sample is refused as a whole", "[train][trainer]") {
  std::array bad{samples, samples, samples};
  for (std::size_t i = 0; i < bad.size(); ++i) bad[i][i].input[0] = not_a_number;
  refused_steps_leave_no_trace(trainer_with<ctnn::adam>{initial}, bad);
}

TEST_CASE("a step that explodes is undone", "[train][trainer]") {
  // The error, 1e15, has a finite square; its gradient, 1e25, has none.
  using line = ctnn::network<float, ctnn::input<2>, ctnn::dense<1>>;
  static constexpr line start{{.5F, -.25F, 1.F}};
  static constexpr std::array large{ctnn::sample<line>{{1e10F, 1.F}, {1e15F}},
                                    ctnn::sample<line>{{1e10F, 0.F}, {1e15F}}};
  auto const explodes = [](auto trainer, std::size_t batch) {
    CHECK(trainer.step({large.data(), batch}) == status::step_not_finite);
    CHECK(trainer.state() == status::step_not_finite);
    CHECK(ctnn_test::difference(trainer.network(), start) == "");
    CHECK(trainer.updates() == 0);
    auto fresh = trainer;
    fresh.restart(start);
    CHECK(trainer.step({1.F, 2.F}, {.5F}) == status::ok);
    CHECK(fresh.step({1.F, 2.F}, {.5F}) == status::ok);
    CHECK(ctnn_test::difference(trainer.network(), fresh.network()) == "");
  };
  constexpr auto at_once = ctnn::update_order::updated_weights;
  for (std::size_t batch : {1U, 2U}) {
    explodes(ctnn::trainer<line, loss, ctnn::sgd>{start, {.learning_rate = 1e25}}, batch);
    explodes(ctnn::trainer<line, loss, ctnn::adam>{start, {.learning_rate = 1}}, batch);
    explodes(ctnn::trainer<line, loss, ctnn::rmsprop>{start, {.learning_rate = 1}}, batch);
  }
  explodes(ctnn::trainer<line, loss, ctnn::sgd, ctnn::constant_rate, at_once>{start, {.learning_rate = 1e25}}, 1);
}

TEST_CASE("a step of which only the first layer would become NaN is refused", "[train][trainer]") {
  // The error of the output, 1e19, times its weight is infinite, and 0 times that, as the hidden neuron is off, is NaN.
  // What the output's own parameters would move by is finite.
  constexpr auto refused = []<class Hidden>(Hidden) {
    using two = ctnn::network<float, ctnn::input<1>, Hidden, ctnn::dense<1>>;
    two start;
    start.parameters = {};
    start.parameters[0] = 1;
    start.parameters[two::parameter_count - 2] = 1e20F;
    start.parameters[two::parameter_count - 1] = 1e19F;
    std::array<ctnn::sample<two>, 3> far;
    far.fill({{-1.F}, {0.F}});
    for (std::size_t batch : {1U, 2U, 3U}) {
      ctnn::trainer<two, loss> trainer{start, {.learning_rate = .1}};
      CHECK(trainer.step({far.data(), batch}) == status::step_not_finite);
      CHECK(trainer.step(far[0].input, far[0].target) == status::step_not_finite);
      CHECK(ctnn_test::difference(trainer.network(), start) == "");
    }
    ctnn::online_trainer<two, loss> online{start, {.learning_rate = .1}};
    CHECK(online.step(far[0].input, far[0].target) == status::step_not_finite);
    CHECK(ctnn_test::difference(online.network(), start) == "");
  };
  refused(ctnn::dense<1, ctnn::relu>{});
  refused(ctnn::dense<40, ctnn::relu>{});
}

TEST_CASE("a step with an error that is a NaN in the first layer only is refused", "[train][trainer]") {
  // Both outputs are off by 1e10, so the error before them is 1e40 - 1e40, infinity - infinity. The loss is 1e20, and
  // all that the second layer has is finite.
  using pair = ctnn::network<float, ctnn::input<1>, ctnn::dense<1>, ctnn::dense<2>>;
  static constexpr pair start{{0.F, 0.F, 1e30F, -1e30F, 0.F, 0.F}};
  std::array<ctnn::sample<pair>, 40> far;
  far.fill({{1.F}, {-1e10F, -1e10F}});
  for (std::size_t batch : {1U, 3U, 8U, 32U, 40U}) {
    ctnn::trainer<pair, loss, ctnn::sgd> trainer{start, {.learning_rate = 1e-6}};
    INFO("a batch of " << batch);
    CHECK(trainer.step({far.data(), batch}) == status::step_not_finite);
    CHECK(ctnn_test::difference(trainer.network(), start) == "");
  }
}

TEST_CASE("options out of their range make every step fail", "[train][trainer]") {
  auto const refuses = [](auto trainer) {
    CHECK(trainer.state() == status::bad_option);
    CHECK(trainer.step(samples[0].input, samples[0].target) == status::bad_option);
    CHECK(trainer.step(samples) == status::bad_option);
    CHECK(trainer.fit(samples).state == status::bad_option);
    CHECK(trainer.network() == initial);
  };
  refuses(trainer_with<ctnn::sgd>{initial, {.learning_rate = 0}});
  refuses(trainer_with<ctnn::sgd>{initial, {.learning_rate = -1}});
  refuses(trainer_with<ctnn::sgd>{initial, {.learning_rate = std::nan("")}});
  refuses(trainer_with<ctnn::sgd>{initial, {.learning_rate = 1e300}});
  refuses(trainer_with<ctnn::sgd>{initial, {.weight_decay = -1e-9}});
  refuses(trainer_with<ctnn::sgd_momentum>{initial, {.momentum = 1}});
  refuses(trainer_with<ctnn::rmsprop>{initial, {.smoothing = 1}});
  refuses(trainer_with<ctnn::adam>{initial, {.beta2 = 1}});
  refuses(trainer_with<ctnn::adam>{initial, {.epsilon = 0}});
  refuses(trainer_with<ctnn::clipped<ctnn::sgd>>{initial, {.max_norm = 0}});
  refuses(trainer_with<ctnn::clipped<ctnn::sgd>>{initial, {.optimizer = {.learning_rate = 0}}});
  refuses(ctnn::trainer<net, loss, ctnn::sgd, ctnn::cosine>{initial, {}, {.steps = 0}});
  refuses(ctnn::trainer<net, loss, ctnn::sgd, ctnn::step_decay>{initial, {}, {.every = 0}});
  refuses(ctnn::trainer<net, loss, ctnn::sgd, ctnn::warm_up<>>{initial, {}, {.steps = 0}});
}

TEST_CASE("no samples, and batches that cannot be, are refused", "[train][trainer]") {
  trainer_with<ctnn::sgd> trainer{initial};
  constexpr std::array<ctnn::sample<net>, 0> none{};
  CHECK(trainer.step(none) == status::no_samples);
  CHECK(trainer.fit(none).state == status::no_samples);
  CHECK(trainer.fit(samples, {.batch = 0}).state == status::bad_batch);
  CHECK(trainer.state() == status::bad_batch);

  trainer_with<ctnn::sgd, ctnn::update_order::updated_weights> immediate{initial};
  CHECK(immediate.step(samples) == status::bad_batch);
  CHECK(immediate.fit(samples, {.batch = 2}).state == status::bad_batch);
  CHECK(immediate.network() == initial);
  CHECK(immediate.fit(samples).state == status::ok);
}

TEST_CASE("fit refuses options that contradict each other", "[train][trainer]") {
  trainer_with<ctnn::sgd> trainer{initial};
  CHECK(trainer.fit(samples, {.replacement = true}).state == status::bad_option);
  CHECK(trainer.fit(samples, {.patience = 3}).state == status::bad_option);
  CHECK(trainer.fit(samples, {.min_delta = -1}).state == status::bad_option);
  CHECK(trainer.network() == initial);
}

TEST_CASE("the trainer tells the loss before each step", "[train][trainer]") {
  trainer_with<ctnn::sgd> trainer{initial};
  auto const& s = samples[1];
  float const before = ctnn::loss<loss>(trainer.network(), s.input, s.target);
  REQUIRE(trainer.step(s.input, s.target) == status::ok);
  CHECK(trainer.loss() == before);
  CHECK(trainer.updates() == 1);
}

TEST_CASE("a restarted trainer does as a new one", "[train][trainer]") {
  trainer_with<ctnn::adam> used{initial}, fresh{initial};
  (void)used.fit(samples, {.epochs = 3});
  used.restart(initial);
  CHECK(used.updates() == 0);
  CHECK(used.fit(samples, {.epochs = 2}).state == fresh.fit(samples, {.epochs = 2}).state);
  CHECK(used.network() == fresh.network());
}

TEST_CASE("an update from a batch of one is a step on its sample", "[train][trainer]") {
  trainer_with<ctnn::adam> single{initial}, batch{initial};
  REQUIRE(single.step(samples[0].input, samples[0].target) == status::ok);
  REQUIRE(batch.step({samples.data(), 1}) == status::ok);
  CHECK(ctnn_test::difference(single.network(), batch.network()) == "");
}
