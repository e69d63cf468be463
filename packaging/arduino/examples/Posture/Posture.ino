// SPDX-License-Identifier: BSL-1.0
// Blinks while the board is lifted: a network of one neuron, trained by the compiler from four readings.
#include <ctnn.hpp>

using net = ctnn::network<float, ctnn::input<1>, ctnn::dense<1, ctnn::logistic>>;

constexpr std::array samples{ctnn::sample<net>{{0.0F}, {0.0F}}, ctnn::sample<net>{{0.2F}, {0.0F}},
                             ctnn::sample<net>{{0.8F}, {1.0F}}, ctnn::sample<net>{{1.0F}, {1.0F}}};
constexpr net trained = ctnn::train<net{}, samples, ctnn::sgd{.learning_rate = 2}, ctnn::epochs{200}>;
static_assert(trained({0.1F})[0] < 0.5F && trained({0.9F})[0] > 0.5F);

void setup() { pinMode(LED_BUILTIN, OUTPUT); }

void loop() {
  float const height = static_cast<float>(analogRead(A0)) / 1023;
  digitalWrite(LED_BUILTIN, trained({height})[0] > 0.5F ? HIGH : LOW);
}
