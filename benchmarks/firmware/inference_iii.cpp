// SPDX-License-Identifier: BSL-1.0
// One inference of net (iii).
#include "inference.hpp"
#include "large_net.hpp"

int main() { return benchmark::run_inference<benchmark::net_iii, false>(); }
