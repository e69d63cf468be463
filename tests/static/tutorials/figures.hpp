// SPDX-License-Identifier: BSL-1.0
/// \file What it means for a computed number to be a tutorial's figure, and how a tutorial's figures are proved.
///
/// The figures of a tutorial stand in a function template `bool figures(is, ...)` that tells `is` each of them. With
/// `proof` it is a constant expression that fails at the first figure that does not hold, and the compiler names it;
/// tests/unit/tutorials.cpp calls the same function at run time with inputs that no compiler knows.
#pragma once
#include <ctnn.hpp>
#include <ctnn/host/explain_record.hpp>

#include <cstddef>

namespace tutorials {

constexpr double size(double x) { return x < 0 ? -x : x; }

/// Equal to within 1e-12 of the figure. Ten thousand rounds of training stay about thirty times closer than that.
constexpr bool matches(double value, double exact) { return size(value - exact) <= 1e-12 * size(exact); }

/// Rounds to what was printed with so many decimals.
constexpr bool prints_as(double value, double printed, int decimals) {
  double unit = 1;
  for (int i = 0; i < decimals; ++i) unit /= 10;
  return size(value - printed) <= .5 * unit;
}

static_assert(matches(.5, .5) && matches(1 + 9e-13, 1) && !matches(1 + 2e-12, 1) && !matches(-.5, .5));
static_assert(matches(3e-5 + 2e-17, 3e-5) && !matches(3e-5 + 4e-17, 3e-5) && matches(0, 0) && !matches(1e-300, 0));
static_assert(prints_as(.29102792390544197, .291027924, 9) && !prints_as(.29102777369359933, .291027924, 9));
static_assert(prints_as(.8549, .85, 2) && !prints_as(.8551, .85, 2) && prints_as(-.809, -.81, 2));

/// A constant expression that gets here ends here, and the compiler prints the arguments.
inline void figure_differs(char const*, double /*computed*/, double /*expected*/) {}

/// Judges figures in a constant expression.
struct proof {
  constexpr void exactly(char const* what, double value, double exact) const {
    if (!matches(value, exact)) figure_differs(what, value, exact);
  }
  constexpr void printed(char const* what, double value, double figure, int decimals) const {
    if (!prints_as(value, figure, decimals)) figure_differs(what, value, figure);
  }
  constexpr void so(char const* what, bool holds) const {
    if (!holds) figure_differs(what, 0, 1);
  }
};

/// A step of the library's trainer, with what it told its observer.
template <class Net> struct observed_step {
  ctnn::explain_record<Net> record;
  Net after;
};

template <ctnn::update_order Order = ctnn::update_order::original_weights, class Loss = ctnn::half_squared_error,
          class Net>
constexpr observed_step<Net> observe(Net const& net, ctnn::sample<Net> const& s, ctnn::sgd const& optimizer) {
  observed_step<Net> step;
  ctnn::trainer<Net, Loss, ctnn::sgd, ctnn::constant_rate, Order> trainer{net, optimizer};
  if (trainer.step(s.input, s.target, step.record) != ctnn::status::ok) figure_differs("the step's status", 0, 0);
  step.after = trainer.network();
  return step;
}

}  // namespace tutorials
