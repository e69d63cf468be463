// SPDX-License-Identifier: BSL-1.0
// One inference of net (i).
#include "inference.hpp"

int main() { return benchmark::run_inference<benchmark::net_i, true>(); }
