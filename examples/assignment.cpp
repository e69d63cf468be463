// SPDX-License-Identifier: BSL-1.0
// Claim: of "Assignment 2A/2B" (2019) the program 2B is right, and 2A's second prediction, 1.07709 where 2B has
// 1.07610962, is what one gets with delta written down as 0.2 instead of 0.2016.
#include <ctnn_host.hpp>

#include "support/program.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <iostream>

namespace {

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::linear, ctnn::bias::none>,
                          ctnn::dense<1, ctnn::linear, ctnn::bias::none>>;

// The text's program keeps these as a 2x3 matrix with the columns (w1 w2), (w3 w4), (w5 w6).
constexpr net initial{{.19, .41, .23, .14, .32, .78}};
constexpr std::array samples{ctnn::sample<net>{{2, 3}, {1}}};
constexpr ctnn::sgd rate{.learning_rate = .05};

/// The half squared error as one uses it who rounds delta to one decimal. A loss is a type like any other.
struct error_by_hand : ctnn::half_squared_error {
  template <std::size_t, ctnn::scalar T> [[nodiscard]] static constexpr T derivative(T, T out, T target) noexcept {
    T const tenths = (out - target) * T(10);
    return static_cast<T>(static_cast<int>(tenths < T(0) ? tenths - T(.5) : tenths + T(.5))) / T(10);
  }
};

// The compiler's part.
constexpr net exact = ctnn::train<initial, samples, rate>;
constexpr net by_hand = ctnn::train<initial, samples, rate, error_by_hand{}>;
static_assert(ctnn::near(initial({2, 3})[0], 1.2016, 1e-15));
static_assert(ctnn::near(exact({2, 3})[0], 1.0761096212531203, 1e-15));
static_assert(ctnn::near(by_hand({2, 3})[0], 1.07709308, 1e-15));

constexpr char const* help = R"(usage: example_assignment [--markdown]

Prints the step of Assignment 2A/2B number by number, and its second pass with delta exact and with delta rounded.
)";

}  // namespace

int main(int argc, char** argv) {
  example::arguments arguments{argc, argv, help};
  auto const format = arguments.flag("--markdown") ? ctnn::explain_format::markdown : ctnn::explain_format::text;
  if (auto const code = arguments.stop()) return *code;

  auto const now = ctnn::explain(std::cout, initial, samples[0], rate, {.format = format});
  ctnn::trainer<net, error_by_hand> hand{initial, rate};
  hand.step(samples[0].input, samples[0].target);

  auto const right = now(samples[0].input)[0], rounded = hand.network()(samples[0].input)[0];
  std::printf("\nSecond prediction: %.8f with delta = 0.2016, %.8f with delta = 0.2.\n\n", right, rounded);
  std::fflush(stdout);

  example::claims claims;
  claims.that("2B's 1.07610962 comes from delta = 0.2016", ctnn::near(right, 1.07610962, .5e-8));
  claims.that("2A's 1.07709 comes from delta = 0.2", ctnn::near(rounded, 1.07709, .5e-5));
  claims.that("both steps at run time have the bits of those in the compiler",
              now == exact && hand.network() == by_hand);
  return claims.exit_code();
}
