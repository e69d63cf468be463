// SPDX-License-Identifier: BSL-1.0
/// \file The tutorials' figures at run time; tests/static/tutorials proves the same ones in the compiler.
#include "static/tutorials/assignment.hpp"
#include "static/tutorials/hmkcode.hpp"
#include "static/tutorials/mazur.hpp"
#include "static/tutorials/mazur_xor.hpp"
#include "support/exact.hpp"

#include <support/catch.hpp>

namespace {

using namespace tutorials;
using ctnn_test::exact;
using ctnn_test::opaque;

/// Judges figures at run time.
struct check {
  void exactly(char const* what, double value, double figure) const {
    INFO(what << " is " << value << ", the figure " << figure);
    CHECK(matches(value, figure));
  }
  void printed(char const* what, double value, double figure, int decimals) const {
    INFO(what << " is " << value << ", printed as " << figure);
    CHECK(prints_as(value, figure, decimals));
  }
  void so(char const* what, bool holds) const {
    INFO(what);
    CHECK(holds);
  }
};

template <ctnn::update_order Order = ctnn::update_order::original_weights, class Net>
Net learned(Net const& start, std::size_t rounds) {
  ctnn::trainer<Net, ctnn::half_squared_error, ctnn::sgd, ctnn::constant_rate, Order> trainer{start,
                                                                                              opaque(mazur::rate)};
  CHECK(trainer.fit(opaque(mazur::samples), {.epochs = rounds}).state == ctnn::status::ok);
  return trainer.network();
}

/// Everything that a step tells, layer by layer.
template <class Net> constexpr auto events(Net const& net, ctnn::sample<Net> const& s, ctnn::sgd const& optimizer) {
  auto const step = observe(net, s, optimizer);
  std::array<double, 64> all{};
  std::size_t count = 0;
  auto const add = [&](double const* from, std::size_t size) {
    for (std::size_t i = 0; from != nullptr && i < size; ++i) all[count++] = from[i];
  };
  for (std::size_t l = 0; l < Net::layer_count; ++l) {
    auto const layer = step.record.layer(l);
    for (auto const* each : {layer.net, layer.out, layer.by_out, layer.slope, layer.delta}) add(each, layer.outputs);
    for (auto const* each : {layer.gradient, layer.after}) add(each, layer.trainable);
  }
  return all;
}

constexpr auto mazur_sample = mazur::samples[0];

}  // namespace

TEST_CASE("hmkcode's figures at run time", "[tutorials]") {
  hmkcode::figures(check{}, opaque(hmkcode::initial), opaque(linear_sample), opaque(linear_rate),
                   opaque(hmkcode::printed_weights));
  exact<[](auto... inputs) { return events(inputs...); }, hmkcode::initial, linear_sample, linear_rate>();
}

TEST_CASE("The assignment's figures at run time", "[tutorials]") {
  assignment::figures(check{}, opaque(assignment::initial), opaque(linear_sample), opaque(linear_rate));
  assignment::figures_by_hand(check{}, opaque(assignment::initial), opaque(linear_sample), opaque(linear_rate));
  exact<[](auto... inputs) { return events(inputs...); }, assignment::initial, linear_sample, linear_rate>();
}

TEST_CASE("Mazur's figures at run time", "[tutorials]") {
  auto const start = opaque(mazur::initial);
  auto const sample = opaque(mazur_sample);
  mazur::figures(check{}, start, sample, opaque(mazur::rate));
  exact<[](auto... inputs) { return events(inputs...); }, mazur::initial, mazur_sample, mazur::rate>();

  SECTION("hidden deltas from the original weights") {
    mazur::figures_of_original_weights(check{}, sample, learned(start, 1), learned(start, 9'999),
                                       learned(start, 10'000));
  }
  SECTION("hidden deltas from the updated weights") {
    constexpr auto updated = ctnn::update_order::updated_weights;
    mazur::figures_of_updated_weights(check{}, sample, learned<updated>(start, 1), learned<updated>(start, 9'999),
                                      learned<updated>(start, 10'000));
  }
  SECTION("trained biases") {
    auto const with_biases = opaque(mazur::initial_with_trained_biases);
    mazur::figures_of_trained_biases(check{}, sample, learned(with_biases, 1), learned(with_biases, 10'000));
  }
}

TEST_CASE("XOR from samples drawn at random at run time", "[tutorials]") {
  using namespace mazur_xor;
  auto const start = ctnn::initialize<network>(opaque(ctnn::uniform{.low = -1, .high = 1, .seed = 1}));
  CHECK(start == initial);
  ctnn::trainer<network> trainer{start, opaque(rate)};
  auto const result =
      trainer.fit(samples, {.epochs = rounds, .shuffle_seed = draws.seed, .replacement = draws.replacement});
  CHECK(result.state == ctnn::status::ok);
  CHECK(trainer.updates() == 10'000);
  mazur_xor::figures(check{}, start, trainer.network(), samples);
}
