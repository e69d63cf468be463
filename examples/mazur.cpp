// SPDX-License-Identifier: BSL-1.0
// Claim: the step that Mazur's "A Step by Step Backpropagation Example" (2015) computes by hand, and the 10,000 rounds
// after it, come out the same to the last bit inside the compiler and in the running program.
#include <ctnn_host.hpp>

#include "support/program.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

namespace {

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>,
                          ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>>;

constexpr net initial{{.15, .20, .25, .30, .35, .35, .40, .45, .50, .55, .60, .60}};
constexpr std::array samples{ctnn::sample<net>{{.05, .10}, {.01, .99}}};
constexpr ctnn::sgd rate{.learning_rate = .5};

constexpr double error(net const& network) { return ctnn::loss<ctnn::half_squared_error>(network, samples); }

// The compiler's part.
constexpr net after_one = ctnn::train<initial, samples, rate>;
constexpr net trained = ctnn::train<initial, samples, rate, ctnn::epochs{10'000}>;

static_assert(ctnn::near(error(initial), 0.298371109, .5e-9));
static_assert(ctnn::near(after_one.weights<1>()[0][0], 0.35891648, .5e-9));   // w5
static_assert(ctnn::near(after_one.weights<0>()[0][0], 0.149780716, .5e-9));  // w1
static_assert(ctnn::near(error(after_one), 0.291027774, .5e-9));
static_assert(ctnn::near(error(trained), 0.0000351019, .5e-10));
static_assert(ctnn::near(trained({.05, .10})[0], 0.015913620, .5e-9));
static_assert(ctnn::near(trained({.05, .10})[1], 0.984064274, .5e-9));

/// Trains for 10,000 rounds and writes the error at some of them.
net write_curve(std::ostream& stream, ctnn::explain_format format) {
  bool const markdown = format == ctnn::explain_format::markdown;
  stream << (markdown ? "\n## 10,000 rounds\n\n| rounds | E | out_o1 | out_o2 |\n| ---: | ---: | ---: | ---: |\n"
                      : "\n10,000 rounds\n-------------\n\n  rounds      E             out_o1       out_o2\n");
  ctnn::trainer<net> trainer{initial, rate};
  constexpr std::size_t milestones[]{0, 1, 10, 100, 1'000, 9'999, 10'000};
  for (auto const rounds : milestones) {
    trainer.fit(samples, {.epochs = rounds - trainer.updates()});
    auto const out = trainer.network()(samples[0].input);
    std::array<char, 128> line{};
    std::snprintf(line.data(), line.size(),
                  markdown ? "| %zu | %.10f | %.9f | %.9f |\n" : "  %6zu  %.10f  %.9f  %.9f\n", rounds,
                  error(trainer.network()), out[0], out[1]);
    stream << line.data();
  }
  return trainer.network();
}

constexpr char const* help = R"(usage: example_mazur [--markdown] [--output DIR]

Prints one step of Mazur's backpropagation example number by number, then the error over 10,000 rounds, and compares
the result with what the compiler computed when it built this program.

  --markdown    print Markdown
  --output DIR  also write DIR/mazur.md
)";

}  // namespace

int main(int argc, char** argv) {
  example::arguments arguments{argc, argv, help};
  auto const format = arguments.flag("--markdown") ? ctnn::explain_format::markdown : ctnn::explain_format::text;
  auto const folder = arguments.value("--output");
  if (auto const code = arguments.stop()) return *code;

  auto const one = ctnn::explain(std::cout, initial, samples[0], rate, {.format = format});
  auto const all = write_curve(std::cout, format);
  std::cout << '\n';

  example::claims claims;
  claims.that("one step at run time has the bits of one step in the compiler", one == after_one);
  claims.that("10,000 rounds at run time have the bits of 10,000 rounds in the compiler", all == trained);
  if (folder) {
    std::error_code failed;
    std::filesystem::create_directories(*folder, failed);
    auto const path = std::filesystem::path{*folder} / "mazur.md";
    std::ofstream file{path};
    constexpr auto markdown = ctnn::explain_format::markdown;
    ctnn::explain(file, initial, samples[0], rate, {.format = markdown});
    write_curve(file, markdown);
    claims.that("the walk-through is in " + path.string(), static_cast<bool>(file.flush()));
  }
  return claims.exit_code();
}
