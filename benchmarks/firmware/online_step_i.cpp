// SPDX-License-Identifier: BSL-1.0
// The same by a trainer that has no memory for a gradient.
#include "step.hpp"

int main() {
  using benchmark::net_i;
  return benchmark::run_step<ctnn::online_trainer<net_i>, ctnn::summary_of<net_i>.online_ram>();
}
