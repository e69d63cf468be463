// SPDX-License-Identifier: BSL-1.0
#include "shared.hpp"

#include <cstdio>
#include <cstring>

int main() {
  net::input_type const x{.3F, -.7F};
  view const other = from_the_other_unit(x);
  auto const& trained = ctnn::train<initial, samples, ctnn::sgd{.learning_rate = .1}, ctnn::epochs{10}>;
  auto const output = trained(x);

  if (other.initial != &initial || other.trained != &trained) {
    std::puts("the units have a network each");
    return 1;
  }
  if (std::memcmp(&other.output, &output, sizeof output) != 0) {
    std::puts("the units compute different bits");
    return 1;
  }
}
