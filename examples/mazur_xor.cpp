// SPDX-License-Identifier: BSL-1.0
// Claim: XOR can be learned while compiling, as the program that comes with Mazur's text learns it (2-5-1, random
// initial weights, 10,000 samples drawn at random), and training at run time gives the same bits.
#include <ctnn_host.hpp>

#include "support/program.hpp"

#include <array>
#include <cstdio>
#include <iostream>

namespace {

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<5, ctnn::logistic>, ctnn::dense<1, ctnn::logistic>>;

constexpr std::array samples{ctnn::sample<net>{{0, 0}, {0}}, ctnn::sample<net>{{0, 1}, {1}},
                             ctnn::sample<net>{{1, 0}, {1}}, ctnn::sample<net>{{1, 1}, {0}}};
constexpr net initial = ctnn::initialize<net>(ctnn::uniform{.low = -1, .high = 1, .seed = 1});
constexpr ctnn::sgd rate{.learning_rate = .5};
constexpr ctnn::shuffle draws{.seed = 1, .replacement = true};
constexpr ctnn::epochs rounds{2'500};  // of four draws each

/// Whether every output is within 0.05 of its target.
constexpr bool knows_xor(net const& network) {
  for (auto const& s : samples)
    if (!ctnn::near(network(s.input)[0], s.target[0], .05)) return false;
  return true;
}

// The compiler's part.
constexpr net learned = ctnn::train<initial, samples, rate, draws, rounds>;
static_assert(!knows_xor(initial) && knows_xor(learned));

constexpr char const* help = R"(usage: example_mazur_xor [--markdown]

Prints the first step of a network that learns XOR number by number, and its outputs after 10,000 draws.
)";

}  // namespace

int main(int argc, char** argv) {
  example::arguments arguments{argc, argv, help};
  auto const format = arguments.flag("--markdown") ? ctnn::explain_format::markdown : ctnn::explain_format::text;
  if (auto const code = arguments.stop()) return *code;

  ctnn::explain(std::cout, initial, samples[1], rate, {.format = format});

  ctnn::trainer<net> trainer{initial, rate};
  trainer.fit(samples, {.epochs = rounds.count, .shuffle_seed = draws.seed, .replacement = draws.replacement});
  std::printf("\n  i1  i2  target  untrained  after %zu draws\n", trainer.updates());
  for (auto const& s : samples)
    std::printf("  %2.0f  %2.0f  %6.0f  %9.4f  %.4f\n", s.input[0], s.input[1], s.target[0], initial(s.input)[0],
                trainer.network()(s.input)[0]);
  std::printf("\n");
  std::fflush(stdout);

  example::claims claims;
  claims.that("every output is within 0.05 of its target", knows_xor(trainer.network()));
  claims.that("10,000 draws at run time have the bits of 10,000 draws in the compiler", trainer.network() == learned);
  return claims.exit_code();
}
