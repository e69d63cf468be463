// SPDX-License-Identifier: BSL-1.0
// One step of plain gradient descent of net (i).
#include "step.hpp"

int main() {
  using benchmark::net_i;
  return benchmark::run_step<ctnn::trainer<net_i>, ctnn::summary_of<net_i>.training_ram>();
}
