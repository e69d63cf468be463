// SPDX-License-Identifier: BSL-1.0
/// \file What the measured networks are used for, at run time: inference and, with TRAINING, a trainer.
#pragma once
#include <ctnn.hpp>

template <class Net, class Loss, class Optimizer> struct uses {
  static typename Net::output_type infer(Net const& net, typename Net::input_type const& x) { return net(x); }

#ifdef TRAINING
  using trainer = ctnn::trainer<Net, Loss, Optimizer>;

  static ctnn::status step(trainer& t, ctnn::sample<Net> const& s) { return t.step(s.input, s.target); }
  static ctnn::status fit(trainer& t, ctnn::samples_view<Net> samples) {
    return t.fit(samples, {.epochs = 10, .batch = 32, .shuffle_seed = 1}).state;
  }
#endif
};
