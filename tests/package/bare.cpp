// SPDX-License-Identifier: BSL-1.0
// Compiled with -fno-exceptions -fno-rtti: inference and training at run time, as on a device.
#include <ctnn.hpp>

using net = ctnn::network<float, ctnn::input<2>, ctnn::dense<2, ctnn::logistic>, ctnn::dense<1>>;

int main() {
  static constexpr net initial{{.5F, -.25F, .125F, .75F, .1F, -.1F, 1.F, -1.F, .5F}};
  static constexpr ctnn::sample<net> sample{{.5F, .25F}, {1.F}};

  ctnn::trainer<net, ctnn::half_squared_error, ctnn::sgd> trainer{initial, {.learning_rate = .1}};
  float const before = ctnn::loss<ctnn::half_squared_error>(trainer.network(), sample.input, sample.target);
  for (int i = 0; i < 10; ++i) static_cast<void>(trainer.step(sample.input, sample.target));
  float const after = ctnn::loss<ctnn::half_squared_error>(trainer.network(), sample.input, sample.target);
  return after < before ? 0 : 1;
}
