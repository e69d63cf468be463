// SPDX-License-Identifier: BSL-1.0
// Claim: the closing figures of Mazur's text come from carrying hidden errors back through output weights that the same
// step has already updated, which the text itself warns against; with that order they are reproduced to every digit.
#include <ctnn_host.hpp>

#include "support/program.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <iostream>

namespace {

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>,
                          ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>>;

constexpr net initial{{.15, .20, .25, .30, .35, .35, .40, .45, .50, .55, .60, .60}};
constexpr std::array samples{ctnn::sample<net>{{.05, .10}, {.01, .99}}};
constexpr ctnn::sgd rate{.learning_rate = .5};
constexpr auto original = ctnn::update_order::original_weights;
constexpr auto updated = ctnn::update_order::updated_weights;

constexpr double error(net const& network) { return ctnn::loss<ctnn::half_squared_error>(network, samples); }

// The compiler's part: all four published figures.
constexpr net after_one = ctnn::train<initial, samples, rate, updated>;
constexpr net trained = ctnn::train<initial, samples, rate, updated, ctnn::epochs{10'000}>;
static_assert(ctnn::near(error(after_one), 0.291027924, .5e-9));
static_assert(ctnn::near(error(trained), 0.000035085, .5e-9));
static_assert(ctnn::near(trained({.05, .10})[0], 0.015912196, .5e-9));
static_assert(ctnn::near(trained({.05, .10})[1], 0.984065734, .5e-9));

/// The networks after 1, 9,999 and 10,000 rounds.
template <ctnn::update_order Order> std::array<net, 3> run() {
  ctnn::trainer<net, ctnn::half_squared_error, ctnn::sgd, ctnn::constant_rate, Order> trainer{initial, rate};
  std::array<net, 3> after;
  std::size_t at = 0;
  constexpr std::size_t milestones[]{1, 9'999, 10'000};
  for (auto const rounds : milestones) {
    trainer.fit(samples, {.epochs = rounds - trainer.updates()});
    after[at++] = trainer.network();
  }
  return after;
}

constexpr char const* help = R"(usage: example_mazur_updated_weights

Prints one step of Mazur's example with errors carried back through weights that are already updated, and a table of
both update orders beside the published figures.
)";

}  // namespace

int main(int argc, char** argv) {
  example::arguments const arguments{argc, argv, help};
  if (auto const code = arguments.stop()) return *code;

  auto const one = ctnn::explain(std::cout, initial, samples[0], rate, {.order = updated});

  auto const by_original = run<original>(), by_updated = run<updated>();
  struct row {
    char const* quantity;
    double original, updated;
    char const* published;
    double figure, half_unit;
    bool of_updated;  // the order that gives the published figure
  };
  constexpr auto out = [](net const& network, std::size_t o) { return network(samples[0].input)[o]; };
  row const rows[]{
      {"E after 1 round", error(by_original[0]), error(by_updated[0]), "0.291027924", .291027924, .5e-9, true},
      {"E after 9,999", error(by_original[1]), error(by_updated[1]), "0.0000351085", .0000351085, .5e-10, false},
      {"E after 10,000", error(by_original[2]), error(by_updated[2]), "0.000035085", .000035085, .5e-9, true},
      {"out_o1 after 10,000", out(by_original[2], 0), out(by_updated[2], 0), "0.015912196", .015912196, .5e-9, true},
      {"out_o2 after 10,000", out(by_original[2], 1), out(by_updated[2], 1), "0.984065734", .984065734, .5e-9, true},
  };

  example::claims claims;
  bool all_published = true;
  std::printf("\n  %-20s  %-14s  %-14s  %s\n", "", "original", "updated", "published");
  for (auto const& r : rows) {
    std::printf("  %-20s  %.12f  %.12f  %-12s  (%s)\n", r.quantity, r.original, r.updated, r.published,
                r.of_updated ? "updated" : "original");
    all_published &= ctnn::near(r.of_updated ? r.updated : r.original, r.figure, r.half_unit);
  }
  std::printf("\n");
  std::fflush(stdout);
  claims.that("each published figure is reproduced to every printed digit by the order named", all_published);
  claims.that("one step at run time has the bits of one step in the compiler",
              one == after_one && by_updated[0] == after_one);
  claims.that("10,000 rounds at run time have the bits of 10,000 rounds in the compiler", by_updated[2] == trained);
  return claims.exit_code();
}
