// SPDX-License-Identifier: BSL-1.0
// A device learns XOR from nothing, in float. After 200 of its updates it stands where the compiler stands, bit for
// bit.
#include <ctnn.hpp>

#include "device.hpp"
#include "report.hpp"

#include <array>
#include <cstddef>

namespace {

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<4, ctnn::tanh>, ctnn::dense<1, ctnn::logistic>>;

constexpr net initial = ctnn::initialize<net>(ctnn::glorot{.seed = 1});
constexpr std::array samples{ctnn::sample<net>{{0, 0}, {0}}, ctnn::sample<net>{{0, 1}, {1}},
                             ctnn::sample<net>{{1, 0}, {1}}, ctnn::sample<net>{{1, 1}, {0}}};
constexpr ctnn::sgd rate{.learning_rate = .5};
constexpr net after_50_epochs = ctnn::train<initial, samples, rate, ctnn::epochs{50}>;

/// In static storage, as firmware would keep it: all the memory that training needs.
constinit ctnn::trainer<net> trainer{initial, rate};

}  // namespace

int main() {
  auto const& four = device::opaque(samples);
  auto const first = trainer.fit(four, {.epochs = 50});
  report::check(first.state == ctnn::status::ok, "status");
  report::check(report::same_bits_in(trainer.network().parameters, after_50_epochs.parameters), "bits after 50 epochs");

  auto const rest = trainer.fit(four, {.epochs = 950});
  report::check(rest.state == ctnn::status::ok && rest.loss < first.loss, "learning");
  for (auto const& s : four) {
    auto const y = trainer.network()(s.input)[0];
    report::check(ctnn::near(y, s.target[0], .1F), "within 0.1 of the target");
  }
  return report::finish();
}
