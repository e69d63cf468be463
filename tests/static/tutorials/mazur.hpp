// SPDX-License-Identifier: BSL-1.0
/// \file The figures of Mazur, "A Step by Step Backpropagation Example" (2015).
#pragma once
#include "figures.hpp"

#include <array>

namespace tutorials::mazur {

template <ctnn::bias Biases>
using network_with = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::logistic, Biases>,
                                   ctnn::dense<2, ctnn::logistic, Biases>>;

/// The text never updates a bias. It has one a layer, b1 and b2; here each neuron has its own, of the same value.
using network = network_with<ctnn::bias::frozen>;
/// What most frameworks do.
using network_with_trained_biases = network_with<ctnn::bias::trained>;

inline constexpr network initial{{.15, .20, .25, .30, .35, .35, .40, .45, .50, .55, .60, .60}};
inline constexpr network_with_trained_biases initial_with_trained_biases{initial.parameters};
inline constexpr std::array samples{ctnn::sample<network>{{.05, .10}, {.01, .99}}};
inline constexpr ctnn::sgd rate{.learning_rate = .5};

using half_squared_error = ctnn::half_squared_error;

template <class Net> constexpr double error(Net const& net, ctnn::sample<network> const& s) {
  return ctnn::loss<half_squared_error>(net, s.input, s.target);
}

/// Every figure of the first round, as the text goes through it: hidden deltas from the original output weights.
template <class Is>
constexpr bool figures(Is const& is, network const& net, ctnn::sample<network> const& s, ctnn::sgd const& optimizer) {
  auto const step = observe(net, s, optimizer);
  auto const hidden = step.record.layer(0), last = step.record.layer(1);

  is.exactly("net h1", hidden.net[0], .3775);
  is.exactly("net h2", hidden.net[1], .3925);
  is.exactly("out h1", hidden.out[0], .5932699921071872);
  is.exactly("out h2", hidden.out[1], .596884378259767);
  is.exactly("net o1", last.net[0], 1.10590596705977);
  is.exactly("net o2", last.net[1], 1.2249214040964653);
  is.exactly("out o1", last.out[0], .7513650695523157);
  is.exactly("out o2", last.out[1], .7729284653214625);
  is.exactly("out o1, by inference", net(s.input)[0], .7513650695523157);
  is.exactly("out o2, by inference", net(s.input)[1], .7729284653214625);

  is.exactly("E o1", step.record.terms()[0], .274811083176155);
  is.exactly("E o2", step.record.terms()[1], .023560025583847746);
  is.exactly("E total", step.record.total(), .2983711087600027);
  is.exactly("E total, by loss<>", error(net, s), .2983711087600027);
  is.printed("printed E total", step.record.total(), .298371109, 9);

  is.exactly("dE/dout o1", last.by_out[0], .7413650695523157);
  is.exactly("dE/dout o2", last.by_out[1], -.21707153467853746);
  is.exactly("dout/dnet o1", last.slope[0], .18681560180895948);
  is.exactly("dout/dnet o2", last.slope[1], .17551005281727122);
  is.exactly("delta o1", last.delta[0], .13849856162855698);
  is.exactly("delta o2", last.delta[1], -.03809823651655623);
  is.exactly("dE/dw5", last.gradient[0], .08216704056423078);
  is.exactly("dE/dw6", last.gradient[1], .08266762784753326);
  is.exactly("dE/dw7", last.gradient[2], -.022602540477475067);
  is.exactly("dE/dw8", last.gradient[3], -.02274024221597822);

  // What each output contributes to dE/dout h1: its delta through the weight that the step carried it back by.
  is.exactly("dE_o1/dout h1", last.delta[0] * last.carried_by[0], .05539942465142279);
  is.exactly("dE_o2/dout h1", last.delta[1] * last.carried_by[2], -.019049118258278114);
  is.exactly("dE/dout h1", hidden.by_out[0], .03635030639314468);
  is.exactly("dE/dout h2", hidden.by_out[1], .04137032264874471);
  is.exactly("dout/dnet h1", hidden.slope[0], .24130070857232525);
  is.exactly("dout/dnet h2", hidden.slope[1], .2406134172492184);
  is.exactly("delta h1", hidden.delta[0], .008771354689486937);
  is.exactly("delta h2", hidden.delta[1], .009954254705217202);
  is.exactly("dE/dw1", hidden.gradient[0], .00043856773447434685);
  is.exactly("dE/dw2", hidden.gradient[1], .0008771354689486937);
  is.exactly("dE/dw3", hidden.gradient[2], .0004977127352608601);
  is.exactly("dE/dw4", hidden.gradient[3], .0009954254705217202);

  auto const* const w = step.after.parameters.data();
  is.exactly("new w1", w[0], .1497807161327628);
  is.exactly("new w2", w[1], .19956143226552567);
  is.exactly("new w3", w[2], .24975114363236958);
  is.exactly("new w4", w[3], .29950228726473915);
  is.exactly("new w5", w[6], .35891647971788465);
  is.exactly("new w6", w[7], .4086661860762334);
  is.exactly("new w7", w[8], .5113012702387375);
  is.exactly("new w8", w[9], .5613701211079891);
  is.so("b1 and b2 stay", w[4] == .35 && w[5] == .35 && w[10] == .60 && w[11] == .60);

  // The same gradient without a step; 0 for the biases, which do not learn.
  auto const slopes = ctnn::gradient<half_squared_error>(net, s.input, s.target);
  auto const* const g = slopes.parameters.data();
  for (std::size_t i = 0; i < 4; ++i)
    is.so("gradient<> is the step's", g[i] == hidden.gradient[i] && g[6 + i] == last.gradient[i]);
  is.so("gradient<> is 0 for b1 and b2", g[4] == 0 && g[5] == 0 && g[10] == 0 && g[11] == 0);
  return true;
}

/// The text's rule, carried on.
template <class Is>
constexpr bool figures_of_original_weights(Is const& is, ctnn::sample<network> const& s, network const& after_1,
                                           network const& after_9999, network const& after_10000) {
  is.exactly("E after 1 round", error(after_1, s), .29102777369359933);
  is.exactly("E after 9,999", error(after_9999, s), 3.510854812251261e-05);
  is.exactly("E after 10,000", error(after_10000, s), 3.510187782978859e-05);
  is.exactly("out o1 after 10,000", after_10000(s.input)[0], .01591362044355068);
  is.exactly("out o2 after 10,000", after_10000(s.input)[1], .9840642735146238);
  is.printed("the first published error, one round early", error(after_9999, s), .0000351085, 10);
  is.so("the other published figures are not of this rule", !prints_as(error(after_1, s), .291027924, 9) &&
                                                                !prints_as(error(after_10000, s), .0000351085, 10) &&
                                                                !prints_as(after_10000(s.input)[0], .015912196, 9));
  return true;
}

/// The rule of the author's older program, which wrote the text's closing figures: deltas go back through output
/// weights that have moved already.
template <class Is>
constexpr bool figures_of_updated_weights(Is const& is, ctnn::sample<network> const& s, network const& after_1,
                                          network const& after_9999, network const& after_10000) {
  is.exactly("E after 1 round", error(after_1, s), .29102792390544197);
  is.exactly("E after 9,999", error(after_9999, s), 3.509145381072163e-05);
  is.exactly("E after 10,000", error(after_10000, s), 3.5084786296312774e-05);
  is.exactly("out o1 after 10,000", after_10000(s.input)[0], .0159121963260343);
  is.exactly("out o2 after 10,000", after_10000(s.input)[1], .9840657344856291);
  is.printed("published E after 1 round", error(after_1, s), .291027924, 9);
  is.printed("published E after 10,000", error(after_10000, s), .000035085, 9);
  is.printed("published out o1", after_10000(s.input)[0], .015912196, 9);
  is.printed("published out o2", after_10000(s.input)[1], .984065734, 9);
  return true;
}

/// The biases learn too.
template <class Is>
constexpr bool figures_of_trained_biases(Is const& is, ctnn::sample<network> const& s,
                                         network_with_trained_biases const& after_1,
                                         network_with_trained_biases const& after_10000) {
  is.exactly("E after 1 round", error(after_1, s), .28047144679143016);
  is.exactly("E after 10,000", error(after_10000, s), 2.4475622359322466e-06);
  is.exactly("out o1 after 10,000", after_10000(s.input)[0], .011587527390870083);
  is.exactly("out o2 after 10,000", after_10000(s.input)[1], .9884589350256716);
  return true;
}

}  // namespace tutorials::mazur
