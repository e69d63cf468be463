// SPDX-License-Identifier: BSL-1.0
/// \file Training inside the compiler, in several chunks, has the bits of the trainer at run time.
#include <ctnn.hpp>

#include <array>
#include <cstddef>
#include <support/exact.hpp>

namespace {

template <class T, ctnn::activation Last = ctnn::logistic>
using net_of = ctnn::network<T, ctnn::input<2>, ctnn::dense<3, ctnn::tanh>, ctnn::dense<2, Last>>;

template <class Net> constexpr Net initial = ctnn::initialize<Net>(ctnn::uniform{.low = -1, .high = 1, .seed = 5});

/// Seven samples, so that batches of 3 leave one over, and chunks end within an epoch.
template <class Net>
constexpr auto samples = [] {
  using T = typename Net::scalar_type;
  std::array<ctnn::sample<Net>, 7> all{};
  ctnn::math::rng random{3};
  for (auto& s : all) {
    for (auto& x : s.input) x = T(2) * random.uniform<T>() - T(1);
    s.target[0] = s.input[0] * s.input[1] > 0 ? T(1) : T(0);
    s.target[1] = T(1) - s.target[0];
  }
  return all;
}();

template <class Net, class Loss, class Optimizer, class Schedule = ctnn::constant_rate,
          ctnn::update_order Order = ctnn::update_order::original_weights>
auto fitted(Optimizer const& optimizer, ctnn::fit_options<Net> const& options, Schedule const& schedule = {}) {
  auto const start = ctnn_test::opaque(initial<Net>);
  auto const given = ctnn_test::opaque(samples<Net>);
  ctnn::trainer<Net, Loss, Optimizer, Schedule, Order> trainer{start, ctnn_test::opaque(optimizer),
                                                               ctnn_test::opaque(schedule)};
  REQUIRE(trainer.fit(given, options).state == ctnn::status::ok);
  return trainer.network();
}

using net = net_of<double>;
using float_net = net_of<float>;
using softmax_net = net_of<double, ctnn::softmax>;

/// At least three chunks, and the last of them not full.
template <auto const& Initial, auto const& Samples, auto Optimizer, auto... Options> constexpr bool is_chunked() {
  using training = ctnn::detail::training<Initial, Samples, Optimizer, Options...>;
  return training::chunks >= 3 && training::updates % training::updates_per_chunk != 0 &&
         training::updates_per_chunk % training::updates_per_epoch != 0;
}

}  // namespace

TEST_CASE("train has the trainer's bits for single samples in order", "[train]") {
  constexpr ctnn::sgd optimizer{.learning_rate = .1};
  STATIC_REQUIRE(is_chunked<initial<net>, samples<net>, optimizer, ctnn::epochs{133}>());
  constexpr auto const& trained = ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{133}>;
  CHECK(ctnn_test::difference(trained, fitted<net, ctnn::half_squared_error>(optimizer, {.epochs = 133})) == "");
  CHECK(ctnn::loss<ctnn::half_squared_error>(trained, samples<net>) <
        ctnn::loss<ctnn::half_squared_error>(initial<net>, samples<net>));
}

TEST_CASE("train has the trainer's bits for float, with weight decay", "[train]") {
  constexpr ctnn::sgd optimizer{.learning_rate = .1, .weight_decay = 1e-3};
  constexpr auto const& trained = ctnn::train<initial<float_net>, samples<float_net>, optimizer, ctnn::epochs{10}>;
  CHECK(ctnn_test::difference(trained, fitted<float_net, ctnn::half_squared_error>(optimizer, {.epochs = 10})) == "");
}

TEST_CASE("train has the trainer's bits for batches with a remainder", "[train]") {
  constexpr ctnn::sgd_momentum optimizer{.learning_rate = .05, .nesterov = true};
  constexpr ctnn::mean_squared_error loss{};
  STATIC_REQUIRE(is_chunked<initial<net>, samples<net>, optimizer, ctnn::epochs{600}, ctnn::batch{3}, loss>());
  constexpr auto const& trained =
      ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{600}, ctnn::batch{3}, loss>;
  CHECK(ctnn_test::difference(trained, fitted<net, ctnn::mean_squared_error>(optimizer, {.epochs = 600, .batch = 3})) ==
        "");
}

TEST_CASE("train has the trainer's bits for shuffled batches", "[train]") {
  constexpr ctnn::rmsprop optimizer{};
  constexpr auto const& trained =
      ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{10}, ctnn::shuffle{.seed = 8}, ctnn::batch{3}>;
  CHECK(ctnn_test::difference(trained, fitted<net, ctnn::half_squared_error>(
                                           optimizer, {.epochs = 10, .batch = 3, .shuffle_seed = 8})) == "");
}

TEST_CASE("train has the trainer's bits for samples drawn at random", "[train]") {
  constexpr ctnn::sgd optimizer{.learning_rate = .1};
  constexpr ctnn::shuffle drawn{.seed = 8, .replacement = true};
  STATIC_REQUIRE(is_chunked<initial<net>, samples<net>, optimizer, ctnn::epochs{133}, drawn>());
  constexpr auto const& trained = ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{133}, drawn>;
  CHECK(ctnn_test::difference(trained, fitted<net, ctnn::half_squared_error>(
                                           optimizer, {.epochs = 133, .shuffle_seed = 8, .replacement = true})) == "");
}

TEST_CASE("train has the trainer's bits for clipped gradients", "[train]") {
  constexpr ctnn::clipped<ctnn::sgd> optimizer{.optimizer = {.learning_rate = .5}, .max_norm = .05};
  constexpr auto const& trained = ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{10}>;
  CHECK(ctnn_test::difference(trained, fitted<net, ctnn::half_squared_error>(optimizer, {.epochs = 10})) == "");
}

TEST_CASE("train has the trainer's bits for adam, warm-up, cosine and cross-entropy", "[train]") {
  constexpr ctnn::adam optimizer{.learning_rate = .01};
  constexpr ctnn::warm_up<ctnn::cosine> schedule{.steps = 50, .after = {.steps = 500, .last = .1}};
  constexpr ctnn::cross_entropy loss{};
  STATIC_REQUIRE(is_chunked<initial<softmax_net>, samples<softmax_net>, optimizer, loss, schedule, ctnn::epochs{89}>());
  constexpr auto const& trained =
      ctnn::train<initial<softmax_net>, samples<softmax_net>, optimizer, loss, schedule, ctnn::epochs{89}>;
  CHECK(ctnn_test::difference(trained, fitted<softmax_net, ctnn::cross_entropy>(optimizer, {.epochs = 89}, schedule)) ==
        "");
}

TEST_CASE("train has the trainer's bits where weights are updated as errors travel back", "[train]") {
  constexpr ctnn::sgd optimizer{.learning_rate = .1};
  constexpr auto order = ctnn::update_order::updated_weights;
  constexpr auto const& trained = ctnn::train<initial<net>, samples<net>, optimizer, order, ctnn::epochs{10}>;
  CHECK(ctnn_test::difference(trained, fitted<net, ctnn::half_squared_error, ctnn::sgd, ctnn::constant_rate, order>(
                                           optimizer, {.epochs = 10})) == "");
  CHECK(trained != ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{10}>);
}

TEST_CASE("the order of train's options does not matter", "[train]") {
  constexpr ctnn::sgd optimizer{.learning_rate = .1};
  CHECK(ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{3}, ctnn::batch{3}> ==
        ctnn::train<initial<net>, samples<net>, optimizer, ctnn::batch{3}, ctnn::epochs{3}>);
}

TEST_CASE("training for no epochs changes nothing, and in two halves it is the same as in one", "[train]") {
  constexpr ctnn::sgd optimizer{.learning_rate = .1};
  CHECK(ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{0}> == initial<net>);
  static constexpr auto half = ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{20}>;
  CHECK(ctnn::train<half, samples<net>, optimizer, ctnn::epochs{20}> ==
        ctnn::train<initial<net>, samples<net>, optimizer, ctnn::epochs{40}>);
}
