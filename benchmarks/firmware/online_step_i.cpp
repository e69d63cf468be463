// SPDX-License-Identifier: BSL-1.0
// The step of step_i by a trainer that has no memory for a gradient.
#include "device.hpp"
#include "nets.hpp"
#include "report.hpp"

#include <array>

namespace {

using net = benchmark::net_i;

constexpr ctnn::sgd rate{.learning_rate = .01};
constexpr ctnn::sample<net> sample{benchmark::sample_input<net>, {1, 0, -1}};
constexpr auto expected = [] {
  ctnn::trainer<net> trainer{benchmark::weights<net>, rate};
  (void)trainer.step(sample.input, sample.target);
  return trainer.network();
}();

constinit ctnn::online_trainer<net> trainer{benchmark::weights<net>, rate};

// All the RAM of training: the parameters, the stated workspace, and a few numbers of the trainer's own.
static_assert(sizeof trainer <= ctnn::summary_of<net>.flash + ctnn::summary_of<net>.online_ram + 64);

[[gnu::noinline]] ctnn::status step(ctnn::sample<net> const& s) { return trainer.step(s.input, s.target); }

}  // namespace

int main() {
  auto const& s = device::opaque(sample);
  auto state = ctnn::status::no_samples;
  report::measure("nothing", [] {});
  report::measure("step", [&] { state = step(s); });
  report::check(state == ctnn::status::ok, "status");
  report::check(report::same_bits_in(trainer.network().parameters, expected.parameters), "bits");
  return report::finish();
}
