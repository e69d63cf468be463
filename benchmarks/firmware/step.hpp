// SPDX-License-Identifier: BSL-1.0
/// \file Measures one step of plain gradient descent of net (i) on a device, from the sample to the moved weights.
#pragma once
#include "device.hpp"
#include "nets.hpp"
#include "report.hpp"

#include <cstddef>

namespace benchmark {

inline constexpr ctnn::sgd rate{.learning_rate = .01};
inline constexpr ctnn::sample<net_i> step_sample{sample_input<net_i>, {1, 0, -1}};

template <class Trainer> inline constinit Trainer trainer{weights<net_i>, rate};

template <class Trainer> [[gnu::noinline]] ctnn::status step(ctnn::sample<net_i> const& s) {
  return trainer<Trainer>.step(s.input, s.target);
}

/// A program's main.
template <class Trainer, std::size_t StatedRam> [[nodiscard]] int run_step() {
  // All the RAM of training: the parameters, the workspace that is stated, and a few numbers of the trainer's own.
  static_assert(sizeof(Trainer) <= ctnn::summary_of<net_i>.flash + StatedRam + 64);
  static constexpr auto expected = [] {
    ctnn::trainer<net_i> by_compiler{weights<net_i>, rate};
    (void)by_compiler.step(step_sample.input, step_sample.target);
    return by_compiler.network();
  }();
  auto const& s = device::opaque(step_sample);
  auto state = ctnn::status::no_samples;
  report::measure("nothing", [] {});
  report::measure("step", [&] { state = step<Trainer>(s); });
  report::check(state == ctnn::status::ok, "status");
  report::check(report::same_bits_in(trainer<Trainer>.network().parameters, expected.parameters), "bits");
  return report::finish();
}

}  // namespace benchmark
