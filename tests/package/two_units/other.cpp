// SPDX-License-Identifier: BSL-1.0
#include "shared.hpp"

view from_the_other_unit(net::input_type const& x) {
  auto const& trained = ctnn::train<initial, samples, ctnn::sgd{.learning_rate = .1}, ctnn::epochs{10}>;
  return {&initial, &trained, trained(x)};
}
