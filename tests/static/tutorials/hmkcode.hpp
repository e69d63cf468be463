// SPDX-License-Identifier: BSL-1.0
/// \file The figures of hmkcode, "Backpropagation Step by Step" (2018).
#pragma once
#include "figures.hpp"
#include "linear.hpp"

namespace tutorials::hmkcode {

inline constexpr linear_network initial{{.11, .21, .12, .08, .14, .15}};

/// \param rounded  the updated weights as the text prints them, in two decimals
template <class Is>
constexpr bool figures(Is const& is, linear_network const& net, ctnn::sample<linear_network> const& s,
                       ctnn::sgd const& optimizer, linear_network const& rounded) {
  auto const step = observe(net, s, optimizer);
  auto const hidden = step.record.layer(0), last = step.record.layer(1);

  is.exactly("h1", hidden.out[0], .85);
  is.exactly("h2", hidden.out[1], .48);
  is.exactly("prediction", last.out[0], .191);
  is.exactly("prediction, by inference", net(s.input)[0], .191);
  is.exactly("error", step.record.total(), .3272405);
  is.exactly("error, by loss<>", ctnn::loss<ctnn::half_squared_error>(net, s.input, s.target), .3272405);
  is.exactly("delta", last.delta[0], -.809);
  is.printed("printed h1", hidden.out[0], .85, 2);
  is.printed("printed h2", hidden.out[1], .48, 2);
  is.printed("printed prediction", last.out[0], .191, 3);
  is.printed("printed error", step.record.total(), .327, 3);
  is.printed("printed delta", last.delta[0], -.809, 3);

  auto const* const w = step.after.parameters.data();
  is.exactly("new w1", w[0], .121326);
  is.exactly("new w2", w[1], .226989);
  is.exactly("new w3", w[2], .132135);
  is.exactly("new w4", w[3], .0982025);
  is.exactly("new w5", w[4], .1743825);
  is.exactly("new w6", w[5], .169416);
  is.printed("printed new w1", w[0], .12, 2);
  is.printed("printed new w2", w[1], .23, 2);
  is.printed("printed new w3", w[2], .13, 2);
  is.printed("printed new w4", w[3], .10, 2);
  is.printed("printed new w5", w[4], .17, 2);
  is.printed("printed new w6", w[5], .17, 2);

  auto const second = observe(step.after, s, optimizer);
  auto const* const h = second.record.layer(0).out;
  double const prediction = second.record.layer(1).out[0];
  is.exactly("second h1", h[0], .923619);
  is.exactly("second h2", h[1], .5588775);
  is.exactly("second prediction", prediction, .2557457808075);
  is.printed("printed second h1", h[0], .92, 2);
  is.printed("printed second h2", h[1], .56, 2);
  is.printed("printed second prediction", prediction, .26, 2);

  // What the text prints are the exact figures, rounded: the weights as printed would give .93, .56 and .25.
  auto const from_rounded = observe(rounded, s, optimizer);
  is.exactly("h1 from the printed weights", from_rounded.record.layer(0).out[0], .93);
  is.exactly("h2 from the printed weights", from_rounded.record.layer(0).out[1], .56);
  is.exactly("prediction from the printed weights", from_rounded.record.layer(1).out[0], .2533);
  return true;
}

inline constexpr linear_network printed_weights{{.12, .23, .13, .10, .17, .17}};

}  // namespace tutorials::hmkcode
