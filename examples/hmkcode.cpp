// SPDX-License-Identifier: BSL-1.0
// Claim: hmkcode's "Backpropagation Step by Step" (2018), two passes of a linear 2-2-1 network, is reproduced to every
// printed digit, in the compiler and at run time.
#include <ctnn_host.hpp>

#include "support/program.hpp"

#include <array>
#include <cstddef>
#include <iostream>

namespace {

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::linear, ctnn::bias::none>,
                          ctnn::dense<1, ctnn::linear, ctnn::bias::none>>;

constexpr net initial{{.11, .21, .12, .08, .14, .15}};
constexpr std::array samples{ctnn::sample<net>{{2, 3}, {1}}};
constexpr ctnn::sgd rate{.learning_rate = .05};

// The compiler's part. The text prints its second pass in two decimals: .26.
constexpr net updated = ctnn::train<initial, samples, rate>;
static_assert(ctnn::near(initial({2, 3})[0], .191, 1e-15));
static_assert(ctnn::near(ctnn::loss<ctnn::half_squared_error>(initial, samples), .3272405, 1e-15));
static_assert([] {
  constexpr net exact{{.121326, .226989, .132135, .0982025, .1743825, .169416}};
  for (std::size_t i = 0; i < net::parameter_count; ++i)
    if (!ctnn::near(updated.parameters[i], exact.parameters[i], 1e-15)) return false;
  return true;
}());
static_assert(ctnn::near(updated({2, 3})[0], .2557457808075, 1e-15));

constexpr char const* help = R"(usage: example_hmkcode [--markdown]

Prints hmkcode's backpropagation step number by number: a linear network of 2, 2 and 1 neurons without biases.
)";

}  // namespace

int main(int argc, char** argv) {
  example::arguments arguments{argc, argv, help};
  auto const format = arguments.flag("--markdown") ? ctnn::explain_format::markdown : ctnn::explain_format::text;
  if (auto const code = arguments.stop()) return *code;

  auto const now = ctnn::explain(std::cout, initial, samples[0], rate, {.format = format});
  auto const prediction = now(samples[0].input)[0];
  std::cout << "\nSecond pass: the prediction is " << prediction << ", printed in the text as .26.\n\n";

  example::claims claims;
  claims.that("the step at run time has the bits of the step in the compiler", now == updated);
  claims.that("the second prediction rounds to .26", ctnn::near(prediction, .26, .005));
  return claims.exit_code();
}
