// SPDX-License-Identifier: BSL-1.0
// One inference of net (ii) with the arithmetic `fast`.
#include "inference.hpp"

int main() { return benchmark::run_inference<benchmark::net_ii, true, ctnn::fast>(); }
