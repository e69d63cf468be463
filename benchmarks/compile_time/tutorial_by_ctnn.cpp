// SPDX-License-Identifier: BSL-1.0
#include <ctnn.hpp>

using net = ctnn::network<double, ctnn::input<2>, ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>,
                          ctnn::dense<2, ctnn::logistic, ctnn::bias::frozen>>;
constexpr net initial{{.15, .20, .25, .30, .35, .35, .40, .45, .50, .55, .60, .60}};
constexpr std::array samples{ctnn::sample<net>{{.05, .10}, {.01, .99}}};
constexpr net trained = ctnn::train<initial, samples, ctnn::sgd{.learning_rate = .5}, ctnn::epochs{10'000}>;

#ifdef COMPARE
// What is timed against each other does the same.
#include "tutorial.hpp"

constexpr bool same() {
  for (int i = 0; i < 4; ++i)
    if (!ctnn::near(trained.parameters[i], by_hand::trained.hidden[i], 1e-12) ||
        !ctnn::near(trained.parameters[6 + i], by_hand::trained.output[i], 1e-12))
      return false;
  return true;
}
static_assert(same());
#else
static_assert(trained.parameters[6] < 0);
#endif
