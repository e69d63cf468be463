// SPDX-License-Identifier: BSL-1.0
/// \file The figures of "Assignment 2A/2B" (2019). 2B is a program, which keeps the weights as a 2x3 matrix whose
/// columns are (w1 w2), (w3 w4) and (w5 w6); 2A is the same by hand.
#pragma once
#include "figures.hpp"
#include "linear.hpp"

#include <cstddef>

namespace tutorials::assignment {

inline constexpr linear_network initial{{.19, .41, .23, .14, .32, .78}};

/// The half squared error as somebody uses it who writes down one decimal of delta.
struct error_by_hand : ctnn::half_squared_error {
  template <std::size_t, ctnn::scalar T> [[nodiscard]] static constexpr T derivative(T, T out, T target) noexcept {
    T const tenths = (out - target) * T(10);
    return static_cast<T>(static_cast<int>(tenths < T(0) ? tenths - T(.5) : tenths + T(.5))) / T(10);
  }
};

template <class Is>
constexpr bool figures(Is const& is, linear_network const& net, ctnn::sample<linear_network> const& s,
                       ctnn::sgd const& optimizer) {
  auto const step = observe(net, s, optimizer);
  auto const hidden = step.record.layer(0), last = step.record.layer(1);
  is.exactly("h1", hidden.out[0], 1.61);
  is.exactly("h2", hidden.out[1], .88);
  is.exactly("prediction", last.out[0], 1.2016);
  is.exactly("prediction, by inference", net(s.input)[0], 1.2016);
  is.exactly("error", step.record.total(), .02032128);
  is.exactly("error, by loss<>", ctnn::loss<ctnn::half_squared_error>(net, s.input, s.target), .02032128);
  is.exactly("delta", last.delta[0], .2016);

  auto const* const w = step.after.parameters.data();
  is.exactly("new w1", w[0], .1835488);
  is.exactly("new w2", w[1], .4003232);
  is.exactly("new w3", w[2], .2142752);
  is.exactly("new w4", w[3], .1164128);
  is.exactly("new w5", w[4], .3037712);
  is.exactly("new w6", w[5], .7711296);

  auto const second = observe(step.after, s, optimizer);
  is.exactly("second h1", second.record.layer(0).out[0], 1.5680672);
  is.exactly("second h2", second.record.layer(0).out[1], .7777888);
  is.exactly("second prediction", second.record.layer(1).out[0], 1.0761096212531203);
  is.so("the second prediction is not what 2A prints", !prints_as(second.record.layer(1).out[0], 1.07709, 5));
  return true;
}

/// 2A prints another second prediction, and this is where it comes from: a delta of .2016 rounded to .2. The step is
/// the library's own, with a loss whose derivative is rounded.
template <class Is>
constexpr bool figures_by_hand(Is const& is, linear_network const& net, ctnn::sample<linear_network> const& s,
                               ctnn::sgd const& optimizer) {
  auto const step = observe<ctnn::update_order::original_weights, error_by_hand>(net, s, optimizer);
  is.exactly("delta", step.record.layer(1).delta[0], .2);
  auto const* const w = step.after.parameters.data();
  is.exactly("new w1", w[0], .1836);
  is.exactly("new w2", w[1], .4004);
  is.exactly("new w3", w[2], .2144);
  is.exactly("new w4", w[3], .1166);
  is.exactly("new w5", w[4], .3039);
  is.exactly("new w6", w[5], .7712);
  double const prediction = step.after(s.input)[0];
  is.exactly("second prediction", prediction, 1.07709308);
  is.printed("printed second prediction", prediction, 1.07709, 5);
  return true;
}

}  // namespace tutorials::assignment
